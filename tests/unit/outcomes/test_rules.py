"""Age windows to the day, and what is due, one condition a row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from outcomes.measures import catalogue
from outcomes.rules import Kept, add_months, pair_about_to_be_missed, pair_begun, pair_closes, start_due

BORN, DAY = date(2024, 2, 29), date(2026, 3, 2)
FIRST = Kept("a", "prfq", "1", "dyad", DAY, born=BORN)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 20), 1, date(2026, 12, 20)),
    ],
)
def test_months_later(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("born", "on", "suits"),
    [
        (date(2024, 5, 1), date(2024, 5, 1), True),
        (date(2024, 5, 1), date(2024, 4, 30), False),
        (date(2024, 5, 1), date(2027, 4, 30), True),
        (date(2024, 5, 1), date(2027, 5, 1), False),
        (None, date(2026, 5, 1), False),
    ],
)
def test_prfq_is_for_babies_from_birth_to_the_day_before_three(born, on, suits):
    assert (catalogue()["prfq"].why_not(born=born, on=on) == "") is suits


def test_a_goal_may_be_rated_at_any_age():
    assert catalogue()["gbo"].why_not(born=None, on=DAY) == ""


@pytest.mark.parametrize(
    ("first_seen", "kept", "ended", "due"),
    [
        (DAY, [], False, DAY),
        (None, [], False, None),
        (DAY, [], True, None),
        (DAY, [FIRST], False, None),
        (DAY, [replace(FIRST, declined=True)], False, None),
        (DAY, [replace(FIRST, completed_on=DAY - timedelta(days=1))], False, DAY),
    ],
)
def test_a_first_measure_is_due(first_seen, kept, ended, due):
    assert start_due(first_seen=first_seen, kept=kept, ended=ended) == due


LATER = replace(FIRST, id="b", completed_on=DAY + timedelta(days=30))


@pytest.mark.parametrize(
    ("kept", "first_seen", "begun"),
    [
        ([FIRST], DAY, ["a"]),
        ([FIRST], None, []),
        ([FIRST], DAY + timedelta(days=1), []),
        ([FIRST, LATER], DAY, []),
        ([FIRST, replace(LATER, declined=True)], DAY, []),
        ([FIRST, replace(LATER, dyad="twin")], DAY, ["a", "b"]),
        ([FIRST, replace(LATER, version="2")], DAY, ["a", "b"]),
        ([replace(FIRST, declined=True)], DAY, []),
        ([replace(FIRST, lost=DAY)], DAY, []),
    ],
)
def test_a_pair_has_begun(kept, first_seen, begun):
    assert [each.id for each in pair_begun(kept, first_seen=first_seen)] == begun


@pytest.mark.parametrize(
    ("on", "soon"),
    [
        (date(2027, 1, 29), False),
        (date(2027, 1, 30), True),
        (date(2027, 2, 27), True),
        (date(2027, 2, 28), False),
    ],
)
def test_a_pair_is_about_to_be_missed_for_four_weeks(on, soon):
    closes = pair_closes(FIRST, until_months=36)
    assert closes == date(2027, 2, 27)
    assert pair_about_to_be_missed(closes, on) is soon


@pytest.mark.parametrize(("born", "until"), [(None, 36), (BORN, None)])
def test_no_window_no_closing(born, until):
    assert pair_closes(replace(FIRST, born=born), until_months=until) is None
