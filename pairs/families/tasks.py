"""The families' Celery tasks: pass on the risk alerts that nobody has seen."""

from celery import shared_task
from django.utils import timezone

from pairs.families.actions import escalate_unseen_alert
from pairs.families.models import RiskAlert
from pairs.families.rules import escalates_at


@shared_task(name="families.escalate_unseen_alerts")
def escalate_unseen_alerts():
    """Every ten minutes; each alert once, so that a missed hour heals by itself."""
    now = timezone.now()
    for alert in RiskAlert.objects.unseen().order_by("created_at"):
        if escalates_at(timezone.localtime(alert.created_at)) <= now:
            escalate_unseen_alert(alert=alert, at=now)
