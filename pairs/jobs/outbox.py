"""E-mail leaves through an outbox: send_mail writes a row and a job in the caller's transaction."""

import uuid
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import enqueue
from pairs.jobs.models import OutboxEmail
from pairs.jobs.suppression import get_current_infant, is_suppressed


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend that stores; a worker delivers (pairs.jobs.tasks.deliver_email)."""

    def send_messages(self, messages: Any) -> int:
        with transaction.atomic():
            for message in messages:
                _store_email(message)
        return len(messages)


def _store_email(message: Any) -> None:
    email_id, infant_id = uuid.uuid4(), get_current_infant()
    job, _ = enqueue(task="jobs.deliver_email", key=f"email:{email_id}", email_id=str(email_id))
    OutboxEmail.objects.create(
        id=email_id,
        to=message.recipients(),
        subject=message.subject,
        body=message.body,
        from_email=message.from_email,
        job=job,
        about_infant=infant_id,
        stopped_at=timezone.now() if is_suppressed(infant_id) else None,
    )


def stop_emails(*, about_infant: uuid.UUID) -> int:
    """What waits to be sent about this baby is never sent; returns how many e-mails that were."""
    waiting = OutboxEmail.objects.filter(about_infant=about_infant, sent_at=None, stopped_at=None)
    return waiting.update(stopped_at=timezone.now())
