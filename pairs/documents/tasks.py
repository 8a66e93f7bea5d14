"""The Celery task that makes every PDF."""

from typing import Any

from celery import shared_task

from pairs.documents.actions import TASK, make_pdf
from pairs.jobs.actions import work_on_job


@shared_task(name=TASK)
def make_document_pdf(job_id: Any) -> None:
    """Judge, render, save. A worker that dies leaves nothing behind but an expiring lease."""
    with work_on_job(job_id) as job:
        if job is not None:
            make_pdf(job)
