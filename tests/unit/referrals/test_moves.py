"""Every move from every status to every other: legal or not, a row each; and what a refused one leaves behind."""

import pgtrigger
import pytest
from django.db import transaction

from pairs.service.refusals import Refused
from referrals.actions import move_referral
from referrals.models import Referral, ReferralStatus, Reply
from referrals.rules.moves import MOVES, may_move
from referrals.rules.words import DECIDED, STATUSES
from tests.unit.referrals.requests import REPLIES, refer

CODES = [code for code, _ in STATUSES]
# By hand: r received, d read, m more asked for, a accepted, c consultation, n not accepted, w withdrawn.
LETTERS = dict(zip("rdmacnw", CODES, strict=True))
TABLE = {
    "r": "-yyyyyy",
    "d": "--yyyyy",
    "m": "-y-yyyy",
    "a": "-------",
    "c": "-y-----",
    "n": "-y-----",
    "w": "-y-----",
}
ROWS = [
    pytest.param(LETTERS[one], LETTERS[other], legal == "y", id=f"{LETTERS[one]} to {LETTERS[other]}")
    for one, line in TABLE.items()
    for other, legal in zip(LETTERS, line, strict=True)
]


def test_the_table_has_every_status_and_no_other():
    assert len(ROWS) == 49
    assert set(MOVES) == set(CODES)


@pytest.mark.parametrize(("status", "to", "legal"), ROWS)
def test_each_move_by_the_rule(status, to, legal):
    assert may_move(status, to) is legal


def test_each_move_by_the_action_and_a_refused_one_writes_nothing(cast):
    referral = refer(cast["healthvisitor"])
    for status, to, legal in (each.values for each in ROWS):
        with transaction.atomic():
            with pgtrigger.ignore():
                Referral.objects.update(status=status, decided_at=None)
            referral.refresh_from_db()
            (moves if legal else does_not_move)(referral, to, cast["duty"])
            transaction.set_rollback(True)  # each row of the table begins where the first began


def counts(referral):
    return ReferralStatus.objects.count(), Reply.objects.count(), referral.events.count()


def moved(referral, to, by):
    replies = REPLIES if to in DECIDED else ()
    return move_referral(
        referral=referral, to=to, by=by, reason="They asked", destination="Example Hub", replies=replies
    )


def moves(referral, to, by):
    before = counts(referral)
    moved(referral, to, by)
    assert Referral.objects.get().status == to
    assert counts(referral)[:2] == (before[0] + 1, before[1] + (2 if to in DECIDED else 0))


def does_not_move(referral, to, by):
    before, status = counts(referral), referral.status
    with pytest.raises(Refused) as refused:
        moved(referral, to, by)
    assert "cannot become" in refused.value.errors[""]
    assert (counts(referral), Referral.objects.get().status) == (before, status)


@pytest.mark.parametrize("to", ["not_accepted", "withdrawn", "more_asked"])
def test_what_needs_a_reason_is_refused_without_one_and_writes_nothing(cast, to):
    referral = refer(cast["healthvisitor"])
    with pytest.raises(Refused) as refused:
        move_referral(
            referral=referral, to=to, by=cast["duty"], reason="  ", destination="x", replies=REPLIES
        )
    assert "reason" in refused.value.errors
    assert (ReferralStatus.objects.count(), Reply.objects.count()) == (1, 0)
