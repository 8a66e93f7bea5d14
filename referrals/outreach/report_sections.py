"""Outreach in the month's report: sessions held, people reached, and referrals that followed, by district."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, Sum

from pairs.access.records import live_q
from pairs.service.models import Place
from pairs.service.report_sections import ReportSection, SectionTable
from pairs.web.local_days import get_start_of_day
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


def build_tables(first: date, last: date) -> list[SectionTable]:
    """Each figure by district."""
    names = dict(Place.objects.order_by("name").values_list("pk", "name"))
    found = _count_by_place(first, last)
    return [
        SectionTable(
            f"{what}, by district",
            ("District", what),
            [(name, found.get(place, {}).get(column) or 0) for place, name in names.items()],
            adds_up=True,
        )
        for what, column in FIGURES
    ]


def _count_by_place(first: date, last: date) -> dict[UUID, Mapping[str, int]]:
    held = query_held_sessions(first, last).order_by()
    rows = held.values("place").annotate(sessions=Count("pk"), parents=Sum(F("parents")))
    followed = held.filter(live_q("referrals__"), Q(referrals__isnull=False)).values("place")
    counts = dict(followed.annotate(followed=Count("referrals")).values_list("place", "followed"))
    return {row["place"]: row | {"followed": counts.get(row["place"], 0)} for row in rows}


REPORT_SECTIONS = (
    ReportSection(
        "Outreach",
        "Sessions with communities that were recorded as held in the period, by where they were; parents and carers "
        "as counted on the day; and the referrals received since that came from them.",
        build_tables,
    ),
)
