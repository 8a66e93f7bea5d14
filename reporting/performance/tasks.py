"""The service report's Celery task: ask for last month's by the timetable."""

from celery import shared_task

from reporting.evidence.monthly_documents import ask_for_newest_month
from reporting.performance.actions import ask_for_service_report
from reporting.performance.models import ServiceReport


@shared_task(name="performance.ask_for_last_month")
def ask_for_last_month() -> None:
    """Every ten minutes."""
    ask_for_newest_month(ServiceReport, ask_for_service_report)
