"""Pregnancies, births and losses: one test a row of each rule's table."""

from datetime import date

import pytest

from pairs.families.birth_rules import (
    find_birth_date_error,
    find_dates_doubt,
    find_due_date_error,
    find_home_date_error,
    find_loss_errors,
    find_number_status_error,
)

TODAY, BORN = date(2026, 11, 21), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 10, 24), ""),  # four weeks past
        (date(2026, 10, 23), "four weeks past"),
        (date(2027, 9, 11), ""),  # 42 weeks away
        (date(2027, 9, 12), "42 weeks away"),
    ],
)
def test_a_due_date_must_be_of_a_possible_pregnancy(due, said):
    answer = find_due_date_error(due, TODAY)
    assert said in answer
    assert bool(answer) is bool(said)


@pytest.mark.parametrize(("day", "refused"), [(TODAY, False), (date(2026, 11, 22), True)])
def test_nobody_is_born_in_the_future(day, refused):
    assert bool(find_birth_date_error(day, TODAY)) is refused


@pytest.mark.parametrize(
    ("stay", "home_on", "said"),
    [
        ("yes", date(2026, 11, 9), ""),
        ("yes", None, ""),
        ("no", None, ""),
        ("now", date(2026, 11, 9), "home since"),
        ("", date(2026, 11, 9), "home since"),
        ("yes", date(2026, 10, 31), "before the baby was born"),
        ("yes", date(2026, 11, 22), "This date is in the future."),
    ],
)
def test_a_first_day_at_home_follows_a_neonatal_stay(stay, home_on, said):
    answer = find_home_date_error(stay=stay, home_on=home_on, born=BORN, on=TODAY)
    assert said in answer
    assert bool(answer) is bool(said)


@pytest.mark.parametrize(
    ("loss", "born", "lost_on", "field"),
    [
        ("miscarriage", None, TODAY, None),
        ("miscarriage", BORN, TODAY, "loss"),
        ("termination", None, TODAY, None),
        ("termination", BORN, TODAY, "loss"),
        ("stillbirth", None, TODAY, None),
        ("stillbirth", BORN, BORN, None),
        ("stillbirth", BORN, TODAY, "lost_on"),
        ("death", BORN, TODAY, None),
        ("death", BORN, BORN, None),
        ("death", None, TODAY, "loss"),
        ("death", BORN, date(2026, 10, 31), "lost_on"),
        ("miscarriage", None, date(2026, 11, 22), "lost_on"),
    ],
)
def test_the_four_kinds_of_loss_are_told_apart(loss, born, lost_on, field):
    wrong = find_loss_errors(loss=loss, lost_on=lost_on, born=born, on=TODAY)
    assert list(wrong) == ([field] if field else [])


@pytest.mark.parametrize(
    ("status", "number", "refused"),
    [
        ("01", "9990000018", False),
        ("01", None, True),
        ("02", "9990000018", False),
        ("02", None, True),
        ("03", None, False),
        ("04", "9990000018", False),
        ("05", "9990000018", False),
        ("06", None, False),
        ("07", None, False),
        ("07", "9990000018", True),
        ("08", None, False),
        ("08", "9990000018", True),
    ],
)
def test_the_status_of_a_number_fits_there_being_one(status, number, refused):
    assert bool(find_number_status_error(status=status, number=number)) is refused


DUE_DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("born", "due", "weeks", "field"),
    [
        (date(2026, 6, 1), DUE_DAY, 40, ""),
        (date(2026, 3, 16), DUE_DAY, 29, ""),  # 40 weeks less 11: as it should be
        (date(2026, 3, 16), DUE_DAY, 26, ""),  # due by 22 June: up to six days more, and three weeks
        (date(2026, 3, 16), DUE_DAY, 25, "gestation_weeks"),
        (date(2026, 6, 1), DUE_DAY, 37, ""),
        (date(2026, 6, 1), DUE_DAY, 30, "gestation_weeks"),
        (date(2026, 6, 1), DUE_DAY, 44, "gestation_weeks"),
        (date(2026, 6, 22), DUE_DAY, None, ""),
        (date(2026, 6, 23), DUE_DAY, None, "birth_date"),
        (date(2027, 6, 1), DUE_DAY, None, "birth_date"),
        (date(2025, 8, 24), DUE_DAY, None, "birth_date"),
        (date(2026, 1, 5), DUE_DAY, None, ""),
        (None, DUE_DAY, None, ""),
        (date(2026, 6, 1), None, 24, ""),
    ],
)
def test_weeks_due_date_and_birth_that_disagree_are_asked_about(born, due, weeks, field):
    assert list(find_dates_doubt(born=born, due=due, weeks=weeks)) == ([field] if field else [])
