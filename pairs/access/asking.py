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
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat, JSONObject, Trim

STAND_IN = UUID(int=0)  # in a question: the family that is named when it is asked


@dataclass(frozen=True)
class Question:
    """Rows in scope as JSON objects of these fields, and what each row says."""

    rows: QuerySet
    fields: Mapping[str, Any]  # name in the row → lookup or expression
    says: Callable[[dict], Iterable] = field(default=lambda row: (row,))


class Asked:
    """Questions put into SQL once, to be asked again and again: the rows are read afresh each time.

    What is kept is only the question, never an answer. Making the SQL costs far more than reading the rows, and
    it follows from what the questions were made of (the scope, the day): whoever keeps an Asked keys it by these.
    A question about STAND_IN may be asked of any one family.
    """

    def __init__(self, questions: Iterable[Question]):
        self.questions = list(questions)
        self._sql, self._params = _in_sql(self.questions)

    def answers(self, family: UUID | None = None) -> list:
        """What the rows of all the questions say, in the order of the questions."""
        pairs = zip(self.questions, self.rows(family), strict=True)
        return [said for each, rows in pairs for row in rows for said in each.says(row)]

    def rows(self, family: UUID | None = None) -> list[list[dict]]:
        """Each question's rows, all in one query. Only a question for the first few rows keeps their order."""
        found: list[list[dict]] = [[] for _ in self.questions]
        if self._sql:
            with connection.cursor() as cursor:
                cursor.execute(self._sql, [family if each == STAND_IN else each for each in self._params])
                for number, row in cursor.fetchall():
                    found[int(number)].append(json.loads(row))
        return found


def answers(questions: Iterable[Question]) -> list:
    """What the rows of all the questions say, in one query however many questions."""
    return Asked(questions).answers()


def _in_sql(questions: Sequence[Question]) -> tuple[str, Sequence[Any]]:
    if not questions:
        return "", ()
    first, *others = [_branch(number, each) for number, each in enumerate(questions)]
    united = first.union(*others, all=True) if others else first
    try:
        return united.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return "", ()


def _branch(number, question):
    rows = question.rows if question.rows.query.is_sliced else question.rows.order_by()
    return rows.values_list(Value(str(number), output_field=CharField()), JSONObject(**question.fields))


def name_of(path: str = ""):
    """The name of the person there (or of the row itself), or empty."""
    there = f"{path}__" if path else ""
    return Trim(Concat(f"{there}given_name", Value(" "), f"{there}family_name"))


def day(text: str | None) -> date | None:
    """A day as PostgreSQL writes it in JSON."""
    return date.fromisoformat(text) if text else None


def moment(text: str | None) -> datetime | None:
    """A moment as PostgreSQL writes it in JSON, with its offset."""
    return datetime.fromisoformat(text) if text else None


def some_id(text: str | None) -> UUID | None:
    """An id as it stands in JSON."""
    return UUID(text) if text else None
