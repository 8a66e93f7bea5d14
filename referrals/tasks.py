"""The Celery tasks of referrals: those that nobody has read yet are spoken of, each time to the next in line."""

from celery import shared_task

from referrals.actions.reading import chase_unread


@shared_task(name="referrals.chase_unread")
def chase_unread_referrals():
    """Every five minutes; each person is told once, so that a missed hour heals by itself."""
    return chase_unread()
