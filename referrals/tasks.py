"""Celery tasks of referrals: notices about unread and unsent referrals, expired links."""

from celery import shared_task
from django.utils import timezone

from pairs.submissions.models import Submission
from referrals.actions import referrer_links
from referrals.actions.first_reader import notify_overdue_unread
from referrals.actions.reminders import remind_of_unsent
from referrals.draft import ACCOUNT_DRAFT_KINDS
from referrals.rules.referrer_visibility import UNSENT_REMINDER_AFTER


@shared_task(name="referrals.remind_of_unsent")
def remind_unsent_authors() -> None:
    """Every half hour; idempotent, one reminder a draft."""
    now = timezone.now()
    waiting = Submission.objects.begun().filter(
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
