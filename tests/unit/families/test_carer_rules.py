"""The rules of carers and addresses: one row a case."""

from datetime import date, datetime

import pytest

from pairs.families.rules import (
    describe_child_carer,
    find_address_errors,
    find_life_date_errors,
    find_span_errors,
    format_address_lines,
    get_age_in_years,
    list_contact_limits,
    list_replaced_values,
)

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2010, 11, 21), ON, 16),
        (date(2010, 11, 22), ON, 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_in_years(born, on, years):
    assert get_age_in_years(born, on) == years


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2010, 11, 21), "Aged 16, legally a child"),
        (date(2008, 11, 22), "Aged 17, legally a child"),
        (date(2008, 11, 21), ""),
        (None, ""),
    ],
)
def test_a_carer_under_eighteen_is_a_child_too(born, said):
    assert describe_child_carer(born, ON) == said


@pytest.mark.parametrize(
    ("born", "died", "fields"),
    [
        (date(1990, 1, 1), None, set()),
        (None, None, set()),
        (date(2026, 11, 22), None, {"birth_date"}),
        (None, date(2026, 11, 22), {"died_on"}),
        (date(1990, 1, 2), date(1990, 1, 1), {"died_on"}),
    ],
)
def test_birth_and_death_dates(born, died, fields):
    assert set(find_life_date_errors(born=born, died=died, on=ON)) == fields


@pytest.mark.parametrize(
    ("since", "until", "fields"),
    [
        (None, None, set()),
        (ON, ON, set()),
        (date(2026, 11, 22), None, {"since"}),
        (None, date(2026, 11, 22), {"until"}),
        (date(2026, 2, 1), date(2026, 1, 1), {"until"}),
    ],
)
def test_start_and_end_dates(since, until, fields):
    assert set(find_span_errors(since=since, until=until, on=ON)) == fields


EVERY_WAY_SAFE = dict.fromkeys(("may_call", "may_text", "may_leave_message", "may_email", "may_post"), True)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (EVERY_WAY_SAFE, []),
        (EVERY_WAY_SAFE | {"may_leave_message": False}, ["Do not leave a message"]),
        (EVERY_WAY_SAFE | {"may_text": None}, ["Not asked whether a text is safe"]),
        ({}, ["Safe ways of contact not recorded"]),
        (
            EVERY_WAY_SAFE | {"may_call": False, "may_leave_message": None},
            ["Do not call", "Not asked whether a message may be left: leave none"],
        ),
    ],
)
def test_not_asked_is_never_read_as_yes(answers, said):
    assert list_contact_limits(answers) == said


def test_earlier_values_show_their_last_day():
    days = [datetime(2026, month, 1) for month in range(1, 6)]
    versions = list(zip(days, ["", "07700", "07700", "07800", "07900"], strict=True))
    assert list_replaced_values(versions) == [("07800", days[4]), ("07700", days[3])]
    assert list_replaced_values([]) == []


@pytest.mark.parametrize(
    ("kind", "lines", "postcode", "refused"),
    [
        ("home", "", "", True),
        ("temporary", " ", "", True),
        ("home", "1 Example Street", "", False),
        ("home", "", "BB1 7AA", False),
        ("refuge", "", "", False),
        ("none", "", "", False),
    ],
)
def test_what_an_address_needs(kind, lines, postcode, refused):
    assert bool(find_address_errors(kind=kind, lines=lines, postcode=postcode)) is refused


@pytest.mark.parametrize(
    ("kind", "in_full", "shown"),
    [
        ("home", False, ["1 Example Street", "BB1 7AA"]),
        ("temporary", False, ["Temporary", "1 Example Street", "BB1 7AA"]),
        ("refuge", False, ["Refuge"]),
        ("refuge", True, ["Refuge", "1 Example Street", "BB1 7AA"]),
    ],
)
def test_a_refuge_hides_its_lines(kind, in_full, shown):
    name = {"home": "Home", "temporary": "Temporary", "refuge": "Refuge"}[kind]
    lines = {"lines": "1 Example Street\n", "postcode": "BB1 7AA"}
    assert format_address_lines(kind=kind, kind_name=name, in_full=in_full, **lines) == shown
