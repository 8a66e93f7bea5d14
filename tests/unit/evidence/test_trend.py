"""Which months of the trend may be shown: none that could tell something of a longer period's cells."""

from datetime import date
from itertools import product

import pytest

from reporting.evidence.disclosure import get_reader_bounds, publish_count
from reporting.evidence.rules import build_month_period
from reporting.evidence.trend import (
    LongerPeriod,
    TrendMonth,
    build_reported_trends,
    build_trend,
    find_hidden_months,
    list_trend_months,
)
from tests.unit.evidence.published_periods import OCTOBER, QUARTER, YEAR, make_published

JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (7, 8, 9))


def find_hidden(counts, quarter, reported=()):
    months = [
        TrendMonth(build_month_period(day), publish_count(count).shown, reported=day in reported)
        for day, count in counts.items()
    ]
    longer = [LongerPeriod(QUARTER.first, QUARTER.last, *get_reader_bounds(publish_count(quarter).shown))]
    return find_hidden_months(months, longer)


def test_the_last_24_months_oldest_first():
    months = list_trend_months(date(2026, 10, 1))
    assert (months[0], months[-1], len(months)) == (date(2024, 11, 1), date(2026, 10, 1), 24)


@pytest.mark.parametrize(
    ("counts", "quarter", "hidden"),
    [
        ((90, 95, 90), 135, set()),
        ((4, 95, 90), 135, {JULY}),  # too small
        ((30, 25, 30), 84, {JULY}),  # together hardly more than the quarter: one is left out
        ((90, 20, 20), 91, {JULY}),  # as many as the quarter; the others alone do not make it up
        ((90, 95, 90), 3, {JULY, AUGUST, SEPTEMBER}),  # the quarter shows *: these would say more of it
    ],
)
def test_a_month_is_shown_where_it_tells_nothing_of_its_quarter(counts, quarter, hidden):
    assert find_hidden(dict(zip((JULY, AUGUST, SEPTEMBER), counts, strict=True)), quarter) == hidden


def test_a_month_with_a_report_is_shown_as_it_was_published():
    assert find_hidden({JULY: 90}, 91, reported={JULY}) == set()


def test_what_is_shown_leaves_every_table_of_the_quarter_possible():
    """By trying: every split of every quarter into two groups that could be true without the months still is.

    The months' groups are published nowhere, so any split of a month that fits is a world that a reader cannot exclude.
    """
    for counts in [(30, 28, 26), (12, 11, 9), (20, 20, 5), (9, 9, 9)]:
        quarter = max(*counts, round(0.6 * sum(counts)))
        hidden = find_hidden(dict(zip((JULY, AUGUST, SEPTEMBER), counts, strict=True)), quarter)
        shown = [
            publish_count(count).shown
            for day, count in zip((JULY, AUGUST, SEPTEMBER), counts, strict=True)
            if day not in hidden
        ]
        low, high = get_reader_bounds(publish_count(quarter).shown)
        for whole in range(low, high + 1):
            for one in range(whole + 1):
                assert fits(shown, (one, whole - one), complete=len(shown) == 3), (counts, whole, one)


def fits(shown, groups, *, complete):
    """Whether months of these shown figures can be split so that no group has more in a month than in the quarter, nor
    fewer in all three months than there.
    """
    ranges = []
    for figure in shown:
        low, high = get_reader_bounds(figure)
        splits = [
            (first, total - first)
            for total in range(low, high + 1)
            for first in range(max(0, total - groups[1]), min(groups[0], total) + 1)
        ]
        if not splits:
            return False
        ranges.append({(min(a for a, _ in splits), min(b for _, b in splits)), *splits})
    if not complete:
        return True
    largest = [[each for each in options if sum(each) == max(map(sum, options))] for options in ranges]
    return any(
        sum(a for a, _ in chosen) >= groups[0] and sum(b for _, b in chosen) >= groups[1]
        for chosen in product(*largest)
    )


def test_the_trend_says_every_month_in_words_and_as_points():
    published = [make_published(YEAR, {"seen": 235}), make_published(OCTOBER, {"seen": 95})]
    made = build_trend(published, {date(2026, 9, 1): 3, date(2026, 10, 1): 40})
    assert made["rows"] == [["September 2026", "*"], ["October 2026", "95"]]
    assert made["points"] == [["2026-09-01", None], ["2026-10-01", 95]]


def test_figures_of_two_reports_make_a_line_and_of_one_none():
    rows = [("Referred", "35"), ("In 28 days", "67% (62 to 72%)"), ("Ended", "*")]
    one = make_published(OCTOBER, {}, rows=rows)
    other = make_published(build_month_period(date(2026, 9, 1)), {}, rows=rows)
    assert build_reported_trends([one]) == []
    assert [(each["title"], each["points"]) for each in build_reported_trends([one, other])] == [
        ("Babies referred", [["2026-09-01", 35.0], ["2026-10-01", 35.0]]),
        ("First contacts within 28 days, %", [["2026-09-01", 67.0], ["2026-10-01", 67.0]]),
    ]
