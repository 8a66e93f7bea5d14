"""Age windows to the day, and what is due, one condition a row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from outcomes.measures import catalogue
from outcomes.rules import (
    Kept,
    Window,
    add_months,
    pair_about_to_be_missed,
    pair_begun,
    pair_closes,
    start_due,
    why_not_age,
)

BORN, DAY = date(2024, 2, 29), date(2026, 3, 2)
FIRST = Kept("a", "prfq", "1", "dyad", DAY, born=BORN)
NO = replace(FIRST, declined=True)


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


@pytest.mark.parametrize(
    ("window", "born", "on", "why"),
    [
        (Window("pregnancy"), None, DAY, ""),
        (Window("pregnancy"), DAY, DAY, "for pregnancy"),
        (Window("pregnancy"), DAY, DAY - timedelta(days=1), ""),
        (Window("any"), None, DAY, ""),
        (Window("born", from_weeks=6), DAY, DAY + timedelta(days=41), "from 6 weeks old"),
        (Window("born", from_weeks=6), DAY, DAY + timedelta(days=42), ""),
        (Window("born", from_months=2), DAY, date(2026, 5, 1), "from 2 months old"),
        (Window("born", from_months=2), DAY, date(2026, 5, 2), ""),
        (Window("born", until_months=8), DAY, date(2026, 11, 1), ""),
        (Window("born", until_months=8), DAY, date(2026, 11, 2), "under 8 months old"),
    ],
)
def test_a_window_to_the_day(window, born, on, why):
    said = why_not_age(name="It", window=window, born=born, on=on)
    assert why in said
    assert bool(said) is bool(why)


def test_a_goal_may_be_rated_at_any_age():
    assert catalogue()["gbo"].why_not(born=None, on=DAY) == ""


@pytest.mark.parametrize(
    ("first_seen", "kept", "ended", "review", "due"),
    [
        (DAY, [], False, None, DAY),
        (None, [], False, None, None),
        (DAY, [], True, None, None),
        (DAY, [FIRST], False, None, None),
        (DAY, [NO], False, None, None),
        # a no holds until the next review has come: not one before it, not one on its day
        (DAY, [NO], False, DAY + timedelta(days=20), DAY + timedelta(days=20)),
        (DAY, [NO], False, DAY + timedelta(days=31), None),
        (DAY, [NO], False, DAY, None),
        (DAY, [NO, replace(FIRST, id="b")], False, DAY + timedelta(days=20), None),
        (DAY, [replace(FIRST, completed_on=DAY - timedelta(days=1))], False, None, DAY),
    ],
)
def test_a_first_measure_is_due(first_seen, kept, ended, review, due):
    on = DAY + timedelta(days=30)
    assert start_due(first_seen=first_seen, kept=kept, ended=ended, review_on=review, on=on) == due


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
        ([FIRST, replace(LATER, form="toddler")], DAY, ["a", "b"]),
        ([FIRST, replace(LATER, role="coder")], DAY, ["a", "b"]),
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
    closes = pair_closes(BORN, Window("born", until_months=36))
    assert closes == date(2027, 2, 27)
    assert pair_about_to_be_missed(closes, on) is soon


@pytest.mark.parametrize(("born", "until"), [(None, 36), (BORN, None)])
def test_no_window_no_closing(born, until):
    assert pair_closes(born, Window("born", until_months=until)) is None
