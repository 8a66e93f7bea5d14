"""Celery task: print a keepsake as PDF."""

from typing import Any

from celery import shared_task

from interventions.endings.models import Keepsake
from interventions.endings.printed_keepsake import build_printed_keepsake
from pairs.jobs.actions import finish_job, report_progress, work_on_job
from pairs.jobs.models import Job


@shared_task(name="endings.print_keepsake")
def print_keepsake(job_id: Any) -> None:
    """Make the PDF and save it in one UPDATE, if this attempt is still the current one."""
    with work_on_job(job_id) as job:
        if job is not None:
            print_keepsake_for_job(job)


def print_keepsake_for_job(job: Job) -> None:
    """One attempt. A keepsake that was sealed or entered in error meanwhile is not printed."""
    from interventions.endings import pdf  # the renderer is the worker's alone: the web never loads it

    keepsake = Keepsake.objects.live().whole().filter(job=job).first()
    if keepsake is None or keepsake.dyad.is_hidden:
        finish_job(job=job, file=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    finish_job(job=job, file=pdf.render_keepsake_pdf(build_printed_keepsake(keepsake)))
