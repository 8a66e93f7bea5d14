"""Background jobs and outgoing e-mails, one row each; the queue carries only their ids."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from pairs.database.encryption import EncryptedTextField

MAX_ATTEMPTS = 5


class JobQuerySet(models.QuerySet):
    def claimable(self, now: datetime) -> "JobQuerySet":
        """Nobody's: still queued, or running under a lease that has run out, and not too often yet."""
        lost = Q(status=Job.RUNNING, lease_until__lt=now)
        return self.filter(Q(status=Job.QUEUED) | lost & Q(attempt__lt=MAX_ATTEMPTS))

    def given_up(self, now: datetime) -> "JobQuerySet":
        """Running, says the row: but its worker has been killed as often as a job may be tried."""
        return self.filter(status=Job.RUNNING, lease_until__lt=now, attempt__gte=MAX_ATTEMPTS)

    def failed(self) -> "JobQuerySet":
        """Those that still wait for somebody: of e-mails, none that was given up since (pairs.jobs.outbox)."""
        return self.filter(status=Job.FAILED, email__stopped_at=None).order_by("-created_at")

    def visible_to(self, scope: Any) -> "JobQuerySet":
        """All of them to whoever administers accounts: they hold no clinical words."""
        return self if scope.may("manage_accounts") else self.none()

    def waiting(self, now: datetime) -> "JobQuerySet":
        """To be published: never sent, sent and lost, or claimed by a worker that died."""
        return self.claimable(now).filter(publish_after__lte=now).order_by("created_at")


class Job(models.Model):
    """One piece of work, written in the same transaction as its cause.

    The attempt number is the fence: whoever claimed a later attempt owns the job, and an earlier
    worker that wakes up cannot finish it.
    """

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
    REFUSED = "Refused"  # the stage of work that failed because it must not be done; `failure` says why

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=80, help_text="Name of the Celery task that does it.")
    key = models.CharField(
        max_length=200, unique=True, help_text="Kind, period, scope and version: once, exactly."
    )
    arguments = models.JSONField(default=dict)
    status = models.CharField(max_length=10, default=QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    publish_after = models.DateTimeField(auto_now_add=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Per cent.")
    stage = models.CharField(max_length=120, blank=True, help_text="What it is doing, in plain words.")
    failure = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    objects = JobQuerySet.as_manager()
    privacy = {
        "operational": "task key arguments status attempt publish_after lease_until progress stage failure "
        "created_at finished_at",
        "aggregate": "file",
    }

    class Meta:
        indexes = [models.Index(fields=["status", "publish_after"], name="job_waiting")]

    def __str__(self) -> str:
        return f"{self.task} ({self.status})"

    @property
    def refusal(self) -> str:
        """Why it was not done and what to do, for whoever asked; "" unless it was refused."""
        return self.failure if (self.status, self.stage) == (self.FAILED, self.REFUSED) else ""


class OutboxEmail(models.Model):
    """An e-mail on its way: a reference and a link, never anything clinical."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.JSONField()
    subject = models.CharField(max_length=200)
    body = EncryptedTextField(help_text="Emptied once it is sent or stopped: it may hold a one-time link.")
    from_email = models.CharField(max_length=200)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="email")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    about_people = ArrayField(
        models.UUIDField(),
        default=list,
        blank=True,
        help_text="The babies and carers it is about or for (pairs/jobs/suppression.py).",
    )
    stopped_at = models.DateTimeField(
        null=True, blank=True, help_text="It was about someone about whom nothing may be sent, now or later."
    )
    privacy = {
        "contact": "to",
        "secret": "body",
        "operational": "subject from_email created_at sent_at about_people stopped_at",
    }

    def __str__(self) -> str:
        return self.subject
