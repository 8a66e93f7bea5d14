"""The endings' Celery task: put a keepsake on paper."""

from celery import shared_task

from interventions.endings.models import Keepsake
from interventions.endings.paper import paper_of
from pairs.jobs.actions import finish, report_progress, working_on


@shared_task(name="endings.print_keepsake")
def print_keepsake(job_id):
    """Print it and file it: one UPDATE, while the attempt is still ours."""
    with working_on(job_id) as job:
        if job is not None:
            put_on_paper(job)


def put_on_paper(job):
    """The work of one attempt. What was sealed or entered in error since is printed no more."""
    from interventions.endings import pdf  # the renderer is the worker's alone: the web never loads it

    keepsake = Keepsake.objects.live().whole().filter(job=job).first()
    if keepsake is None or keepsake.dyad.is_out_of_sight:
        finish(job=job, file=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    finish(job=job, file=pdf.keepsake_pdf(paper_of(keepsake)))
