"""How what is outstanding at an ending is asked: rows, and what is to be done about each."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from interventions.endings.rules.endings import OutstandingItem
from pairs.access.batch_query import Query


def build_outstanding_query(
    code: str,
    rows: QuerySet[Any],
    fields: Mapping[str, Any],
    describe: Callable[[dict[str, Any]], str],
    page: str,
    *,
    of: str = "id",
    settle: bool = True,
) -> Query:
    """An item for each row of which ``describe`` says something is to be done, on the ``page`` of the row's ``of``.

    ``fields``: besides the id; ``by`` is whose it is. ``settle=False``: it may stay open after the ending.
    """

    def to_outstanding_item(row: dict[str, Any]) -> Iterator[OutstandingItem]:
        if what := describe(row):
            href, who = reverse(page, args=[row[of]]), row.get("by") or ""
            yield OutstandingItem(code, UUID(row["id"]), what, href, who, settle)

    return Query(rows, {"id": "id", **fields}, to_outstanding_item)
