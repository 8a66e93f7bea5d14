"""E-mails about a referral: sent and kept with their sender; and what is done about one that did not arrive."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.jobs.outbox import abandon_email, collect_emails, retry_email
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from referrals.models import Referral, Reply, SentEmail
from referrals.recipients import get_referrer_contact_details, list_family_contact_details
from referrals.rules.choices import FailedEmailAnswer, ReplyRecipient
from referrals.rules.failed_emails import SENT_AGAIN, find_failed_email_errors
from referrals.rules.replies import ContactDetails

ALREADY_DONE = "This e-mail is being sent again, or someone has just dealt with it. Nothing more is needed."


@transaction.atomic
def send_referral_email(
    *,
    referral: Referral,
    topic: str,
    subject: str,
    text: str,
    address: str,
    recipient: str,
    by: User,
    reply: Reply | None = None,
) -> None:
    """Send one e-mail, and keep by whom and to whom: they hear of it if it cannot be delivered."""
    with collect_emails() as stored:
        send_mail(subject, text, None, [address])
    for email in stored:
        SentEmail.objects.create(
            referral=referral,
            reply=reply,
            email=email,
            topic=topic,
            recipient=recipient[:160],
            address=address,
            sent_by=by,
        )


@transaction.atomic
def answer_failed_email(
    *, sent: SentEmail, how: str, address: str = "", note: str = "", by: User
) -> SentEmail:
    """Send it again, to this or another address, or keep how the person was told. Raises ActionRefused by field."""
    locked = SentEmail.objects.failed().select_for_update(of=("self",)).filter(pk=sent.pk).first()
    if locked is None:
        raise ActionRefused(ALREADY_DONE)
    reach, others = _get_reach(locked)
    refuse_all(
        find_failed_email_errors(
            how=how, address=address, note=note, sent_to=locked.address, reach=reach, others=others
        )
    )
    if how in SENT_AGAIN:
        return _send_again(locked, address if how == FailedEmailAnswer.ADDRESS else locked.address)
    abandon_email(email=locked.email)
    return locked.change(settled_at=timezone.now(), settled_by=by, settled_how=how, settled_note=note.strip())


def _send_again(sent: SentEmail, address: str) -> SentEmail:
    if not retry_email(email=sent.email, address=address):
        raise ActionRefused(ALREADY_DONE)
    return sent.change(address=address, sent_again_at=timezone.now())


def _get_reach(sent: SentEmail) -> tuple[ContactDetails | None, list[str]]:
    """Of the family member it is to, what is safe today; and the addresses of everyone else in the referral.

    Of a notice to a colleague neither.
    """
    if sent.referral is None:
        return None, []
    family = list_family_contact_details(sent.referral, timezone.localdate())
    reply = sent.reply if sent.reply and sent.reply.to == ReplyRecipient.FAMILY else None
    reach = next((each for each in family if reply and each.carer == reply.carer_id), None)
    referrer = [get_referrer_contact_details(sent.referral)] if reply else []
    return reach, [each.email for each in [*family, *referrer] if each is not reach and each.email]
