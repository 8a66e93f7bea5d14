"""The Celery tasks of referrals: a reply on paper; who has to know that one is unread or unsent; links that ran out."""

from celery import shared_task
from django.utils import timezone

from pairs.jobs.actions import finish, report_progress, working_on
from pairs.submissions.models import Submission
from referrals.actions import links
from referrals.actions.reading import chase_unread
from referrals.actions.reminders import remind_of_unsent
from referrals.models import Reply
from referrals.paper import paper_of
from referrals.rules.told import UNSENT_AFTER
from referrals.writing import BEGUN_BY_ACCOUNT


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


@shared_task(name="referrals.remind_of_unsent")
def remind_unsent():
    """Every half hour; each draft once, so that a missed hour heals by itself."""
    now = timezone.now()
    waiting = Submission.objects.unfinished().filter(
        kind__in=BEGUN_BY_ACCOUNT, reminded_at=None, created_at__lte=now - UNSENT_AFTER, user__is_active=True
    )
    for pk in waiting.order_by("created_at").values_list("pk", flat=True):
        remind_of_unsent(draft_id=pk, at=now)


@shared_task(name="referrals.chase_unread")
def chase_unread_referrals():
    """Every five minutes; each person is told once, so that a missed hour heals by itself."""
    return chase_unread()


@shared_task(name="referrals.forget_unsent_drafts")
def forget_unsent_drafts():
    """Every hour; what one run misses the next one takes."""
    return links.forget_unsent_drafts()
