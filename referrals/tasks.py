"""The Celery tasks of referrals: a referral that is not sent is brought to mind, once; a link leaves nothing behind."""

from celery import shared_task
from django.utils import timezone

from pairs.submissions.models import Submission
from referrals.actions import links
from referrals.actions.reminders import remind_of_unsent
from referrals.rules.told import UNSENT_AFTER
from referrals.writing import BEGUN_BY_ACCOUNT


@shared_task(name="referrals.remind_of_unsent")
def remind_unsent():
    """Every half hour; each draft once, so that a missed hour heals by itself."""
    now = timezone.now()
    waiting = Submission.objects.unfinished().filter(
        kind__in=BEGUN_BY_ACCOUNT, reminded_at=None, created_at__lte=now - UNSENT_AFTER, user__is_active=True
    )
    for pk in waiting.order_by("created_at").values_list("pk", flat=True):
        remind_of_unsent(draft_id=pk, at=now)


@shared_task(name="referrals.forget_unsent_drafts")
def forget_unsent_drafts():
    """Every hour; what one run misses the next one takes."""
    return links.forget_unsent_drafts()
