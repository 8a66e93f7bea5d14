"""The jobs' own Celery task: deliver one stored e-mail."""

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import finish, working_on
from pairs.jobs.models import OutboxEmail
from pairs.jobs.outbox import stop_emails
from pairs.jobs.quiet import is_stopped


@shared_task(name="jobs.deliver_email")
def deliver_email(job_id):
    """Send the e-mail behind the job. A crash between sending and noting it may send twice, never not at all."""
    with working_on(job_id) as job:
        if job is None:
            return
        email = OutboxEmail.objects.get(job=job)
        if _stopped(email):
            finish(job=job)
            return
        delivery = get_connection(settings.OUTBOX_DELIVERY)
        EmailMessage(email.subject, email.body, email.from_email, email.to, connection=delivery).send()
        with transaction.atomic():
            OutboxEmail.objects.filter(pk=email.pk).update(sent_at=timezone.now())
            finish(job=job)


def _stopped(email):
    """Asked at the moment of sending: what the baby's record says may have changed since it was written."""
    if email.stopped_at is None and is_stopped(email.about_infant):
        stop_emails(about_infant=email.about_infant)
        return True
    return email.stopped_at is not None
