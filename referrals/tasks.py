"""The Celery tasks of referrals: what a professional's link leaves behind is cleared away."""

from celery import shared_task

from referrals.actions import links


@shared_task(name="referrals.forget_unsent_drafts")
def forget_unsent_drafts():
    """Every hour; what one run misses the next one takes."""
    return links.forget_unsent_drafts()
