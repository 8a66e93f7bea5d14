"""The trend of page one: children seen in each of the last 24 months, and which of those months may be shown.

A month whose report is made is shown as its report has it. Of the others only the whole service is shown, and only
where that tells nobody anything of the longer periods that are published. It tells nothing where

* each published longer period surely has as many children as the month, whatever number either stands for, and
* the months of the longer period that are shown only here surely have more children together than it has,

because then, whatever the longer period's cells are, the months can be divided to fit them: each group gets its part
of every month as it has of the period. (The months' groups are published nowhere.) See ADR 57.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.evidence.definitions import WAIT_HEADING, WITHIN_LIMIT_HEADING
from reporting.evidence.disclosure import get_reader_bounds, publish_count
from reporting.evidence.month_figures import parse_figure
from reporting.evidence.published_counts import PublishedCounts
from reporting.evidence.rules import Period, build_month_period, get_previous_month

TREND_MONTHS = 24
TREND_COUNT = "seen"
TREND_TITLE = "Babies seen in each month"
WAIT_IN_DAYS = "Median wait, days"
# Of months with a report: what is drawn beside the trend, as the report published it.
REPORTED_TRENDS = (
    ("Referred", "Babies referred"),
    ("Accepted", "Babies accepted"),
    (WITHIN_LIMIT_HEADING, "First contacts within 28 days, %"),
    (WAIT_HEADING, WAIT_IN_DAYS),
    ("Not brought", "Attendances not brought, %"),
    ("Ended", "Babies whose episode ended"),
)


@dataclass(frozen=True)
class TrendMonth:
    """A month and its figure as shown; `reported`: by a report of its own."""

    period: Period
    shown: int | None
    reported: bool


@dataclass(frozen=True)
class LongerPeriod:
    """A quarter or a year that is published: what a reader knows its whole to be."""

    first: date
    last: date
    low: int
    high: int

    @property
    def months(self) -> int:
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    def holds(self, period: Period) -> bool:
        return self.first <= period.first and period.last <= self.last


def list_trend_months(month: date) -> list[date]:
    """The last 24 with this one, oldest first."""
    found = [month]
    while len(found) < TREND_MONTHS:
        found.append(get_previous_month(found[-1]))
    return found[::-1]


def build_trend(published: Sequence[Mapping[str, Any]], counts: Mapping[date, int]) -> dict[str, Any]:
    """{title, rows, points} for the snapshot. ``published``: every period that was ever published, this report's own
    among them; ``counts``: the exact number of children seen in each month to draw.
    """
    reported = {each["first"]: each for each in published if each["kind"] == "month"}
    months = [_read_month(month, count, reported.get(f"{month:%Y-%m-%d}")) for month, count in counts.items()]
    hidden = find_hidden_months(months, list_longer_periods(published))
    shown = [(each.period, None if each.period.first in hidden else each.shown) for each in months]
    return {
        "title": TREND_TITLE,
        "rows": [[period.name, "*" if value is None else str(value)] for period, value in shown],
        "points": [[f"{period.first:%Y-%m-%d}", value] for period, value in shown],
    }


def _read_month(month: date, count: int, report: Mapping[str, Any] | None) -> TrendMonth:
    period = build_month_period(month)
    if report:
        return TrendMonth(period, PublishedCounts(report).get_whole(TREND_COUNT), reported=True)
    return TrendMonth(period, publish_count(count).shown, reported=False)


def list_longer_periods(published: Iterable[Mapping[str, Any]]) -> list[LongerPeriod]:
    return [
        LongerPeriod(
            date.fromisoformat(each["first"]),
            date.fromisoformat(each["last"]),
            *get_reader_bounds(PublishedCounts(each).get_whole(TREND_COUNT)),
        )
        for each in published
        if each["kind"] != "month"
    ]


def find_hidden_months(months: Iterable[TrendMonth], longer: Sequence[LongerPeriod]) -> set[date]:
    """First days of the months that are shown as *: too small, or one that could tell something of a longer period."""
    months = list(months)
    hidden = {each.period.first for each in months if each.shown is None}
    new = [each for each in months if not each.reported and each.shown is not None]
    hidden |= {each.period.first for each in new if not _is_within(each, longer)}
    for period in longer:
        shown = [each for each in months if period.holds(each.period) and each.period.first not in hidden]
        free = [each for each in shown if not (each.reported or _is_in_shorter(each, period, longer))]
        if len(shown) == period.months and free and sum(map(_get_low, free)) < period.high:
            hidden.add(free[0].period.first)  # without one of its months nothing adds up to the period
    return hidden


def _is_within(month: TrendMonth, longer: Iterable[LongerPeriod]) -> bool:
    high = get_reader_bounds(month.shown)[1]
    return all(high <= each.low for each in longer if each.holds(month.period))


def _is_in_shorter(month: TrendMonth, period: LongerPeriod, longer: Iterable[LongerPeriod]) -> bool:
    """In another published period that lies within this one, which has the same rule for itself."""
    return any(
        each != period
        and period.first <= each.first
        and each.last <= period.last
        and each.holds(month.period)
        for each in longer
    )


def _get_low(month: TrendMonth) -> int:
    return get_reader_bounds(month.shown)[0]


# ---------------------------------------------------------------- months with a report
def build_reported_trends(published: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """{title, points} of each figure that two months or more have published as a number; the last 24 months."""
    months = sorted((each for each in published if each["kind"] == "month"), key=lambda each: each["first"])
    texts = [(each["first"], dict(each["whole"]["rows"])) for each in months[-TREND_MONTHS:]]
    trends = [
        {"title": title, "points": [[first, parse_figure(row.get(heading, ""))] for first, row in texts]}
        for heading, title in REPORTED_TRENDS
    ]
    return [each for each in trends if sum(value is not None for _, value in each["points"]) > 1]
