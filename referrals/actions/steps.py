"""Status changes besides the decision: ask for more, withdraw, reopen."""

from collections.abc import Sequence

from django.db import transaction

from pairs.jobs.notifications import EmailTopic
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.actions.additions import add_to_referral
from referrals.actions.sent_emails import send_referral_email
from referrals.actions.status_changes import change_referral_status
from referrals.models import Addition, Referral, ReferralStatus
from referrals.recipients import list_recipients_owed
from referrals.rules.choices import DECIDED_STATUSES, PLEASE_TELL_FAMILY, ReferralState, ReplyWay
from referrals.rules.replies import ReplyDraft, build_own_withdrawal_replies

WITHDRAWAL_ALREADY_ASKED = (
    "You or your team have already asked to withdraw this referral. We will tell the family, then close it. If you "
    "have told them yourself since, add that to the referral."
)


@transaction.atomic
def ask_for_more(
    *, referral: Referral, reason: str, replies: Sequence[ReplyDraft], by: User
) -> ReferralStatus:
    """One question to one person. ``reason``: what is asked, in a line, for our own record."""
    if len(replies) != 1:
        raise ActionRefused({"replies": "Ask one person now; you can ask another later."})
    if replies[0].way == ReplyWay.NONE:
        raise ActionRefused({"replies.0.way": "Choose how to send the question."})
    return change_referral_status(
        referral=referral, to=ReferralState.MORE_ASKED, reason=reason, replies=replies, by=by
    )


@transaction.atomic
def withdraw_referral(
    *, referral: Referral, asked_by: str, reason: str, replies: Sequence[ReplyDraft], by: User
) -> ReferralStatus:
    """It ends because somebody asked for that: who and why is kept, and everybody owed a reply gets one."""
    if not reason.strip():
        raise ActionRefused({"reason": "Enter the reason, in words the family would recognise."})
    asked = {"family": "The family asked", "referrer": "The referrer asked", "service": "Closed by us"}[
        asked_by
    ]
    return change_referral_status(
        referral=referral, to=ReferralState.WITHDRAWN, reason=f"{asked}: {reason}", replies=replies, by=by
    )


@transaction.atomic
def withdraw_by_referrer(
    *, referral: Referral, family_knows: str, reason: str, by: User
) -> ReferralStatus | None:
    """Withdrawal by the referrer. Returns None, and it stays open, if we have to tell the family first.

    The family has heard, or there is a reason why not: then it ends here. It is asked for once.
    """
    if referral.status in DECIDED_STATUSES:
        raise ActionRefused("This referral has already been decided. Call us if something has changed.")
    if Addition.objects.asking_to_withdraw().filter(referral=referral).exists():
        raise ActionRefused(WITHDRAWAL_ALREADY_ASKED)
    if family_knows == "tell":
        text = f"{PLEASE_TELL_FAMILY} {reason}"
        add_to_referral(referral=referral, text=text, by=by, asks_to_withdraw=True)
        return None
    replies = build_own_withdrawal_replies(
        name=str(by), family_knows=family_knows, owed=list_recipients_owed(referral)
    )
    return withdraw_referral(referral=referral, asked_by="referrer", reason=reason, replies=replies, by=by)


@transaction.atomic
def reopen_referral(*, referral: Referral, reason: str, by: User) -> ReferralStatus:
    """One that ended waits for a decision again: it is owed a reply anew. Whoever referred hears that it is open."""
    if not reason.strip():
        raise ActionRefused({"reason": "Enter why it is being reopened."})
    step = change_referral_status(referral=referral, to=ReferralState.READ, reason=reason, by=by)
    referral.change(response="")
    referrer = referral.referrer
    if referrer and referrer.is_active and referrer.email:
        link = build_absolute_url("referral", referral.pk)
        words = f"The referral has been reopened. Sign in to PaIRS to follow it:\n\n{link}\n"
        send_referral_email(
            referral=referral,
            topic=EmailTopic.REOPENED,
            subject=f"{referral.reference} has been reopened",
            text=words,
            address=referrer.email,
            recipient=str(referrer),
            by=by,
        )
    return step
