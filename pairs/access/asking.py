"""Several questions to the database in one: what every room knows of a family, in one journey there and back.

A room offers Questions; a page gathers those of all rooms and asks them together, so that it costs one query
however many rooms there are. Rows come as JSON objects (no model is built for them): days and moments are text
until ``day`` and ``moment`` read them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat, JSONObject, Trim


@dataclass(frozen=True)
class Question:
    """Rows in scope as JSON objects of these fields, and what each row says."""

    rows: QuerySet
    fields: Mapping[str, Any]  # name in the row → lookup or expression
    says: Callable[[dict], Iterable] = field(default=lambda row: (row,))


def answers(questions: Iterable[Question]) -> list:
    """What the rows of all the questions say, in the order of the questions."""
    asked = list(questions)
    rows = rows_of(asked)
    return [said for each, found in zip(asked, rows, strict=True) for row in found for said in each.says(row)]


def rows_of(questions: Sequence[Question]) -> list[list[dict]]:
    """Each question's rows, all in one query. Only a question for the first few rows keeps their order."""
    found: list[list[dict]] = [[] for _ in questions]
    if questions:
        first, *others = [_branch(number, each) for number, each in enumerate(questions)]
        for number, row in first.union(*others, all=True) if others else first:
            found[int(number)].append(row)
    return found


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
