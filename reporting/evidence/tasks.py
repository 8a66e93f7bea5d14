"""The reports' Celery tasks: ask for last month's by the timetable; rebuild the monthly summary each night."""

from celery import shared_task
from django.utils import timezone

from reporting.evidence.actions import ask_for_report
from reporting.evidence.models import Report
from reporting.evidence.monthly_counts import rebuild_monthly_counts
from reporting.evidence.rules import get_newest_month_due


@shared_task(name="evidence.ask_for_last_month")
def ask_for_last_month() -> None:
    """Every ten minutes; does nothing once last month's report has been asked for and has not failed."""
    month = get_newest_month_due(timezone.localdate())
    if not Report.objects.of_month(month).unfailed().exists():
        ask_for_report(month=month, by=None)


@shared_task(name="evidence.rebuild_monthly_counts")
def rebuild_monthly_summary() -> None:
    """Once a night. A worker that dies leaves last night's rows whole."""
    rebuild_monthly_counts(timezone.localdate())
