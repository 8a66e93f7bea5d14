"""Sessions of supervision that are planned, for the diaries of both."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, UUIDField, Value

from interventions.supervision.models import PlannedSupervision
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.database.history import build_change_fields


def build_diary_queries(
    scope: Scope,
    start: datetime,
    end: datetime,
    *,
    staff: Collection[UUID],
    families: Collection[UUID],
    sites: Collection[UUID],
) -> list[Query]:
    """Of both people; it takes no family's time."""
    rows = PlannedSupervision.objects.live().filter(
        Q(supervisor__in=staff) | Q(supervisee__in=staff) | Q(site__in=sites),
        cancelled_at=None,
        starts_at__gte=start,
        starts_at__lt=end,
    )
    visible = PlannedSupervision.objects.visible_to(scope).filter(pk=OuterRef("pk"))
    both = "ARRAY[%(expressions)s]"
    names = build_user_name("supervisor"), build_user_name("supervisee")
    fields = {
        "id": "id", "starts_at": "starts_at", "minutes": "minutes", "site": "site_id",
        "staff": Func(F("supervisor"), F("supervisee"), template=both, output_field=ArrayField(UUIDField())),
        "going": Func(*names, template=both, output_field=ArrayField(CharField())),
        "kind": Value("Supervision session"), "title": Value(""), "page": Value("supervision"),
        "page_of": Value(False), "visible": Exists(visible),
    }  # fmt: skip
    return [Query(rows, fields | build_change_fields(PlannedSupervision))]
