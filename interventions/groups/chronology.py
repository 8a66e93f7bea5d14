"""Chronology events of groups: joined, left, and sessions the service cancelled in advance.

A session that was held, or whose cancellation has been written, appears as its care contact instead.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from interventions.groups.models import GroupLine, GroupPlace, GroupSession
from pairs.access.batch_query import Query, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """The query for the family's places in groups."""
    rows = GroupPlace.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "group": "programme__name", "joined": "joined_on", "left": "left_on"}
    fields |= {
        "why": "left_because",
        "by": "added_by__display_name",
        "cancelled": _build_cancelled_sessions(),
    }
    return [Query(rows, fields, _to_group_events)]


def _build_cancelled_sessions() -> Any:
    """Sessions cancelled while the family held its place, as [{at, why, by}], without written contacts."""
    written = GroupLine.objects.live().filter(session=OuterRef("pk"), place=OuterRef(OuterRef("pk")))
    rows = GroupSession.objects.live().filter(
        ~Exists(written),
        programme=OuterRef("programme"),
        cancelled_at__isnull=False,
        starts_at__date__gte=OuterRef("joined_on"),
        starts_at__date__lte=Coalesce(OuterRef("left_on"), Value(date.max)),
    )
    what = JSONObject(at="starts_at", why="cancelled_because", by="cancelled_by__display_name")
    return ArraySubquery(rows.order_by("starts_at").values(row=what))


def _to_group_events(row: dict[str, Any]) -> Iterator[Event]:
    href, group = reverse("group-place", args=[row["id"]]), row["group"]
    yield Event("episode", parse_date(row["joined"]), f"Joined the group {group}", href=href, who=row["by"])
    if row["left"]:
        yield Event("episode", parse_date(row["left"]), f"Left the group {group}", href=href, text=row["why"])
    for each in row["cancelled"]:
        title = f"Session of the group {group} cancelled by us"
        yield Event("episode", parse_datetime(each["at"]), title, href=href, who=each["by"], text=each["why"])
