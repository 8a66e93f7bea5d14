"""The clock of a request: one calendar month, two more when extended, from the day identity was shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.families.ages import add_months
from pairs.subject_access.choices import CheckKind, HarmFinding, HeldBecause, WithheldBecause
from pairs.subject_access.rules import (
    EXEMPT,
    build_left_out_words,
    compute_clock,
    find_extension_error,
    find_harm_error,
    find_reason_to_hold,
    is_adult,
    list_check_kinds,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 3)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_one_calendar_month(received, due):
    clock = compute_clock(
        received_on=received, identity_asked_on=None, identity_shown_on=None, extended=False
    )
    assert (clock.starts_on, clock.due_on) == (received, due)


def test_two_months_more_when_extended():
    clock = compute_clock(
        received_on=date(2026, 11, 30), identity_asked_on=None, identity_shown_on=None, extended=True
    )
    assert clock.due_on == date(2027, 2, 28)
    assert clock.first_month_ends_on == date(2026, 12, 30)


def test_it_waits_for_identity_that_was_asked_for_and_then_runs_from_that_day():
    asked = {"received_on": date(2026, 9, 1), "identity_asked_on": date(2026, 9, 2), "extended": False}
    assert compute_clock(identity_shown_on=None, **asked).due_on is None
    assert compute_clock(identity_shown_on=date(2026, 9, 20), **asked).due_on == date(2026, 10, 20)


def test_identity_that_nobody_had_to_ask_for_moves_nothing():
    clock = compute_clock(
        received_on=date(2026, 9, 1),
        identity_asked_on=None,
        identity_shown_on=date(2026, 9, 20),
        extended=False,
    )
    assert clock.due_on == date(2026, 10, 1)


@given(DAYS, st.integers(0, 40))
def test_months_add_up_and_stay_within_their_month(day, months):
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_an_extension_is_told_within_the_first_month():
    clock = compute_clock(
        received_on=date(2026, 9, 3), identity_asked_on=None, identity_shown_on=None, extended=False
    )
    late = find_extension_error(told_on=date(2026, 10, 4), clock=clock, on=date(2026, 10, 9))
    assert "3 October 2026" in late
    assert find_extension_error(told_on=date(2026, 10, 3), clock=clock, on=date(2026, 10, 9)) == ""
    assert find_extension_error(told_on=date(2026, 10, 3), clock=clock, on=date(2026, 10, 1))


def test_a_babys_record_is_checked_for_responsibility_and_adoption():
    baby, carer = list_check_kinds(of_infant=True), list_check_kinds(of_infant=False)
    assert set(baby) == set(CheckKind) - {CheckKind.AUTHORITY}
    assert set(carer) == set(CheckKind) - {CheckKind.RESPONSIBILITY, CheckKind.ADOPTION}


@pytest.mark.parametrize(
    ("about", "mentions", "in_confidence", "free_text", "held"),
    [
        ({"me"}, (), False, False, None),
        ({"me"}, (), False, True, HeldBecause.FREE_TEXT),
        ({"me"}, {"her"}, False, False, HeldBecause.OTHERS),
        ({"me", "her"}, (), False, False, HeldBecause.OTHERS),
        ({"her"}, (), False, True, HeldBecause.CARER_ONLY),
        ((), (), False, False, HeldBecause.FAMILY),
        ({"me"}, (), True, False, HeldBecause.CONFIDENCE),
    ],
)
def test_why_an_entry_waits_for_a_decision(about, mentions, in_confidence, free_text, held):
    found = find_reason_to_hold(
        person="me", about=about, mentions=mentions, in_confidence=in_confidence, has_free_text=free_text
    )
    assert found == held


def test_what_is_told_of_a_danger_is_what_is_told_of_a_confidence():
    told = {build_left_out_words([each]) for each in set(WithheldBecause) - {WithheldBecause.OTHER_PERSON}}
    assert told == {EXEMPT}
    assert build_left_out_words([WithheldBecause.HARM] * 9) == EXEMPT, "nor how often"


def test_serious_harm_stops_the_copy_until_it_is_heeded():
    assert find_harm_error(HarmFinding.NONE, ()) == ""
    assert find_harm_error(HarmFinding.ALL, {WithheldBecause.HARM})
    assert find_harm_error(HarmFinding.SOME, {WithheldBecause.LAW})
    assert find_harm_error(HarmFinding.SOME, {WithheldBecause.HARM}) == ""


def test_eighteen_is_an_adult():
    assert is_adult(date(2008, 11, 30), date(2026, 11, 30))
    assert not is_adult(date(2008, 12, 1), date(2026, 11, 30))
