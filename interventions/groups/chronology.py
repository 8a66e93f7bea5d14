"""Timeline events of groups: joined, left, and sessions the service cancelled in advance.

A session that was held, or whose cancellation has been written, appears as its care contact instead.
"""

from datetime import date

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Coalesce

from interventions.groups.models import GroupLine, GroupPlace
from pairs.access.records import RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.families.events import EventQuery, EventRule, build_event_query
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[EventQuery]:
    """The family's places in groups, and the sessions that were cancelled while it had one."""
    places = GroupPlace.objects.visible_to(scope).filter(episode__family=family)
    return [
        build_event_query(
            "episode",
            places,
            EventRule("joined_on", lambda row: f"Joined the group {row['group']}", "added_by__display_name"),
            EventRule("left_on", lambda row: f"Left the group {row['group']}", text="left_because"),
            page=("group-place", "id"),
            fields={"group": "programme__name"},
        ),
        build_event_query(
            "episode",
            _query_cancelled_sessions(places),
            EventRule(
                "programme__sessions__starts_at",
                lambda row: f"Session of the group {row['group']} cancelled by us",
                "programme__sessions__cancelled_by__display_name",
                "programme__sessions__cancelled_because",
            ),
            page=("group-place", "id"),
            fields={"group": "programme__name"},
        ),
    ]


def _query_cancelled_sessions(places: RecordQuerySet) -> RecordQuerySet:
    """A row for each session that was cancelled while the family had its place, and is no contact yet."""
    written = GroupLine.objects.live().filter(
        session=OuterRef("programme__sessions__pk"), place=OuterRef("pk")
    )
    return places.filter(
        ~Exists(written),
        live_q("programme__sessions__"),
        programme__sessions__cancelled_at__isnull=False,
        programme__sessions__starts_at__date__gte=F("joined_on"),
        programme__sessions__starts_at__date__lte=Coalesce("left_on", Value(date.max)),
    )
