"""The reports' Celery tasks: ask for last month's by the timetable; rebuild the monthly summary each night."""

from celery import shared_task
from django.utils import timezone

from reporting.evidence.actions import ask_for_report
from reporting.evidence.models import Report
from reporting.evidence.monthly_counts import rebuild_monthly_counts
from reporting.evidence.monthly_documents import ask_for_newest_month


@shared_task(name="evidence.ask_for_last_month")
def ask_for_last_month() -> None:
    """Every ten minutes."""
    ask_for_newest_month(Report, ask_for_report)


@shared_task(name="evidence.rebuild_monthly_counts")
def rebuild_monthly_summary() -> None:
    """Once a night. A worker that dies leaves last night's rows whole."""
    rebuild_monthly_counts(timezone.localdate())
