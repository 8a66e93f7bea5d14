"""Asks for feedback on a consultation by a one-time link, and keeps the answer."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pairs.access.one_time_links import make_link_token
from pairs.jobs.notifications import EmailTopic, send_notice
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.models import Consultation, ConsultationFeedback
from referrals.rules.choices import ConsultationStatus
from referrals.rules.consultations import find_feedback_error

NO_LINK = "This link no longer works."


@transaction.atomic
def ask_for_feedback(*, consultation: Consultation, by: User) -> tuple[ConsultationFeedback, str]:
    """(the row that waits for the answer, the token of its link). A link that was lost is replaced by a new one."""
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    before = ConsultationFeedback.objects.live().filter(consultation=locked).first()
    if problem := _find_asking_error(locked, before):
        raise ActionRefused(problem)
    today, (token, digest) = timezone.localdate(), make_link_token()
    values = {
        "token_hash": digest,
        "asked_on": today,
        "last_day": today + timedelta(days=settings.CONSULTATION_FEEDBACK_DAYS),
    }
    if before:
        return before.change(**values), token
    return ConsultationFeedback.objects.create(consultation=locked, **values), token


def _find_asking_error(consultation: Consultation, before: ConsultationFeedback | None) -> str:
    if consultation.status != ConsultationStatus.HELD:
        return "This consultation has not been held yet."
    return "They have already given feedback." if before and before.answered_on else ""


def get_feedback_address(consultation: Consultation) -> str:
    """The e-mail address of whoever asked; "" where it is not known or their account is closed."""
    asker = consultation.asked_by
    return (asker.email if asker and asker.is_active else "") or consultation.asker_email


def email_feedback_link(
    *, consultation: Consultation, feedback: ConsultationFeedback, token: str, by: User
) -> str:
    """Send the link to whoever asked. Returns the address, "" when none is known.

    Nothing of what the consultation was about leaves by e-mail.
    """
    if address := get_feedback_address(consultation):
        link = build_absolute_url("consultation-feedback", token)
        send_notice(
            topic=EmailTopic.FEEDBACK,
            subject=f"How was the consultation? {consultation.reference}",
            text=f"Two short questions about your consultation with us. The link works once, until "
            f"{feedback.last_day:%-d %B %Y}:\n\n{link}\n",
            address=address,
            recipient=str(consultation.asked_by or consultation.asker_name or address),
            site_id=consultation.site_id,
            by=by,
        )
    return address


def is_link_usable(token: str) -> bool:
    """Can something be answered with it now?"""
    return ConsultationFeedback.objects.working(token, timezone.localdate()).exists()


@transaction.atomic
def record_feedback(*, token: str, words: str, **answers: int | None) -> ConsultationFeedback:
    """Keep the answer and use up the link, both or neither. Of two answers at once the second finds no link."""
    found = ConsultationFeedback.objects.working(token, timezone.localdate()).select_for_update(of=("self",))
    feedback = found.first()
    if feedback is None:
        raise ActionRefused(NO_LINK)
    if problem := find_feedback_error(answers=answers.values(), words=words):
        raise ActionRefused({"helped_to_think": problem})
    return feedback.change(token_hash=None, answered_on=timezone.localdate(), words=words.strip(), **answers)
