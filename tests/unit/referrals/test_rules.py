"""Who is eligible, which moves are legal, who is a twin: one row a case."""

import inspect
from datetime import date

import pytest

from referrals.rules.choices import ReferralState
from referrals.rules.eligibility import find_eligibility_error, find_infant_errors
from referrals.rules.status_transitions import REFERRAL_TRANSITIONS, find_status_errors, may_change_status

ON = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("born", "due", "eligible"),
    [
        (None, date(2026, 11, 20), True),
        (None, date(2027, 9, 10), True),  # 42 weeks ahead
        (None, date(2027, 9, 11), False),
        (None, date(2026, 10, 23), True),  # four weeks past the due date
        (None, date(2026, 10, 22), False),
        (None, None, False),
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),
        (date(2021, 11, 21), None, True),  # the day before the fifth birthday
        (date(2021, 11, 20), None, False),
    ],
)
def test_from_conception_to_the_day_before_the_fifth_birthday(born, due, eligible):
    assert (find_eligibility_error(born=born, due=due, on=ON) == "") == eligible


@pytest.mark.parametrize(("on", "eligible"), [(date(2029, 2, 28), True), (date(2029, 3, 1), False)])
def test_a_child_of_29_february_turns_five_on_1_march(on, eligible):
    assert (find_eligibility_error(born=date(2024, 2, 29), due=None, on=on) == "") == eligible


@pytest.mark.parametrize(
    ("born", "on", "eligible"),
    [
        (date(2024, 2, 29), date(2024, 2, 29), True),  # the day of birth
        (date(2024, 2, 29), date(2028, 2, 29), True),  # the fourth birthday
        (date(2024, 2, 28), date(2029, 2, 27), True),
        (date(2024, 2, 28), date(2029, 2, 28), False),
        (date(2024, 3, 1), date(2029, 2, 28), True),
        (date(2024, 3, 1), date(2029, 3, 1), False),
        (date(2021, 12, 31), date(2026, 12, 30), True),  # over the end of a year
        (date(2021, 12, 31), date(2026, 12, 31), False),
        (date(1, 1, 1), date(2026, 11, 20), False),
        (date(9999, 12, 31), date(2026, 11, 20), False),
    ],
)
def test_the_last_day_is_the_one_before_the_fifth_birthday(born, on, eligible):
    assert (find_eligibility_error(born=born, due=None, on=on) == "") == eligible


@pytest.mark.parametrize("due", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_due_date_of_no_calendar_we_know_is_refused(due):
    assert find_eligibility_error(born=None, due=due, on=ON)


def test_nothing_but_dates_can_exclude():
    """Safeguarding, diagnosis, severity, permission: the rule does not receive them."""
    assert set(inspect.signature(find_eligibility_error).parameters) == {"born", "due", "on"}


@pytest.mark.parametrize(
    ("born", "due", "number", "field"),
    [
        (None, date(2027, 1, 1), "", None),
        (None, date(2027, 1, 1), "9990000018", "nhs_number"),
        (None, date(2026, 1, 1), "", "birth_date"),
        (None, date(2028, 1, 1), "", "estimated_due_date"),
        (date(2020, 1, 1), None, "", "birth_date"),
    ],
)
def test_an_error_is_named_by_its_field(born, due, number, field):
    assert list(find_infant_errors(born=born, due=due, nhs_number=number, on=ON)) == (
        [field] if field else []
    )


CODES = ReferralState.values
LEGAL_MOVES = {
    *(("received", to) for to in CODES if to != "received"),
    *(("read", to) for to in CODES if to not in ("received", "read")),
    *(("more_asked", to) for to in CODES if to not in ("received", "more_asked")),
    ("consultation", "read"), ("not_accepted", "read"), ("withdrawn", "read"),
}  # fmt: skip


@pytest.mark.parametrize("status", CODES)
@pytest.mark.parametrize("to", CODES)
def test_which_moves_are_legal(status, to):
    assert may_change_status(status, to) == ((status, to) in LEGAL_MOVES)
    assert set(REFERRAL_TRANSITIONS) == set(CODES)


@pytest.mark.parametrize(
    ("to", "reason", "destination", "missing"),
    [
        ("accepted", "", "", set()),
        ("not_accepted", "", "", {"reason", "destination"}),
        ("not_accepted", "why", " ", {"destination"}),
        ("not_accepted", "why", "where", set()),
        ("withdrawn", "", "", {"reason"}),
        ("more_asked", "", "", {"reason"}),
    ],
)
def test_what_a_move_needs(to, reason, destination, missing):
    assert set(find_status_errors(status="read", to=to, reason=reason, destination=destination)) == missing
