"""Background jobs and outgoing e-mails, one row each; the queue carries only their ids."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet):
    def claimable(self, now: datetime) -> "JobQuerySet":
        """Nobody's: still queued, or running under a lease that has run out."""
        return self.filter(Q(status=Job.QUEUED) | Q(status=Job.RUNNING, lease_until__lt=now))

    def waiting(self, now: datetime) -> "JobQuerySet":
        """To be published: never sent, sent and lost, or claimed by a worker that died."""
        return self.claimable(now).filter(publish_after__lte=now).order_by("created_at")


class Job(models.Model):
    """One piece of work, written in the same transaction as its cause.

    The attempt number is the fence: whoever claimed a later attempt owns the job, and an earlier
    worker that wakes up cannot finish it.
    """

    QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"

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


class OutboxEmail(models.Model):
    """An e-mail on its way: a reference and a link, never anything clinical."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.JSONField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    from_email = models.CharField(max_length=200)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="email")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    about_infant = models.UUIDField(
        null=True, blank=True, db_index=True, help_text="The baby it is about (pairs/jobs/suppression.py)."
    )
    stopped_at = models.DateTimeField(
        null=True, blank=True, help_text="It was about a baby of whom nothing may leave, and never will."
    )
    privacy = {
        "contact": "to",
        "operational": "subject body from_email created_at sent_at about_infant stopped_at",
    }

    def __str__(self) -> str:
        return self.subject
