"""The Celery task that gathers the entries of a copy."""

from typing import Any

from celery import shared_task

from pairs.jobs.actions import work_on_job
from pairs.subject_access.copies import TASK, gather_entries


@shared_task(name=TASK)
def gather_subject_access_entries(job_id: Any) -> None:
    """Read and save. A worker that dies leaves nothing behind but an expiring lease."""
    with work_on_job(job_id) as job:
        if job is not None:
            gather_entries(job)
