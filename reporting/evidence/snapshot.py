"""The frozen snapshot: every figure of a report as it may be shown, and all that screen and paper need to show it.

Nothing in it is an exact count: what a period publishes is attacked and mended (`protection`), and only then drawn.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from pairs.web.formats import format_day
from reporting.evidence import definitions
from reporting.evidence.access import build_access
from reporting.evidence.disclosure import SUPPRESSION_NOTE
from reporting.evidence.first_page import build_first_page
from reporting.evidence.gaps import build_gaps
from reporting.evidence.groupings import Ladders, build_ladders
from reporting.evidence.indicators import (
    Indicators,
    compute_all_indicators,
    count_index_versions,
    load_districts,
    load_places,
)
from reporting.evidence.ladder import build_ladders_of_period
from reporting.evidence.monthly_counts import load_month_totals
from reporting.evidence.next_steps import build_next_steps
from reporting.evidence.pair_changes import PAIR_CHANGES, PAIR_COUNT, build_change_tables
from reporting.evidence.period_tables import draw_period
from reporting.evidence.populations import load_populations
from reporting.evidence.protection import protect_releases
from reporting.evidence.published import PublishedPeriod
from reporting.evidence.release import MAX_SMALL_SHARE, ExactCounts, Release, plan_release
from reporting.evidence.rules import DEFINITIONS_VERSION, Period, list_report_periods
from reporting.evidence.sections import build_sections
from reporting.evidence.shares import SHARE_NOTE
from reporting.evidence.still_waiting import STILL_WAITING, build_waiting_tables, list_waiting_since
from reporting.evidence.trend import TREND_COUNT, build_reported_trends, build_trend, list_trend_months
from reporting.evidence.waits import draw_waits

GROUPING_NOTE = (
    f"Groups are joined first, White and all others for example, until no more than {MAX_SMALL_SHARE:.0%} of their "
    "figures are too small to show. A figure that is withheld in full, whatever its size, is named under its period."
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
        counted = _count_periods([period for period in periods if period.key not in frozen])
        districts = load_districts(timezone.localdate())
        months = load_month_totals(TREND_COUNT, list_trend_months(month))
    ladders = build_ladders(districts)
    releases = {
        period: plan_release(ExactCounts(each.found, ladders), crossed=period.kind != "month")
        for period, each in counted.items()
    }
    proof = protect_releases(
        list(releases.values()),
        earlier,
        tell=lambda: said(40, "Protecting small numbers"),
        recount=lambda published: _count_exactly(published, ladders),
    )
    said(75, "Drawing tables")
    drawn = {period.key: _draw(each, releases[period]) for period, each in counted.items()}
    published = [frozen.get(period.key) or drawn[period.key] for period in periods]
    return {
        "title": f"Service and equity report, {month:%B %Y}",
        "month": f"{month:%Y-%m}",
        "definitions_version": DEFINITIONS_VERSION,
        "note": f"{SUPPRESSION_NOTE} {GROUPING_NOTE} {SHARE_NOTE}",
        "proof": proof.describe(),
        "about": [definitions.UNIT, definitions.PERIODS, definitions.BREAKDOWNS],
        "definitions": definitions.describe_indicators(),
        "sources": list(definitions.SOURCES),
        "periods": published,
        **build_findings(published, list_latest_periods(earlier, published), months),
    }


def _draw(counted: CountedPeriod, release: Release) -> dict[str, Any]:
    return draw_period(release, counted.found, counted.versions) | {
        "sections": list_safe_sections(counted.sections, release),
        "counted_on": format_day(timezone.localdate()),
        "waits": draw_waits(release, counted.found),
    }


def list_safe_sections(sections: Sequence[dict[str, Any]], release: Release) -> list[dict[str, Any]]:
    """Without the one that divides those with a pair, where the release withholds how many they are."""
    if PAIR_COUNT not in release.withheld:
        return list(sections)
    return [each for each in sections if each["title"] != PAIR_CHANGES.title]


def list_latest_periods(
    earlier: Sequence[dict[str, Any]], published: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Every period that was published, as it is now."""
    return list({each["key"]: each for each in (*earlier, *published)}.values())


def build_findings(
    periods: Sequence[dict[str, Any]], published: Sequence[dict[str, Any]], months: Mapping[date, int]
) -> dict[str, Any]:
    """What is worked out of the figures that a month, its quarter and its year have published; and the trend, of every
    period that was ever ``published`` and the children seen in each of the ``months``, as far as they may be shown.
    """
    year = periods[-1]
    populations = load_populations(date.fromisoformat(year["first"]), year["quality"]["indices"])
    access = build_access(year, populations)
    ladders = build_ladders_of_period(year)
    quarter = periods[-2]
    of_quarter = load_populations(date.fromisoformat(quarter["first"]), quarter["quality"]["indices"])
    return {
        "access": access,
        "gaps": build_gaps(quarter, of_quarter),
        "ladders": ladders,
        "next_steps": build_next_steps(periods, access, ladders),
        "first_page": build_first_page(periods, access),
        "trend": build_trend(published, months),
        "trends": build_reported_trends(published),
    }


def _count_periods(periods: Sequence[Period]) -> dict[Period, CountedPeriod]:
    indicators, waiting = compute_all_indicators(periods, load_places()), list_waiting_since(periods)
    return {
        found.period: CountedPeriod(found, count_index_versions(found.period), _build_sections(found, since))
        for found, since in zip(indicators, waiting, strict=True)
    }


def _build_sections(found: Indicators, waiting: Sequence[date]) -> list[dict[str, Any]]:
    """Without counting again what all periods were counted for together."""
    counted = {
        STILL_WAITING: build_waiting_tables(waiting, found.period.last),
        PAIR_CHANGES: build_change_tables(found),
    }
    return build_sections(found.period, counted=counted)


def _count_exactly(published: Sequence[PublishedPeriod], ladders: Ladders) -> list[ExactCounts]:
    """Earlier periods by today's records; nothing of it is published."""
    periods = [Period(each.key.partition(" ")[0], "", each.first, each.last) for each in published]
    return [ExactCounts(found, ladders) for found in compute_all_indicators(periods, load_places())]


@contextlib.contextmanager
def read_at_one_moment() -> Iterator[None]:
    """All queries inside see the database as it was at the first of them (a nested block sees its parent's)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
