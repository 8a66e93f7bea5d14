"""Outreach in the month's report: sessions, people reached and referrals that followed, by district and community."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum

from pairs.access.records import live_q
from pairs.service.models import Place
from pairs.service.report_sections import ReportSection, SectionTable
from pairs.web.local_days import get_start_of_day
from referrals.outreach.communities import find_listed_community
from referrals.outreach.models import OutreachSession, OutreachSessionQuerySet

# (what is counted, its column)
FIGURES = (
    ("Outreach sessions", "sessions"),
    ("Parents and carers reached", "parents"),
    ("Referrals after outreach", "followed"),
)


def query_held_sessions(first: date, last: date) -> OutreachSessionQuerySet:
    """Recorded as held, and begun between these days."""
    start, stop = get_start_of_day(first), get_start_of_day(last + timedelta(days=1))
    return OutreachSession.objects.standing().filter(
        recorded_on__isnull=False, starts_at__gte=start, starts_at__lt=stop
    )


OTHER_COMMUNITY = "Another community"


def build_tables(first: date, last: date) -> list[SectionTable]:
    """Each figure by district, and by the communities of the service's own list where it has one."""
    places = dict(Place.objects.order_by("name").values_list("pk", "name"))
    tables = _build_figures("district", places, _count(first, last, "place"))
    if listed := settings.OUTREACH_COMMUNITIES:
        names = {name: name for name in (*listed, OTHER_COMMUNITY)}
        tables += _build_figures("community", names, _count_listed(first, last))
    return tables


def _build_figures(
    axis: str, names: Mapping[Any, str], counts: Mapping[Any, Mapping[str, int]]
) -> list[SectionTable]:
    return [
        SectionTable(
            f"{what}, by {axis}",
            (axis.capitalize(), what),
            [(name, counts.get(key, {}).get(column, 0)) for key, name in names.items()],
            adds_up=True,
        )
        for what, column in FIGURES
    ]


def _count_listed(first: date, last: date) -> dict[str, Counter[str]]:
    """By the communities of the list; what was typed and is not in it is together."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for community, counts in _count(first, last, "community").items():
        found[find_listed_community(community) or OTHER_COMMUNITY].update(counts)
    return found


def _count(first: date, last: date, by: str) -> dict[Any, dict[str, int]]:
    """{place or community: {column of FIGURES: count}}."""
    held = query_held_sessions(first, last).order_by()
    rows = held.values_list(by).annotate(Count("pk"), Sum("parents"))
    followed = held.filter(live_q("referrals__"), referrals__isnull=False).values_list(by)
    after = dict(followed.annotate(Count("referrals")))
    return {
        key: {"sessions": sessions, "parents": parents or 0, "followed": after.get(key, 0)}
        for key, sessions, parents in rows
    }


REPORT_SECTIONS = (
    ReportSection(
        "Outreach",
        "Sessions with communities that were recorded as held in the period, by where they were and, of the service's "
        "list of communities, for whom; parents and carers as counted on the day; and the referrals received since "
        "that came from them.",
        build_tables,
    ),
)
