"""Age windows to the day, and what is due, one condition a row."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from outcomes.measures import get_catalogue
from outcomes.rules import (
    AgeWindow,
    AssessmentRecord,
    find_age_error,
    get_pair_closing_date,
    get_start_due_date,
    is_pair_closing_soon,
    list_started_pairs,
)
from pairs.families.ages import add_months

BORN, DAY = date(2024, 2, 29), date(2026, 3, 2)
FIRST_RECORD = AssessmentRecord("a", "prfq", "1", "dyad", DAY, born=BORN)
DECLINED_RECORD = replace(FIRST_RECORD, declined=True)


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
        (date(2024, 5, 1), date(2029, 4, 30), True),
        (date(2024, 5, 1), date(2029, 5, 1), False),
        (None, date(2026, 5, 1), False),
    ],
)
def test_prfq_is_for_babies_from_birth_to_the_day_before_five(born, on, suits):
    assert (get_catalogue()["prfq"].why_not(born=born, on=on) == "") is suits


@pytest.mark.parametrize(
    ("window", "born", "on", "why"),
    [
        (AgeWindow("pregnancy"), None, DAY, ""),
        (AgeWindow("pregnancy"), DAY, DAY, "for pregnancy"),
        (AgeWindow("pregnancy"), DAY, DAY - timedelta(days=1), ""),
        (AgeWindow("any"), None, DAY, ""),
        (AgeWindow("born", from_weeks=6), DAY, DAY + timedelta(days=41), "from 6 weeks old"),
        (AgeWindow("born", from_weeks=6), DAY, DAY + timedelta(days=42), ""),
        (AgeWindow("born", from_months=2), DAY, date(2026, 5, 1), "from 2 months old"),
        (AgeWindow("born", from_months=2), DAY, date(2026, 5, 2), ""),
        (AgeWindow("born", until_months=8), DAY, date(2026, 11, 1), ""),
        (AgeWindow("born", until_months=8), DAY, date(2026, 11, 2), "under 8 months old"),
    ],
)
def test_an_age_window_holds_to_the_day(window, born, on, why):
    said = find_age_error(name="It", window=window, born=born, on=on)
    assert why in said
    assert bool(said) is bool(why)


def test_a_goal_may_be_rated_at_any_age():
    assert get_catalogue()["gbo"].why_not(born=None, on=DAY) == ""


@pytest.mark.parametrize(
    ("first_seen", "kept", "ended", "review", "due"),
    [
        (DAY, [], False, None, DAY),
        (None, [], False, None, None),
        (DAY, [], True, None, None),
        (DAY, [FIRST_RECORD], False, None, None),
        (DAY, [DECLINED_RECORD], False, None, None),
        # a no holds until the next review has come: not one before it, not one on its day
        (DAY, [DECLINED_RECORD], False, DAY + timedelta(days=20), DAY + timedelta(days=20)),
        (DAY, [DECLINED_RECORD], False, DAY + timedelta(days=31), None),
        (DAY, [DECLINED_RECORD], False, DAY, None),
        (DAY, [DECLINED_RECORD, replace(FIRST_RECORD, id="b")], False, DAY + timedelta(days=20), None),
        (DAY, [replace(FIRST_RECORD, completed_on=DAY - timedelta(days=1))], False, None, DAY),
    ],
)
def test_a_first_measure_is_due(first_seen, kept, ended, review, due):
    on = DAY + timedelta(days=30)
    assert get_start_due_date(first_seen=first_seen, kept=kept, ended=ended, review_on=review, on=on) == due


LATER_RECORD = replace(FIRST_RECORD, id="b", completed_on=DAY + timedelta(days=30))


@pytest.mark.parametrize(
    ("kept", "first_seen", "begun"),
    [
        ([FIRST_RECORD], DAY, ["a"]),
        ([FIRST_RECORD], None, []),
        ([FIRST_RECORD], DAY + timedelta(days=1), []),
        ([FIRST_RECORD, LATER_RECORD], DAY, []),
        ([FIRST_RECORD, replace(LATER_RECORD, declined=True)], DAY, []),
        ([FIRST_RECORD, replace(LATER_RECORD, dyad="twin")], DAY, ["a", "b"]),
        ([FIRST_RECORD, replace(LATER_RECORD, version="2")], DAY, ["a", "b"]),
        ([FIRST_RECORD, replace(LATER_RECORD, form="toddler")], DAY, ["a", "b"]),
        ([FIRST_RECORD, replace(LATER_RECORD, role="coder")], DAY, ["a", "b"]),
        ([replace(FIRST_RECORD, declined=True)], DAY, []),
        ([replace(FIRST_RECORD, lost=DAY)], DAY, []),
    ],
)
def test_a_pair_has_begun(kept, first_seen, begun):
    assert [each.id for each in list_started_pairs(kept, first_seen=first_seen)] == begun


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
    closes = get_pair_closing_date(BORN, AgeWindow("born", until_months=36))
    assert closes == date(2027, 2, 27)
    assert is_pair_closing_soon(closes, on) is soon


@pytest.mark.parametrize(("born", "until"), [(None, 36), (BORN, None)])
def test_without_an_age_window_there_is_no_closing_date(born, until):
    assert get_pair_closing_date(born, AgeWindow("born", until_months=until)) is None
