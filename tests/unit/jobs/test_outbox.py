"""E-mail is written with its cause, vanishes with it, and is delivered from a job."""

import uuid

import pytest
from django.core import mail
from django.core.mail import EmailMessage, send_mail
from django.db import connection, transaction

from pairs.jobs.models import Job, OutboxEmail
from pairs.jobs.outbox import stop_emails
from pairs.jobs.suppression import tag_emails_about
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


def test_every_email_says_whose_it_is_and_that_no_machine_need_answer(settings):
    settings.SERVICE_NAME, settings.BASE_URL = "Little Steps", "https://steps.example"
    send_test_mail()
    deliver_email(str(Job.objects.get().pk))
    (sent,) = mail.outbox
    assert sent.from_email == "Little Steps <pairs@service.example>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.body.endswith(
        "See the link.\n\n-- \nLittle Steps\nhttps://steps.example\n"
        "This mailbox is not read. Please do not reply.\n"
    )


def test_a_sender_with_a_name_keeps_it():
    send_mail("Hello", "See the link.", "Duty <duty@service.example>", ["hub@pairs.example"])
    deliver_email(str(Job.objects.get().pk))
    assert mail.outbox[0].from_email == "Duty <duty@service.example>"


def test_a_second_try_carries_the_same_message_id_and_date(monkeypatch):
    tried = []

    def refuse_once(self, *arguments, **options):
        tried.append((self.extra_headers["Message-ID"], self.extra_headers["Date"]))
        if len(tried) == 1:
            raise ConnectionRefusedError

    send_test_mail()
    job = Job.objects.get()
    monkeypatch.setattr(EmailMessage, "send", refuse_once)
    with pytest.raises(ConnectionRefusedError):
        deliver_email(str(job.pk))
    deliver_email(str(job.pk))
    assert len(tried) == 2
    assert len(set(tried)) == 1
    assert tried[0][0] == f"<{OutboxEmail.objects.get().pk}@service.example>"


def test_an_email_is_encrypted_until_it_is_sent_and_emptied_when_it_is_stopped(monkeypatch):
    monkeypatch.setattr("pairs.jobs.outbox.find_suppressed_person", lambda people: None)
    infant = uuid.uuid4()
    with tag_emails_about(infant):
        send_test_mail()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM jobs_outboxemail")
        assert "See the link" not in cursor.fetchone()[0]
    assert "See the link" in OutboxEmail.objects.get().body
    stop_emails(about=infant)
    assert OutboxEmail.objects.get().body == ""
