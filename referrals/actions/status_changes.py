"""Changes the status of a referral: append-only rows, checked against the table of allowed transitions."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.actions.replies import send_replies
from referrals.models import Destination, Referral, ReferralStatus
from referrals.recipients import list_recipients_owed
from referrals.rules.choices import DECIDED_STATUSES, ReferralState, ReplyTopic
from referrals.rules.replies import ReplyDraft
from referrals.rules.status_transitions import find_status_errors

REPLY_SUBJECTS: dict[str, ReplyTopic] = {
    ReferralState.WITHDRAWN: ReplyTopic.WITHDRAWN,
    ReferralState.MORE_ASKED: ReplyTopic.QUESTION,
}  # subject of a reply to this step; otherwise the answer


@transaction.atomic
def change_referral_status(
    *,
    referral: Referral,
    to: str,
    by: User,
    reason: str = "",
    destination: str = "",
    destinations: Sequence[Destination] = (),
    replies: Sequence[ReplyDraft] = (),
) -> ReferralStatus:
    """Add a status row (who, when, status, reason); a decision also sends a reply to everyone owed one.

    An illegal move is Refused. Whoever moves a referral has read it, unless it is withdrawn.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if why := find_status_errors(status=locked.status, to=to, reason=reason, destination=destination):
        raise ActionRefused(why)
    now = timezone.now()
    step = ReferralStatus.objects.create(
        referral=referral, status=to, at=now, by=by, reason=reason, destination=destination
    )
    step.destinations.set(destinations)
    if to in DECIDED_STATUSES or replies:
        owed = list_recipients_owed(referral) if to in DECIDED_STATUSES else ()
        send_replies(
            step=step, drafts=replies, about=REPLY_SUBJECTS.get(to, ReplyTopic.ANSWER), owed=owed, by=by
        )
    unread = locked.first_read_at is None and to != ReferralState.WITHDRAWN
    read = {"first_read_at": now, "first_read_by": by} if unread else {}
    referral.change(status=to, decided_at=now if to in DECIDED_STATUSES else None, **read)
    return step


def mark_referral_read(*, referral: Referral, by: User) -> ReferralStatus:
    """Somebody has read it for the first time: who and when is kept."""
    return change_referral_status(referral=referral, to=ReferralState.READ, by=by)
