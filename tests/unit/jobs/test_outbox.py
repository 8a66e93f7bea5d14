"""E-mail is written with its cause, vanishes with it, and is delivered from a job."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.db import transaction

from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.tasks import deliver_email

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def use_outbox(settings):
    settings.EMAIL_BACKEND = "pairs.jobs.outbox.OutboxBackend"
    settings.OUTBOX_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"


def send_test_mail(subject="R-2026-00042"):
    send_mail(subject, "See the link.", None, ["duty@pairs.example"])


def test_sending_writes_an_email_and_its_job_and_sends_nothing_yet():
    send_test_mail()
    email = OutboxEmail.objects.get()
    assert (email.to, email.subject, email.sent_at) == (["duty@pairs.example"], "R-2026-00042", None)
    assert email.job.task == "jobs.deliver_email"
    assert mail.outbox == []


def test_it_vanishes_with_the_transaction_that_caused_it():
    with transaction.atomic():
        send_test_mail()
        transaction.set_rollback(True)
    assert (OutboxEmail.objects.count(), Job.objects.count()) == (0, 0)


def test_the_queue_carries_an_id_and_nothing_else():
    send_test_mail("Something said")
    assert set(Job.objects.get().arguments) == {"email_id"}


def test_delivering_sends_it_once_and_notes_when():
    send_test_mail()
    job = Job.objects.get()
    deliver_email(str(job.pk))
    deliver_email(str(job.pk))
    assert [each.subject for each in mail.outbox] == ["R-2026-00042"]
    assert OutboxEmail.objects.get().sent_at
    assert Job.objects.get().status == Job.DONE


def test_a_mail_server_that_is_down_means_another_try(monkeypatch):
    def raise_connection_refused(self, *arguments, **options):
        raise ConnectionRefusedError

    send_test_mail()
    job = Job.objects.get()
    with monkeypatch.context() as server:
        server.setattr(EmailMessage, "send", raise_connection_refused)
        with pytest.raises(ConnectionRefusedError):
            deliver_email(str(job.pk))
    job.refresh_from_db()
    assert (job.status, job.failure) == (Job.QUEUED, "ConnectionRefusedError")
    assert OutboxEmail.objects.get().sent_at is None
    deliver_email(str(job.pk))
    assert len(mail.outbox) == 1
