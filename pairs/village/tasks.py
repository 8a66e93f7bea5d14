"""The village's Celery task: put a signed letter on paper."""

from celery import shared_task
from django.utils import timezone

from pairs.jobs.actions import report_progress, working_on
from pairs.village.actions.letters import file_letter
from pairs.village.models import Letter
from pairs.village.paper import paper_of


@shared_task(name="village.print_letter")
def print_letter(job_id):
    """Judge it once more, print, file."""
    with working_on(job_id) as job:
        if job is not None:
            put_on_paper(job)


def put_on_paper(job):
    """The work of one attempt; what may be told is asked at this very moment."""
    from pairs.village import pdf  # the renderer is the worker's alone: the web never loads it

    letter = Letter.objects.whole().filter(job=job).first()
    if letter is None:  # asked for anew since, with another address
        file_letter(job=job, pdf=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    file_letter(job=job, pdf=pdf.letter_pdf(paper_of(letter, timezone.localdate())))
