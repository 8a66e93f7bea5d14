"""Celery task: writes sessions cancelled in advance into the families' records on their day."""

from datetime import timedelta

from celery import shared_task
from django.db.models import F
from django.utils import timezone

from interventions.groups import actions
from interventions.groups.models import GroupSession

LOOKBACK = timedelta(days=30)  # missed runs catch up


@shared_task(name="groups.write_cancellations")
def write_due_cancellations() -> None:
    """Runs nightly. Idempotent: each family gets one contact."""
    now = timezone.now()
    ahead = GroupSession.objects.live().filter(cancelled_at__lt=F("starts_at"))
    for session in ahead.filter(starts_at__range=(now - LOOKBACK, now)).select_related("programme"):
        actions.write_cancellations(session=session, now=now)
