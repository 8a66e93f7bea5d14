"""The Celery task of groups: what we cancelled ahead is written into the families' records once its day has come."""

from datetime import timedelta

from celery import shared_task
from django.db.models import F
from django.utils import timezone

from interventions.groups import actions
from interventions.groups.models import GroupSession

LOOKS_BACK = timedelta(days=30)  # a missed night heals by itself


@shared_task(name="groups.write_cancellations")
def write_cancellations():
    """Every night; each family's contact once."""
    now = timezone.now()
    ahead = GroupSession.objects.live().filter(cancelled_at__lt=F("starts_at"))
    for session in ahead.filter(starts_at__range=(now - LOOKS_BACK, now)).select_related("programme"):
        actions.write_cancellations(session=session, now=now)
