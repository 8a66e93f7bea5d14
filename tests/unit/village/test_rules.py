"""Rules of agreements and letters that need no records, a row each."""

from datetime import date

import pytest

from pairs.village.rules import find_agreement_errors, find_end_date_error, find_posting_error, get_lapse_date

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("agreed", "agreed_on", "reason", "field"),
    [
        (True, TODAY, "", None),
        (False, None, "A child is at risk", None),
        (False, None, "", "agreed_by"),
        (True, None, "", "agreed_on"),
        (True, date(2026, 11, 22), "", "agreed_on"),
        (True, TODAY, "and a reason", "without_consent_because"),
    ],
)
def test_agreed_by_somebody_or_for_a_reason(agreed, agreed_on, reason, field):
    errors = find_agreement_errors(agreed=agreed, agreed_on=agreed_on, reason=reason, on=TODAY)
    assert list(errors) == ([field] if field else [])


@pytest.mark.parametrize(
    ("until", "withdrawn_on", "renewed", "due"),
    [
        (None, None, False, None),
        (TODAY, None, False, None),
        (date(2026, 11, 20), None, False, date(2026, 11, 20)),
        (date(2026, 11, 20), None, True, None),
        (date(2026, 11, 20), TODAY, False, None),
    ],
)
def test_an_agreement_that_ran_out_is_a_gap_until_it_is_dealt_with(until, withdrawn_on, renewed, due):
    assert get_lapse_date(until=until, withdrawn_on=withdrawn_on, renewed=renewed, on=TODAY) == due


@pytest.mark.parametrize(
    ("to_carer", "may_post", "lines", "kept_back", "posted"),
    [
        (True, True, True, False, True),
        (True, False, True, False, False),
        (True, None, True, False, False),
        (True, True, False, False, False),
        (True, True, True, True, False),
        (False, None, True, False, True),
        (False, None, False, False, False),
    ],
)
def test_what_may_go_by_post(to_carer, may_post, lines, kept_back, posted):
    why = find_posting_error(to_carer=to_carer, may_post=may_post, lines=lines, kept_back=kept_back)
    assert (why == "") is posted


def test_no_letter_is_posted_where_nobody_lives():
    why = find_posting_error(to_carer=True, may_post=True, lines=True, kept_back=False, takes_post=False)
    assert "no fixed abode" in why


def test_a_last_day_does_not_come_before_the_first():
    assert find_end_date_error(start=TODAY, until=date(2026, 11, 20))
    assert not find_end_date_error(start=TODAY, until=TODAY)
    assert not find_end_date_error(start=None, until=TODAY)
