"""What the diary asks of each app (the hook `diary_entries`), and the query of the entries that answer it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Field, Func, OuterRef, QuerySet, Value

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.database.history import build_change_fields


@dataclass(frozen=True)
class DiaryQuestion:
    """Bookings that begin between the two moments, of any of these staff or families, or at these sites.

    In a prepared statement the moments and the ids are placeholders.
    """

    scope: Scope
    start: datetime | Value
    end: datetime | Value
    staff: Collection[UUID]
    families: Collection[UUID]
    sites: Collection[UUID]


def build_entry_query(scope: Scope, rows: QuerySet[Any], **fields: Any) -> Query:
    """Of rows with ``starts_at`` and ``minutes``; ``fields``: of interventions.diary.engagements.Engagement.

    Whoever may not see a row still learns that the time is taken: ``visible`` says which.
    """
    model: Any = rows.model
    shared = {"id": "id", "starts_at": "starts_at", "minutes": "minutes", "site": "site_id"}
    visible = {"visible": Exists(model.objects.visible_to(scope).filter(pk=OuterRef("pk")))}
    return Query(rows, shared | fields | visible | build_change_fields(model))


def build_array(*expressions: Any, of: Field, drops_null: bool = False) -> Func:
    """An array of these, in their order."""
    template = "array_remove(ARRAY[%(expressions)s], NULL)" if drops_null else "ARRAY[%(expressions)s]"
    return Func(*expressions, template=template, output_field=ArrayField(of))
