"""Celery task: print a plan for one carer as PDF."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from interventions.plans.actions.papers import save_plan_pdf
from interventions.plans.models import PlanPaper
from interventions.plans.printed_plan import build_plan_lines
from pairs.jobs.actions import report_progress, work_on_job
from pairs.jobs.models import Job


@shared_task(name="plans.print_plan")
def print_plan(job_id: Any) -> None:
    """Check disclosure again, make the PDF and save it."""
    with work_on_job(job_id) as job:
        if job is not None:
            print_plan_for_job(job)


def print_plan_for_job(job: Job) -> None:
    """One attempt."""
    from interventions.plans import pdf  # the renderer is the worker's alone: the web never loads it

    paper = PlanPaper.objects.live().whole().filter(job=job).first()
    if paper is None:  # requested again since, with other content
        save_plan_pdf(job=job, pdf=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    lines = build_plan_lines(paper.plan, paper.to_caregiver, timezone.localdate())
    save_plan_pdf(job=job, pdf=pdf.render_plan_pdf(lines))
