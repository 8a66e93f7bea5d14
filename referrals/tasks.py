"""Celery tasks of referrals: reply PDFs, notices about unread and unsent referrals, expired links."""

from celery import shared_task
from django.utils import timezone

from pairs.jobs.actions import finish_job, report_progress, work_on_job
from pairs.jobs.models import Job
from pairs.submissions.models import Submission
from referrals.actions import referrer_links
from referrals.actions.first_reader import notify_overdue_unread
from referrals.actions.reminders import remind_of_unsent
from referrals.draft import ACCOUNT_DRAFT_KINDS
from referrals.models import Reply
from referrals.reply_letter import build_reply_letter
from referrals.rules.referrer_visibility import UNSENT_REMINDER_AFTER


@shared_task(name="referrals.print_reply")
def print_reply(job_id):
    """Render and save the PDF in one UPDATE, if this attempt still owns the job."""
    with work_on_job(job_id) as job:
        if job is not None:
            render_reply_pdf(job)


def render_reply_pdf(job: Job) -> None:
    """One attempt. Replies entered in error or sealed meanwhile are not printed."""
    from pairs.village.pdf import (
        render_letter_pdf,  # the renderer is the worker's alone: the web never loads it
    )

    reply = Reply.objects.live().select_related("referral__site", "written_by").filter(pdf=job).first()
    if reply is None or reply.referral.is_hidden:
        finish_job(job=job, file=None)
        return
    report_progress(job=job, per_cent=40, stage="Making the PDF")
    finish_job(job=job, file=render_letter_pdf(build_reply_letter(reply)))


@shared_task(name="referrals.remind_of_unsent")
def remind_unsent_authors() -> None:
    """Every half hour; idempotent, one reminder a draft."""
    now = timezone.now()
    waiting = Submission.objects.unfinished().filter(
        kind__in=ACCOUNT_DRAFT_KINDS,
        reminded_at=None,
        created_at__lte=now - UNSENT_REMINDER_AFTER,
        user__is_active=True,
    )
    for pk in waiting.order_by("created_at").values_list("pk", flat=True):
        remind_of_unsent(draft_id=pk, at=now)


@shared_task(name="referrals.chase_unread")
def notify_unread_referrals() -> int:
    """Every five minutes; idempotent, one notice a person."""
    return notify_overdue_unread()


@shared_task(name="referrals.forget_unsent_drafts")
def delete_expired_link_drafts():
    """Every hour; idempotent."""
    return referrer_links.delete_expired_drafts()
