"""Several questions to the database in one: what every room knows of a family, in one journey there and back.

A room offers Questions; a page gathers those of all rooms and asks them together, so that it costs one query
however many rooms there are. Rows come as JSON objects (no model is built for them): days and moments are text
until ``day`` and ``moment`` read them.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import CharField, Func, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from pairs.access.prepared import CompiledByShape
from pairs.access.scope import Scope
from pairs.access.statements import Statement, compile_statement


@dataclass(frozen=True)
class Question:
    """Rows in scope as JSON objects of these fields, and what each row says."""

    rows: QuerySet
    fields: Mapping[str, Any]  # name in the row → lookup or expression
    says: Callable[[dict], Iterable] = field(default=lambda row: (row,))


class PreparedBatch(CompiledByShape):
    """The Questions that ``build`` returns, in one statement. A choice may also change what their rows say."""

    def answers(self, scope: Scope, *choices: Any, **values: Any) -> list:
        """What the rows of all the questions say, in the order of the questions."""
        questions = self.questions(scope, *choices, **values)
        found = zip(questions, self.rows(scope, *choices, **values), strict=True)
        return [said for question, rows in found for row in rows for said in question.says(row)]

    def rows(self, scope: Scope, *choices: Any, **values: Any) -> list[list[dict]]:
        """Each question's rows, all in one query. Only a question for the first few rows keeps their order."""
        questions, statement = self._compiled(scope, choices, values)
        return _by_question(questions, statement.run(scope.values | values) if statement else ())

    def questions(self, scope: Scope, *choices: Any, **values: Any) -> list[Question]:
        """The questions, in the order of their rows."""
        return self._compiled(scope, choices, values)[0]

    def statement(self, scope: Scope, *choices: Any, **values: Any) -> Statement | None:
        """What is sent to the database; None when no question can have rows."""
        return self._compiled(scope, choices, values)[1]

    def _compile(self, built):
        questions = list(built)
        return questions, compile_statement(_united(questions)) if questions else None


def answers(questions: Iterable[Question]) -> list:
    """What the rows of all the questions say, in one query however many questions: compiled each time."""
    questions = list(questions)
    pairs = zip(questions, _by_question(questions, _fetched(questions)), strict=True)
    return [said for each, rows in pairs for row in rows for said in each.says(row)]


def _fetched(questions):
    if not questions:
        return ()
    try:
        sql, params = _united(questions).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _by_question(questions, rows):
    found: list[list[dict]] = [[] for _ in questions]
    for number, row in rows:
        found[int(number)].append(json.loads(row))
    return found


def _united(questions: Sequence[Question]) -> QuerySet:
    first, *others = [_branch(number, each) for number, each in enumerate(questions)]
    return first.union(*others, all=True) if others else first


def _branch(number, question):
    rows = question.rows if question.rows.query.is_sliced else question.rows.order_by()
    return rows.values_list(Value(str(number), output_field=CharField()), JSONObject(**question.fields))


def name_of(path: str = ""):
    """The name of the person there (or of the row itself), or empty."""
    there = f"{path}__" if path else ""
    parts = (NullIf(f"{there}{name}", Value("")) for name in ("given_name", "family_name"))
    return Func(Value(" "), *parts, function="CONCAT_WS", output_field=CharField())


def name_of_user(path: str = ""):
    """The name of the account there (or of the row itself), as its text is."""
    there = f"{path}__" if path else ""
    return Coalesce(NullIf(f"{there}display_name", Value("")), f"{there}username")


def day(text: str | None) -> date | None:
    """A day as PostgreSQL writes it in JSON."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """A moment as PostgreSQL writes it in JSON, with its offset."""
    return datetime.fromisoformat(text) if text else None


def some_id(text: str | None) -> UUID | None:
    """An id as it stands in JSON."""
    return UUID(text) if text else None
