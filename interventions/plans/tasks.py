"""The plans' Celery task: put a plan for one carer on paper."""

from celery import shared_task
from django.utils import timezone

from interventions.plans.actions.papers import file_paper
from interventions.plans.models import PlanPaper
from interventions.plans.paper import lines_of
from pairs.jobs.actions import report_progress, working_on


@shared_task(name="plans.print_plan")
def print_plan(job_id):
    """Ask once more what may be told, print, file."""
    with working_on(job_id) as job:
        if job is not None:
            put_on_paper(job)


def put_on_paper(job):
    """The work of one attempt."""
    from interventions.plans import pdf  # the renderer is the worker's alone: the web never loads it

    paper = PlanPaper.objects.live().whole().filter(job=job).first()
    if paper is None:  # asked for anew since, with other words
        file_paper(job=job, pdf=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    lines = lines_of(paper.plan, paper.to_caregiver, timezone.localdate())
    file_paper(job=job, pdf=pdf.plan_pdf(lines))
