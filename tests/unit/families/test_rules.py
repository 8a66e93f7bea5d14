"""NHS numbers, traces, twins, unseen alerts, people to be kept apart: one test a row of each rule's table."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pairs.families.rules import (
    describe_twin,
    describe_unusual_nhs_number,
    find_nhs_number_error,
    get_escalation_time,
    get_trace_due_date,
    is_unusual_nhs_number,
    strip_nhs_number,
    takes_post,
)


@pytest.mark.parametrize(
    ("typed", "test_numbers", "refused"),
    [
        ("9434765919", False, ""),  # the NHS Data Dictionary's own example
        ("943 476 5919", False, ""),
        ("943-476-5919", False, ""),
        ("9434765918", False, "do not add up"),
        ("943476591", False, "10 digits"),
        ("94347659190", False, "10 digits"),
        ("943476591X", False, "10 digits"),
        ("٩٤٣٤٧٦٥٩١٩", False, ""),  # figures of another script are kept as ours
        ("0000000000", False, "do not add up"),
        ("4444444444", False, "do not add up"),
        ("9990000018", True, ""),
        ("9990000018", False, "for tests"),
    ],
)
def test_an_nhs_number_is_ten_digits_that_add_up(typed, test_numbers, refused):
    said = find_nhs_number_error(strip_nhs_number(typed), test_numbers=test_numbers)
    assert (refused in said) if refused else said == ""


def test_a_remainder_that_would_need_ten_is_never_a_number():
    tens = [f"{first:09d}" for first in range(400_000_000, 400_000_200)]
    impossible = [nine for nine in tens if (11 - _compute_weighted_sum(nine) % 11) % 11 == 10]
    assert impossible
    for nine in impossible:
        assert all(find_nhs_number_error(f"{nine}{digit}", test_numbers=True) for digit in range(10))


def _compute_weighted_sum(nine):
    return sum(int(digit) * (10 - place) for place, digit in enumerate(nine))


@pytest.mark.parametrize(
    ("number", "unusual"),
    [
        ("4010232137", False),
        ("6000000000", False),
        ("3000000000", True),
        ("3190000000", True),
        ("3200000000", True),
        ("5000000000", True),
        ("9000000000", True),
    ],
)
def test_unusual_ranges_are_worth_a_second_look(number, unusual):
    assert is_unusual_nhs_number(number) is unusual


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0101011234", "Scottish"),
        ("3112991234", "Scottish"),
        ("3113991234", ""),  # no such day
        ("3200000000", "Northern Ireland"),
        ("8000000000", "Irish"),
        ("9434765919", "are not issued"),
        ("5000000000", "are not issued"),
        ("4010232137", ""),
    ],
)
def test_an_unusual_number_is_described(number, words):
    said = describe_unusual_nhs_number(number)
    assert (words in said) if words else said == ""


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("NHS number: 401\u2009023\u20092137", "4010232137"),
        ("\ufeff401-023-2137", "4010232137"),
        ("101010001", "0101010001"),  # a Scottish number whose 0 a spreadsheet dropped
        ("101010000", "101010000"),  # does not add up with it
        ("401023213", "401023213"),
    ],
)
def test_a_pasted_number_is_read(typed, digits):
    assert strip_nhs_number(typed) == digits


@pytest.mark.parametrize(
    ("lines", "postcode", "kind", "arrives"),
    [
        ("1 High Street", "BB1 7AA", "home", True),
        ("22 Regiment", "BFPO 57", "home", True),
        ("c/o the hub", "", "temporary", True),
        ("1 High Street", "", "none", False),
        ("1 High Street", "ZZ99 3VZ", "home", False),
        ("Somewhere, ZZ99 3WZ", "", "home", False),
        ("No fixed abode", "", "home", False),
        ("N.F.A.", "", "home", False),
        ("NFA, sofa surfing", "", "home", False),
        ("no current address", "", "home", False),
        ("Living in her car", "", "home", False),
        ("Address not known", "BB1 7AA", "home", False),
        ("TBC", "", "home", False),
        ("Unknown Soldier Close 4", "", "home", True),
        ("No fixed abode (with friends in Preston)", "", "home", False),
        ("no permanent address", "", "home", False),
        ("Homeless - sleeping rough", "", "home", False),
        ("Blackburn\nNFA", "", "home", False),
        ("King Street Homeless Hostel, 5 King Street", "", "home", True),
        ("2 Nfala Road", "", "home", True),
        ("", "BB1 7AA", "home", False),
    ],
)
def test_where_a_letter_arrives(lines, postcode, kind, arrives):
    assert takes_post(lines=lines, postcode=postcode, kind=kind) is arrives


@pytest.mark.parametrize(
    ("born", "number", "lost", "due"),
    [
        (date(2026, 1, 1), None, False, date(2026, 2, 12)),
        (date(2026, 1, 1), "9990000018", False, None),
        (date(2026, 1, 1), None, True, None),
        (None, None, False, None),
    ],
)
def test_a_missing_number_is_traced_at_six_weeks(born, number, lost, due):
    assert get_trace_due_date(born=born, nhs_number=number, lost=lost) == due


@pytest.mark.parametrize(
    ("order", "plurality", "text"),
    [(1, 1, ""), (1, 2, "Twin 1 of 2"), (3, 3, "Triplet 3 of 3"), (5, 5, "Baby 5 of 5")],
)
def test_twins_are_told_apart(order, plurality, text):
    assert describe_twin(order, plurality) == text


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("raised", "escalates"),
    [
        (datetime(2026, 11, 20, 9, 0), datetime(2026, 11, 20, 16, 0)),  # a Friday morning
        (datetime(2026, 11, 20, 15, 59), datetime(2026, 11, 20, 16, 0)),
        (datetime(2026, 11, 20, 16, 0), datetime(2026, 11, 23, 16, 0)),  # too late for Friday: on Monday
        (datetime(2026, 11, 21, 9, 0), datetime(2026, 11, 23, 16, 0)),  # a Saturday
        (datetime(2026, 11, 22, 23, 0), datetime(2026, 11, 23, 16, 0)),  # a Sunday night
        (datetime(2026, 11, 23, 18, 0), datetime(2026, 11, 24, 16, 0)),  # a Monday evening
        (
            datetime(2026, 12, 25, 9, 0),
            datetime(2026, 12, 25, 16, 0),
        ),  # a bank holiday counts as a working day
        (
            datetime(2026, 7, 1, 9, 0),
            datetime(2026, 7, 1, 16, 0),
        ),  # summer time: 16:00 by the clock on the wall
    ],
)
def test_an_unseen_alert_goes_on_at_16_of_its_working_day(raised, escalates):
    assert get_escalation_time(raised.replace(tzinfo=LONDON)) == escalates.replace(tzinfo=LONDON)
