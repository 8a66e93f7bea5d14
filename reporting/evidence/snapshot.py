"""The frozen snapshot: every figure of a report as it may be shown, and all that screen and paper need to show it.

Nothing in it is an exact count: what a period publishes is attacked and mended (`protection`), and only then drawn.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from pairs.web.formats import format_day
from reporting.evidence import definitions
from reporting.evidence.disclosure import SUPPRESSION_NOTE
from reporting.evidence.groupings import build_ladders
from reporting.evidence.indicators import (
    Indicators,
    compute_indicators,
    count_index_versions,
    load_districts,
    load_places,
)
from reporting.evidence.period_tables import draw_period
from reporting.evidence.protection import protect_releases
from reporting.evidence.release import MAX_SMALL_SHARE, ExactCounts, plan_release
from reporting.evidence.rules import DEFINITIONS_VERSION, Period, list_report_periods
from reporting.evidence.sections import build_sections
from reporting.evidence.shares import SHARE_NOTE

GROUPING_NOTE = (
    f"Groups are joined first, White and all others for example, until no more than {MAX_SMALL_SHARE:.0%} of their "
    "figures are too small to show."
)


@dataclass(frozen=True)
class CountedPeriod:
    """A period as it was counted, exactly; `sections` are protected already."""

    found: Indicators
    versions: dict[str, int]
    sections: list[dict[str, Any]]


def build_snapshot(
    month: date,
    *,
    earlier: Sequence[dict[str, Any]] = (),
    said: Callable[..., Any] = lambda per_cent, stage: None,
) -> dict:
    """The snapshot of the month's report, as JSON. ``said`` is called with the progress.

    ``earlier``: every period that earlier reports published, oldest first. A quarter or year among them is published
    again as it was: the same figure on two different days' records would show what was written in between.
    """
    periods = list_report_periods(month)
    frozen = {each["key"]: each for each in earlier if each["kind"] != "month"}
    said(5, f"Counting {month:%B %Y}, its quarter and year")
    with read_at_one_moment():
        counted = {period: _count_period(period) for period in periods if period.key not in frozen}
        districts = load_districts(timezone.localdate())
    ladders = build_ladders(districts)
    releases = {
        period: plan_release(ExactCounts(each.found, ladders), crossed=period.kind != "month")
        for period, each in counted.items()
    }
    proof = protect_releases(
        list(releases.values()), earlier, tell=lambda: said(40, "Protecting small numbers")
    )
    said(75, "Drawing tables")
    on = format_day(timezone.localdate())
    drawn = {
        period.key: draw_period(releases[period], each.found, each.versions)
        | {"sections": each.sections, "counted_on": on}
        for period, each in counted.items()
    }
    return {
        "title": f"Service and equity report, {month:%B %Y}",
        "month": f"{month:%Y-%m}",
        "definitions_version": DEFINITIONS_VERSION,
        "note": f"{SUPPRESSION_NOTE} {GROUPING_NOTE} {SHARE_NOTE}",
        "proof": proof.describe(),
        "about": [definitions.UNIT, definitions.PERIODS, definitions.BREAKDOWNS],
        "definitions": definitions.describe_indicators(),
        "sources": list(definitions.SOURCES),
        "periods": [frozen.get(period.key) or drawn[period.key] for period in periods],
    }


def _count_period(period: Period) -> CountedPeriod:
    found = compute_indicators(period, load_places())
    return CountedPeriod(found, count_index_versions(period), build_sections(period))


@contextlib.contextmanager
def read_at_one_moment() -> Iterator[None]:
    """All queries inside see the database as it was at the first of them (a nested block sees its parent's)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
