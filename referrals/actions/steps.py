"""Steps beside the decision: somebody is asked for more, a referral is withdrawn, one that ended is opened again."""

from collections.abc import Sequence

from django.core.mail import send_mail
from django.db import transaction

from pairs.service.links import full_address
from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.actions.additions import add_to_referral
from referrals.actions.moves import move_referral
from referrals.models import Referral, ReferralStatus
from referrals.recipients import owed_by
from referrals.rules.replying import ReplyDraft, replies_to_own_withdrawal
from referrals.rules.words import DECIDED

PLEASE_TELL = "I would like to withdraw this referral. Please tell the family. The reason:"


@transaction.atomic
def ask_for_more(
    *, referral: Referral, reason: str, replies: Sequence[ReplyDraft], by: User
) -> ReferralStatus:
    """One question to one person. ``reason``: what is asked, in a line, for our own record."""
    if len(replies) != 1:
        raise Refused({"replies": "Ask one person; you can ask another one later."})
    if replies[0].way == "none":
        raise Refused({"replies.0.way": "Choose how the question reaches them."})
    return move_referral(referral=referral, to="more_asked", reason=reason, replies=replies, by=by)


@transaction.atomic
def withdraw_referral(
    *, referral: Referral, asked_by: str, reason: str, replies: Sequence[ReplyDraft], by: User
) -> ReferralStatus:
    """It ends because somebody asked for that: who and why is kept, and everybody owed a reply gets one."""
    if not reason.strip():
        raise Refused({"reason": "Give the reason, in words the family would recognise."})
    asked = {"family": "The family asked", "referrer": "Whoever referred asked", "service": "Closed by us"}[
        asked_by
    ]
    return move_referral(
        referral=referral, to="withdrawn", reason=f"{asked}: {reason}", replies=replies, by=by
    )


@transaction.atomic
def withdraw_own(*, referral: Referral, family_knows: str, reason: str, by: User) -> ReferralStatus | None:
    """Whoever referred withdraws it. Where we are to tell the family, it waits for us to do so: None.

    The family has heard, or there is a reason why not: then it ends here.
    """
    if referral.status in DECIDED:
        raise Refused("It is decided already. Ring us if something has changed.")
    if family_knows == "tell":
        add_to_referral(referral=referral, text=f"{PLEASE_TELL} {reason}", by=by)
        return None
    replies = replies_to_own_withdrawal(name=str(by), family_knows=family_knows, owed=owed_by(referral))
    return withdraw_referral(referral=referral, asked_by="referrer", reason=reason, replies=replies, by=by)


@transaction.atomic
def reopen_referral(*, referral: Referral, reason: str, by: User) -> ReferralStatus:
    """One that ended waits for a decision again: it is owed a reply anew. Whoever referred hears that it is open."""
    if not reason.strip():
        raise Refused({"reason": "Say why it is opened again."})
    step = move_referral(referral=referral, to="read", reason=reason, by=by)
    referral.change(response="")
    if referral.referrer and referral.referrer.is_active and referral.referrer.email:
        link = full_address("referral", referral.pk)
        words = f"It is looked at again. Sign in to PaIRS to follow it:\n\n{link}\n"
        send_mail(f"{referral.reference} is open again", words, None, [referral.referrer.email])
    return step
