"""Sessions of groups, for the diary of those who hold the group."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import TruncDate

from interventions.groups.models import Facilitator, GroupPlace, GroupSession
from pairs.access.batch_query import Query, build_user_name
from pairs.access.diary_questions import DiaryQuestion, build_entry_query
from pairs.access.records import live_q


def build_diary_queries(asked: DiaryQuestion) -> list[Query]:
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
        .filter(live_q("programme__"), cancelled_at=None, starts_at__gte=asked.start, starts_at__lt=asked.end)
        .filter(
            Exists(held.filter(user__in=asked.staff))
            | Exists(places.filter(episode__family__in=asked.families))
            | Q(programme__site__in=asked.sites)
        )
    )
    fields = {
        "site": "programme__site_id",
        "staff": ArraySubquery(held.values("user")),
        "going": ArraySubquery(held.order_by("created_at").values(who=build_user_name("user"))),
        "families": ArraySubquery(places.values("episode__family")),
        "kind": Value("Group session"), "title": "programme__name", "page": Value("group-register"),
        "where": "location",
    }  # fmt: skip
    return [build_entry_query(asked.scope, rows, **fields)]
