"""The Celery task that checks and takes official files."""

from typing import Any

from celery import shared_task

from pairs.geography.official_files import TASK, perform_run
from pairs.jobs.actions import work_on_job


@shared_task(name=TASK)
def run_import(job_id: Any) -> None:
    """Check or take the file of one run. A worker that dies leaves the old rows whole."""
    with work_on_job(job_id) as job:
        if job is not None:
            perform_run(job)
