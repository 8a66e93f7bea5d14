"""Sessions of groups, for the diary of those who hold the group."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import TruncDate

from interventions.groups.models import Facilitator, GroupPlace, GroupSession
from pairs.access.batch_query import Query, build_user_name
from pairs.access.records import live_q
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
    """Sessions that stand, with those of us who hold the group and the families that have a place that day."""
    day = OuterRef("day")
    held = Facilitator.objects.live().filter(
        Q(until=None) | Q(until__gte=day), programme=OuterRef("programme"), user__isnull=False
    )
    places = GroupPlace.objects.live().filter(
        Q(left_on=None) | Q(left_on__gte=day), programme=OuterRef("programme"), joined_on__lte=day
    )
    rows = (
        GroupSession.objects.live()
        .annotate(day=TruncDate("starts_at"))
        .filter(live_q("programme__"), cancelled_at=None, starts_at__gte=start, starts_at__lt=end)
        .filter(
            Exists(held.filter(user__in=staff))
            | Exists(places.filter(episode__family__in=families))
            | Q(programme__site__in=sites)
        )
    )
    visible = GroupSession.objects.visible_to(scope).filter(pk=OuterRef("pk"))
    fields = {
        "id": "id", "starts_at": "starts_at", "minutes": "minutes", "site": "programme__site_id",
        "staff": ArraySubquery(held.values("user")),
        "going": ArraySubquery(held.order_by("created_at").values(who=build_user_name("user"))),
        "families": ArraySubquery(places.values("episode__family")),
        "kind": Value("Group session"), "title": "programme__name", "page": Value("group-register"),
        "where": "location",
        "visible": Exists(visible),
    }  # fmt: skip
    return [Query(rows, fields | build_change_fields(GroupSession))]
