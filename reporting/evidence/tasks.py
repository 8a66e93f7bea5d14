"""The reports' Celery tasks: make one, and ask for last month's by the timetable."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from pairs.jobs.actions import report_progress, work_on_job
from pairs.jobs.models import Job
from pairs.web.jinja_environment import format_day
from reporting.evidence import snapshot
from reporting.evidence.actions import ask_for_report, file_report
from reporting.evidence.models import Report
from reporting.evidence.rules import get_newest_month_due


@shared_task(name="evidence.build_report")
def build_report(job_id: Any) -> None:
    """Compute, suppress, render, save. A worker that dies leaves nothing behind but an expiring lease."""
    with work_on_job(job_id) as job:
        if job is not None:
            write_report(job)


def write_report(job: Job) -> None:
    """The work of one attempt; LostClaim as soon as another attempt has taken over."""
    from reporting.evidence import pdf  # the renderer is the worker's alone: the web never loads it

    def record_stage(per_cent: int, stage: str) -> None:
        report_progress(job=job, per_cent=per_cent, stage=stage)

    report = Report.objects.select_related("asked_by").get(job=job)
    made = snapshot.build_snapshot(report.month, frozen=Report.objects.published_periods(), said=record_stage)
    made |= {"asked_by": str(report.asked_by or "the timetable"), "made_on": format_day(timezone.localdate())}
    record_stage(80, "Making the PDF")
    file_report(job=job, snapshot=made, pdf=pdf.render_report_pdf(made))


@shared_task(name="evidence.ask_for_last_month")
def ask_for_last_month() -> None:
    """Every ten minutes; does nothing once last month's report has been asked for and has not failed."""
    month = get_newest_month_due(timezone.localdate())
    if not Report.objects.of_month(month).unfailed().exists():
        ask_for_report(month=month, by=None)
