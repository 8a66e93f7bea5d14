"""The village's Celery task: render a signed letter as a PDF."""

from celery import shared_task
from django.utils import timezone

from pairs.jobs.actions import report_progress, work_on_job
from pairs.jobs.models import Job
from pairs.village.actions.letters import save_letter_pdf
from pairs.village.models import Letter
from pairs.village.printed_letter import build_printed_letter


@shared_task(name="village.print_letter")
def print_letter(job_id):
    """Check the letter once more, render it and save the PDF."""
    with work_on_job(job_id) as job:
        if job is not None:
            make_letter_pdf(job)


def make_letter_pdf(job: Job) -> None:
    """One attempt; what may be disclosed is checked at this moment."""
    from pairs.village import pdf  # the renderer is the worker's alone: the web never loads it

    letter = Letter.objects.whole().filter(job=job).first()
    if letter is None:  # asked for anew since, with another address
        save_letter_pdf(job=job, pdf=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    save_letter_pdf(job=job, pdf=pdf.render_letter_pdf(build_printed_letter(letter, timezone.localdate())))
