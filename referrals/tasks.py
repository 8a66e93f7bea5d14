"""The Celery task of referral: put a reply on paper."""

from celery import shared_task

from pairs.jobs.actions import finish, report_progress, working_on
from referrals.models import Reply
from referrals.paper import paper_of


@shared_task(name="referrals.print_reply")
def print_reply(job_id):
    """Print it and file it: one UPDATE, while the attempt is still ours."""
    with working_on(job_id) as job:
        if job is not None:
            put_on_paper(job)


def put_on_paper(job):
    """The work of one attempt. What was entered in error or sealed since is printed no more."""
    from pairs.village.pdf import letter_pdf  # the renderer is the worker's alone: the web never loads it

    reply = Reply.objects.live().select_related("referral__site", "written_by").filter(pdf=job).first()
    if reply is None or reply.referral.is_out_of_sight:
        finish(job=job, file=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    finish(job=job, file=letter_pdf(paper_of(reply)))
