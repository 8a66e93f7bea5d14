"""Replies: each to one named person, in a way that is safe for them, kept as it was sent."""

from collections.abc import Sequence
from dataclasses import asdict

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import ask_for_paper
from pairs.service.links import full_address
from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.models import Referral, ReferralStatus, Reply
from referrals.recipients import reaches_of, why_not_words
from referrals.rules.replying import ReplyDraft, why_not_replies, why_not_safe

TASK = "referrals.print_reply"


@transaction.atomic
def send_replies(
    *, step: ReferralStatus, drafts: Sequence[ReplyDraft], about: str, owed: Sequence[str], by: User
) -> list[Reply]:
    """Keep each reply as it is sent; what goes by e-mail goes now. Refused by 'replies.<number>.<field>'."""
    if why := why_not_replies(drafts, owed) | _why_not_safe(step.referral, drafts):
        raise Refused(why)
    replies = [_keep(step, draft, about, by) for draft in drafts]
    for reply in replies:
        _mail(reply)
        if reply.way == "letter":
            ask_for_pdf(reply=reply)
    return replies


def _why_not_safe(referral: Referral, drafts: Sequence[ReplyDraft]) -> dict[str, str]:
    """What is not safe for this one, or is another's: an address, a number, an alert."""
    on = timezone.localdate()
    reaches, errors = reaches_of(referral, on), dict[str, str]()
    for number, draft in enumerate(drafts):
        why = why_not_safe(draft, reaches) | why_not_words(referral, draft, reaches, on)
        errors |= {f"replies.{number}.{name}": said for name, said in why.items()}
    return errors


def _keep(step: ReferralStatus, draft: ReplyDraft, about: str, by: User) -> Reply:
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


def _mail(reply: Reply) -> None:
    """One mail, with a reference and a link: nothing about the family leaves by e-mail."""
    account = reply.referral.referrer if reply.to == "referrer" else None
    address = reply.email if reply.way == "email" else account.email if account else ""
    if not address or reply.way == "none":
        return
    reference = reply.referral.reference
    subject = {"question": f"A question about {reference}"}.get(
        reply.about, f"There is an answer to {reference}"
    )
    link = full_address("referral", reply.referral_id) if account else ""
    send_mail(subject, _words(link), None, [address])


def _words(link: str) -> str:
    """Without an account nobody can be shown the answer by a link: they ring, or we ring."""
    if link:
        return f"Sign in to PaIRS to read it:\n\n{link}\n"
    number = settings.SERVICE_PHONE
    ring = f"Please ring us on {number}" if number else "Please ring us, or wait until we ring you"
    return f"{ring}, and have the reference at hand.\n\n{full_address('ask-for-help')}\n"


@transaction.atomic
def ask_for_pdf(*, reply: Reply) -> Reply:
    """The letter on paper, made by the worker. Asked twice, made once; one that did not finish is tried again."""
    if reply.way != "letter" or reply.sent_at is None:
        raise Refused("Only a reply that is a letter goes on paper.")
    return reply.change(pdf=ask_for_paper(task=TASK, key=f"reply:{reply.pk}"))
