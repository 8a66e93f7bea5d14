"""E-mail leaves through an outbox: send_mail writes a row and a job in the caller's transaction."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from pairs.jobs.actions import enqueue, retry_failed_job
from pairs.jobs.models import OutboxEmail
from pairs.jobs.suppression import find_suppressed_person, get_current_people

_collected: ContextVar[list[OutboxEmail] | None] = ContextVar("collected_emails", default=None)


@contextmanager
def collect_emails() -> Iterator[list[OutboxEmail]]:
    """The e-mails that are stored inside, for a record of who sent them and about what; none if they leave at once."""
    found: list[OutboxEmail] = []
    before = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(before)


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend that stores; a worker delivers (pairs.jobs.tasks.deliver_email)."""

    def send_messages(self, messages: Any) -> int:
        with transaction.atomic():
            for message in messages:
                _store_email(message)
        return len(messages)


def _store_email(message: Any) -> None:
    email_id, people = uuid.uuid4(), get_current_people()
    stopped = find_suppressed_person(people) is not None
    job, _ = enqueue(task="jobs.deliver_email", key=f"email:{email_id}", email_id=str(email_id))
    stored = OutboxEmail.objects.create(
        id=email_id,
        to=message.recipients(),
        subject=message.subject,
        body="" if stopped else f"{message.body.rstrip()}\n{build_signature()}",
        from_email=message.from_email,
        job=job,
        about_people=people,
        stopped_at=timezone.now() if stopped else None,
    )
    if (collected := _collected.get()) is not None:
        collected.append(stored)


def build_signature() -> str:
    """What ends every e-mail: which service it is from. "-- " is how mail programs know it."""
    return f"\n-- \n{settings.SERVICE_NAME}\n{settings.BASE_URL}\nThis mailbox is not read. Please do not reply.\n"


def stop_emails(*, about: uuid.UUID) -> int:
    """What waits to be sent about this baby or carer is never sent; returns how many e-mails that were."""
    waiting = OutboxEmail.objects.filter(about_people__contains=[about], sent_at=None, stopped_at=None)
    return waiting.update(stopped_at=timezone.now(), body="")


def retry_email(*, email: OutboxEmail, address: str) -> bool:
    """Try one that failed once more, at this address; whether it was one that failed."""
    OutboxEmail.objects.filter(pk=email.pk).update(to=[address])
    return retry_failed_job(job_id=email.job_id)


def abandon_email(*, email: OutboxEmail) -> None:
    """It is never sent, and what it said is deleted."""
    OutboxEmail.objects.filter(pk=email.pk, sent_at=None).update(stopped_at=timezone.now(), body="")
