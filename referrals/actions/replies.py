"""Replies: each to one named person, in a way that is safe for them, kept as it was sent."""

from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pairs.documents.actions import request_pdf
from pairs.jobs.notifications import EmailTopic
from pairs.jobs.suppression import tag_emails_about
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.actions.sent_emails import send_referral_email
from referrals.documents import REPLY
from referrals.models import Referral, ReferralStatus, Reply
from referrals.recipients import find_wording_errors, list_family_contact_details
from referrals.rules.choices import ReplyRecipient, ReplyTopic, ReplyWay
from referrals.rules.replies import ReplyDraft, find_replies_errors, find_safety_errors


@transaction.atomic
def send_replies(
    *, step: ReferralStatus, drafts: Sequence[ReplyDraft], about: str, owed: Sequence[str], by: User
) -> list[Reply]:
    """Keep each reply as it is sent; what goes by e-mail goes now. Refused by 'replies.<number>.<field>'."""
    if why := find_replies_errors(drafts, owed) | _find_unsafe_replies(step.referral, drafts):
        raise ActionRefused(why)
    replies = [_create_reply(step, draft, about, by) for draft in drafts]
    for reply in replies:
        _send_reply_mail(reply, by)
        if reply.way == ReplyWay.LETTER:
            request_pdf(document=REPLY, record=reply)
    return replies


def _find_unsafe_replies(referral: Referral, drafts: Sequence[ReplyDraft]) -> dict[str, str]:
    """Errors for unsafe ways, and for texts that disclose an address, a number or an alert."""
    on = timezone.localdate()
    reaches, errors = list_family_contact_details(referral, on), dict[str, str]()
    for number, draft in enumerate(drafts):
        why = find_safety_errors(draft, reaches) | find_wording_errors(referral, draft, reaches, on)
        errors |= {f"replies.{number}.{name}": said for name, said in why.items()}
    return errors


def _create_reply(step: ReferralStatus, draft: ReplyDraft, about: str, by: User) -> Reply:
    kept = {name: value for name, value in asdict(draft).items() if name != "carer"}
    return Reply.objects.create(
        referral=step.referral,
        step=step,
        about=about,
        carer_id=draft.carer,
        written_by=by,
        sent_at=timezone.now(),
        sent_by=by,
        **kept,
    )


def _send_reply_mail(reply: Reply, by: User) -> None:
    """One mail, with a reference and a link: nothing about the family leaves by e-mail."""
    account = reply.referral.referrer if reply.to == ReplyRecipient.REFERRER else None
    address = reply.email if reply.way == ReplyWay.EMAIL else account.email if account else ""
    if not address or reply.way == ReplyWay.NONE:
        return
    reference = reply.referral.reference
    asks = reply.about == ReplyTopic.QUESTION
    subject = f"A question about {reference}" if asks else f"There is an answer to {reference}"
    link = build_absolute_url("referral", reply.referral_id) if account else ""
    to_carer = reply.carer.became_id if reply.carer else None
    with tag_emails_about(to_carer):
        send_referral_email(
            referral=reply.referral,
            topic=EmailTopic.REPLY,
            subject=subject,
            text=_build_mail_text(link),
            address=address,
            recipient=reply.recipient,
            by=by,
            reply=reply,
        )


def _build_mail_text(link: str) -> str:
    """With a link for account holders; others are asked to call. It is read on any day: nothing promised for one."""
    if link:
        return f"Sign in to PaIRS to read it:\n\n{link}\n"
    number = settings.SERVICE_PHONE
    call = f"Please call us on {number}" if number else "Please call us"
    return f"{call}, quoting the reference.\n\n{build_absolute_url('ask-for-help')}\n"
