"""Sessions of supervision that are planned, for the diaries of both."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, UUIDField, Value

from interventions.supervision.models import PlannedSupervision
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.database.history import build_change_fields


def build_diary_queries(
    scope: Scope,
    start: datetime | Value,
    end: datetime | Value,
    *,
    staff: Collection[UUID],
    families: Collection[UUID],
    sites: Collection[UUID],
) -> list[Query]:
    """Of everyone who comes; it takes no family's time. The rows of a group are one entry."""
    asked = Q(supervisor__in=staff) | Q(supervisee__in=staff) | Q(site__in=sites)
    rows = PlannedSupervision.objects.live().filter(
        asked, cancelled_at=None, starts_at__gte=start, starts_at__lt=end
    )
    same = PlannedSupervision.objects.live().filter(
        cancelled_at=None, together=OuterRef("together"), starts_at=OuterRef("starts_at")
    )
    visible = PlannedSupervision.objects.visible_to(scope).filter(pk=OuterRef("pk"))
    both = "ARRAY[%(expressions)s]"
    names = build_user_name("supervisor"), build_user_name("supervisee")
    rest = same.exclude(pk=OuterRef("pk")).order_by("pk")
    fields = {
        "id": "id", "starts_at": "starts_at", "minutes": "minutes", "site": "site_id",
        "staff": _join_arrays(
            Func(F("supervisor"), F("supervisee"), template=both, output_field=ArrayField(UUIDField())),
            ArraySubquery(rest.values("supervisee")),
        ),
        "going": _join_arrays(
            Func(*names, template=both, output_field=ArrayField(CharField())),
            ArraySubquery(rest.values_list(build_user_name("supervisee"))),
        ),
        "kind": Value("Supervision session"), "title": Value(""), "page": Value("supervision"),
        "page_of": Value(False), "visible": Exists(visible),
    }  # fmt: skip
    first = rows.filter(~Exists(same.filter(asked, pk__lt=OuterRef("pk"))))
    return [Query(first, fields | build_change_fields(PlannedSupervision))]


def _join_arrays(*arrays: Any) -> Func:
    return Func(*arrays, function="ARRAY_CAT", output_field=arrays[0].output_field)
