"""A referral moves one step on: append-only rows, by the one table of legal moves."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.actions.replies import owed_by, send_replies
from referrals.models import Destination, Referral, ReferralStatus
from referrals.rules.moves import why_not_move
from referrals.rules.replying import ReplyDraft
from referrals.rules.words import DECIDED


@transaction.atomic
def move_referral(
    *,
    referral: Referral,
    to: str,
    by: User,
    reason: str = "",
    destination: str = "",
    destinations: Sequence[Destination] = (),
    replies: Sequence[ReplyDraft] = (),
) -> ReferralStatus:
    """One step on: a row that says who, when, to what and why; where it ends, with a reply to everybody owed one.

    An illegal move is Refused. Whoever moves a referral has read it.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if why := why_not_move(status=locked.status, to=to, reason=reason, destination=destination):
        raise Refused(why)
    now = timezone.now()
    step = ReferralStatus.objects.create(
        referral=referral, status=to, at=now, by=by, reason=reason, destination=destination
    )
    step.destinations.set(destinations)
    if to in DECIDED:
        about = "withdrawn" if to == "withdrawn" else "answer"
        send_replies(step=step, drafts=replies, about=about, owed=owed_by(referral), by=by)
    read = {} if locked.first_read_at or to == "withdrawn" else {"first_read_at": now, "first_read_by": by}
    referral.change(status=to, decided_at=now if to in DECIDED else None, **read)
    return step


def mark_read(*, referral: Referral, by: User) -> ReferralStatus:
    """Somebody has read it for the first time: who and when is kept."""
    return move_referral(referral=referral, to="read", by=by)
