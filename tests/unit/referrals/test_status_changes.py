"""Every move from every status to every other: legal or not, a row each; and what a refused one leaves behind."""

import pytest
from django.db import transaction

from pairs.service.refusals import ActionRefused
from referrals.actions import change_referral_status
from referrals.models import Referral, ReferralStatus, Reply
from referrals.rules.choices import DECIDED_STATUSES, ReferralState
from referrals.rules.status_transitions import REFERRAL_TRANSITIONS, may_change_status
from tests.databases import triggers_off
from tests.unit.referrals.factories import REPLIES, make_test_referral

CODES = ReferralState.values
# By hand: r received, d read, m more asked for, a accepted, c consultation, n not accepted, w withdrawn.
STATUS_LETTERS = dict(zip("rdmacnw", CODES, strict=True))
LEGAL_TABLE = {
    "r": "-yyyyyy",
    "d": "--yyyyy",
    "m": "-y-yyyy",
    "a": "-------",
    "c": "-y-----",
    "n": "-y-----",
    "w": "-y-----",
}
LEGAL_ROWS = [
    pytest.param(
        STATUS_LETTERS[one],
        STATUS_LETTERS[other],
        legal == "y",
        id=f"{STATUS_LETTERS[one]} to {STATUS_LETTERS[other]}",
    )
    for one, line in LEGAL_TABLE.items()
    for other, legal in zip(STATUS_LETTERS, line, strict=True)
]


def test_the_table_has_every_status_and_no_other():
    assert len(LEGAL_ROWS) == 49
    assert set(REFERRAL_TRANSITIONS) == set(CODES)


@pytest.mark.parametrize(("status", "to", "legal"), LEGAL_ROWS)
def test_each_move_by_the_rule(status, to, legal):
    assert may_change_status(status, to) is legal


def test_each_move_by_the_action_and_a_refused_one_writes_nothing(cast):
    referral = make_test_referral(cast["healthvisitor"])
    for status, to, legal in (each.values for each in LEGAL_ROWS):
        with transaction.atomic():
            with triggers_off(Referral):
                Referral.objects.update(status=status, decided_at=None)
            referral.refresh_from_db()
            (check_moves if legal else check_does_not_move)(referral, to, cast["duty"])
            transaction.set_rollback(True)  # each row of the table begins where the first began


def count_rows(referral):
    return ReferralStatus.objects.count(), Reply.objects.count(), referral.events.count()


def try_move(referral, to, by):
    replies = REPLIES if to in DECIDED_STATUSES else ()
    return change_referral_status(
        referral=referral, to=to, by=by, reason="They asked", destination="Example Hub", replies=replies
    )


def check_moves(referral, to, by):
    before = count_rows(referral)
    try_move(referral, to, by)
    assert Referral.objects.get().status == to
    assert count_rows(referral)[:2] == (before[0] + 1, before[1] + (2 if to in DECIDED_STATUSES else 0))


def check_does_not_move(referral, to, by):
    before, status = count_rows(referral), referral.status
    with pytest.raises(ActionRefused) as refused:
        try_move(referral, to, by)
    assert "cannot become" in refused.value.errors[""]
    assert (count_rows(referral), Referral.objects.get().status) == (before, status)


@pytest.mark.parametrize("to", ["not_accepted", "withdrawn", "more_asked"])
def test_what_needs_a_reason_is_refused_without_one_and_writes_nothing(cast, to):
    referral = make_test_referral(cast["healthvisitor"])
    with pytest.raises(ActionRefused) as refused:
        change_referral_status(
            referral=referral, to=to, by=cast["duty"], reason="  ", destination="x", replies=REPLIES
        )
    assert "reason" in refused.value.errors
    assert (ReferralStatus.objects.count(), Reply.objects.count()) == (1, 0)
