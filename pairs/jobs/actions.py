"""Enqueuing, claiming, reporting on and finishing jobs."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from pairs.jobs.models import MAX_ATTEMPTS, Job

WORKER_KILLED = "WorkerKilled"


class LostClaim(Exception):
    """Another worker has claimed the job since: stop, and write nothing."""


def enqueue(*, task: str, key: str, **arguments: Any) -> tuple[Job, bool]:
    """The job with this key, and whether this call made it. Asking twice makes one."""
    return Job.objects.get_or_create(key=key, defaults={"task": task, "arguments": arguments})


def request_job(*, task: str, key: str, **arguments: Any) -> Job:
    """The job with this key, which somebody waits for. Idempotent by key; a job that failed is queued again."""
    job, _ = enqueue(task=task, key=key, **arguments)
    retry_failed_job(job_id=job.pk)
    return job


def retry_failed_job(*, job_id: UUID) -> bool:
    """Queue a job that failed once more; returns whether it was one. It has one try: then it has failed again."""
    again = Job.objects.filter(pk=job_id, status=Job.FAILED)
    return bool(
        again.update(status=Job.QUEUED, publish_after=timezone.now(), progress=0, stage="", failure="")
    )


def fail_killed_jobs(now: datetime) -> int:
    """Jobs that their workers did not survive, as often as a job may be tried, have failed; returns how many.

    Killed outright (out of memory, say) a worker reports nothing: without this its job would be claimed for ever.
    """
    return Job.objects.given_up(now).update(status=Job.FAILED, lease_until=None, failure=WORKER_KILLED)


def claim_job(job_id: UUID, now: datetime) -> Job | None:
    """The job as mine, with a lease and the next attempt number; None when it is somebody else's or done."""
    lease = now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    claimed = (
        Job.objects.claimable(now)
        .filter(pk=job_id)
        .update(status=Job.RUNNING, attempt=F("attempt") + 1, lease_until=lease, failure="")
    )
    return Job.objects.get(pk=job_id) if claimed else None


def _query_own_job(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, attempt=job.attempt, status=Job.RUNNING)


def report_progress(*, job: Job, per_cent: int, stage: str) -> None:
    """Say how far the work has come. Raises LostClaim when it is no longer ours."""
    if not _query_own_job(job).update(progress=per_cent, stage=stage):
        raise LostClaim(job.pk)


def finish_job(*, job: Job, file: bytes | None = None) -> None:
    """Done, once: one UPDATE, and only while the attempt is still mine. Raises LostClaim."""
    done = _query_own_job(job).update(
        status=Job.DONE, progress=100, stage="Ready", file=file, finished_at=timezone.now(), lease_until=None
    )
    if not done:
        raise LostClaim(job.pk)


def give_up_or_retry(*, job: Job, failure: str) -> None:
    """After an error: wait and try again, or stop after MAX_ATTEMPTS and say why (never with a person's words)."""
    again = job.attempt < MAX_ATTEMPTS
    later = timezone.now() + timedelta(seconds=5 * 2**job.attempt)
    _query_own_job(job).update(
        status=Job.QUEUED if again else Job.FAILED,
        publish_after=later,
        lease_until=None,
        failure=failure[:200],
    )


class WorkRefused(Exception):
    """The work must not be done, and trying again would not help. Its text tells whoever asked why, and what to do."""


class WorkNotReady(Exception):
    """What the work needs is not there yet: a later attempt will find it. Its text says what is waited for."""


def refuse_job(*, job: Job, why: str) -> None:
    """Failed for good, at once; `why` is shown where the result would have been (200 characters)."""
    _query_own_job(job).update(status=Job.FAILED, stage=Job.REFUSED, lease_until=None, failure=why[:200])


@contextlib.contextmanager
def work_on_job(job_id: UUID) -> Iterator[Job | None]:
    """Claim the job, keep its lease alive while the block runs, and hand failures to the next attempt.

    Yields the Job, or None when there is nothing to do. An action that writes must finish() inside its
    own transaction, so that result and status appear together.
    """
    job = claim_job(job_id, timezone.now())
    if job is None:
        yield None
        return
    stop = threading.Event()
    beat = threading.Thread(target=_renew_lease, args=(job, stop), daemon=True)
    beat.start()
    try:
        yield job
    except LostClaim:
        pass
    except WorkRefused as refused:
        refuse_job(job=job, why=str(refused))
    except WorkNotReady as waits:
        give_up_or_retry(job=job, failure=str(waits))
    except Exception as error:
        give_up_or_retry(job=job, failure=type(error).__name__)
        raise
    finally:
        stop.set()
        beat.join()


def _renew_lease(job: Job, stop: threading.Event) -> None:
    lease = settings.JOB_LEASE_SECONDS
    try:
        while not stop.wait(lease / 3):
            if not _query_own_job(job).update(lease_until=timezone.now() + timedelta(seconds=lease)):
                return
    finally:
        connection.close()


def list_jobs_to_publish(now: datetime, limit: int = 100) -> list[tuple[UUID, str]]:
    """Ids and task names to publish now; each is put off for a lease, so a lost message is published again."""
    later = now + timedelta(seconds=settings.JOB_LEASE_SECONDS)
    with transaction.atomic():
        fail_killed_jobs(now)
        jobs = list(Job.objects.waiting(now).select_for_update(skip_locked=True)[:limit])
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(publish_after=later)
    return [(job.pk, job.task) for job in jobs]
