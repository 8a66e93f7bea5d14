"""The service report's Celery task: ask for last month's by the timetable."""

from celery import shared_task
from django.utils import timezone

from reporting.evidence.rules import get_newest_month_due
from reporting.performance.actions import ask_for_service_report
from reporting.performance.models import ServiceReport


@shared_task(name="performance.ask_for_last_month")
def ask_for_last_month() -> None:
    """Every ten minutes; does nothing once last month's has been asked for and has not failed."""
    month = get_newest_month_due(timezone.localdate())
    if not ServiceReport.objects.of_month(month).unfailed().exists():
        ask_for_service_report(month=month, by=None)
