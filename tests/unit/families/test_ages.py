"""Corrected age: both ages of a baby born before 37 weeks, until two years; worked out by the calendar."""

from datetime import date

import pytest

from pairs.families.ages import Birth, format_ages

BORN = date(2026, 1, 5)  # a Monday
# Completed weeks, due date; the day from which the corrected age counts.
CORRECTED_CASES = [
    ("at term", 40, None, None),
    ("at 37 weeks", 37, None, None),
    ("at 36 weeks", 36, None, date(2026, 2, 2)),
    ("at 28 weeks", 28, None, date(2026, 3, 30)),
    ("by the due date alone, to the day", None, date(2026, 3, 11), date(2026, 3, 11)),
    ("36 weeks and 6 days by the due date", None, date(2026, 1, 27), date(2026, 1, 27)),
    ("37 weeks by the due date", None, date(2026, 1, 26), None),
    ("weeks and due date agree: to the day", 30, date(2026, 3, 11), date(2026, 3, 11)),
    ("they do not: the weeks that were recorded", 32, date(2026, 3, 11), date(2026, 3, 2)),
    ("nothing is recorded", None, None, None),
]


@pytest.mark.parametrize(
    ("weeks", "due", "expected"),
    [row[1:] for row in CORRECTED_CASES],
    ids=[row[0] for row in CORRECTED_CASES],
)
def test_from_which_day_the_corrected_age_counts(weeks, due, expected):
    assert Birth(BORN, weeks, due).corrected_birth_date == expected


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 2, 2), "4 weeks (before term by corrected age)"),
        (date(2026, 3, 30), "12 weeks (0 days corrected)"),
        (date(2026, 9, 30), "8 months (6 months corrected)"),
        (date(2028, 3, 29), "2 years 2 months (23 months corrected)"),
        (date(2028, 3, 30), "2 years 2 months"),
    ],
)
def test_both_ages_are_shown_until_two_years_corrected(on, words):
    assert format_ages(Birth(BORN, 28), on) == words


def test_an_unborn_baby_has_no_age():
    assert format_ages(Birth(None, None, date(2026, 3, 11)), BORN) == "unborn"
