"""The jobs' own Celery task: deliver one stored e-mail."""

from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import finish_job, work_on_job
from pairs.jobs.models import OutboxEmail
from pairs.jobs.outbox import stop_emails
from pairs.jobs.suppression import is_suppressed


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
        delivery = get_connection(settings.OUTBOX_DELIVERY)
        EmailMessage(email.subject, email.body, email.from_email, email.to, connection=delivery).send()
        with transaction.atomic():
            OutboxEmail.objects.filter(pk=email.pk).update(sent_at=timezone.now())
            finish_job(job=job)


def _stop_if_suppressed(email: Any) -> bool:
    """Checked again on sending: the baby's record may have changed since the e-mail was stored."""
    if email.stopped_at is None and is_suppressed(email.about_infant):
        stop_emails(about_infant=email.about_infant)
        return True
    return email.stopped_at is not None
