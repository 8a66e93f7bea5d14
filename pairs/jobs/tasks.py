"""The jobs' own Celery task: deliver one stored e-mail."""

from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import finish_job, work_on_job
from pairs.jobs.models import OutboxEmail
from pairs.jobs.outbox import stop_emails
from pairs.jobs.suppression import find_suppressed_person


@shared_task(name="jobs.deliver_email")
def deliver_email(job_id: Any) -> None:
    """Send the e-mail behind the job. A crash between sending and noting it may send twice, never not at all."""
    with work_on_job(job_id) as job:
        if job is None:
            return
        email = OutboxEmail.objects.get(job=job)
        if _stop_if_suppressed(email):
            finish_job(job=job)
            return
        _build_message(email).send()
        with transaction.atomic():
            OutboxEmail.objects.filter(pk=email.pk).update(sent_at=timezone.now(), body="")
            finish_job(job=job)


def _build_message(email: OutboxEmail) -> EmailMessage:
    """With headers that tell machines not to answer it, and one Message-ID however often it is tried (RFC 3834)."""
    address = parseaddr(email.from_email)[1]
    headers = {
        "Message-ID": f"<{email.pk}@{address.rpartition('@')[2]}>",
        "Date": format_datetime(email.created_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    sender = email.from_email if address != email.from_email else formataddr((settings.SERVICE_NAME, address))
    delivery = get_connection(settings.OUTBOX_DELIVERY)
    return EmailMessage(email.subject, email.body, sender, email.to, connection=delivery, headers=headers)


def _stop_if_suppressed(email: Any) -> bool:
    """Checked again on sending: a person's record may have changed since the e-mail was stored."""
    if email.stopped_at is None and (person := find_suppressed_person(email.about_people)):
        stop_emails(about=person)
        return True
    return email.stopped_at is not None
