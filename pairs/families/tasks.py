"""The Celery tasks of families: postcodes looked up again each night, alerts that nobody has seen passed on."""

from celery import shared_task
from django.utils import timezone

from pairs.families import actions
from pairs.families.models import RiskAlert


@shared_task(name="families.retry_lookups")
def retry_unmatched_postcodes() -> int:
    """A newer directory may know a postcode that an older one did not; running twice changes nothing more."""
    return actions.retry_lookups(on=timezone.localdate())


@shared_task(name="families.escalate_unseen_alerts")
def escalate_unseen_alerts() -> None:
    """Every ten minutes; each alert once a working day until it is seen, so that missed runs catch up."""
    now = timezone.now()
    for alert in RiskAlert.objects.unseen().order_by("created_at"):
        actions.escalate_unseen_alert(alert=alert, at=now)
