"""The reports' Celery tasks: make one, and ask for last month's by the timetable."""

from celery import shared_task
from django.utils import timezone

from pairs.jobs.actions import report_progress, working_on
from pairs.service.pages import day
from reporting.evidence import snapshot
from reporting.evidence.actions import ask_for_report, file_report
from reporting.evidence.models import Report
from reporting.evidence.rules import newest_month_due


@shared_task(name="evidence.build_report")
def build_report(job_id):
    """Count, protect, print, file. A worker that dies on the way leaves nothing behind but an old lease."""
    with working_on(job_id) as job:
        if job is not None:
            write_report(job)


def write_report(job):
    """The work of one attempt; LostClaim as soon as another attempt has taken over."""
    from reporting.evidence import pdf  # the renderer is the worker's alone: the web never loads it

    def said(per_cent, stage):
        report_progress(job=job, per_cent=per_cent, stage=stage)

    report = Report.objects.select_related("asked_by").get(job=job)
    made = snapshot.build(report.month, frozen=Report.objects.published_periods(), said=said)
    made |= {"asked_by": str(report.asked_by or "the timetable"), "made_on": day(timezone.localdate())}
    said(80, "Making the PDF")
    file_report(job=job, snapshot=made, pdf=pdf.report_pdf(made))


@shared_task(name="evidence.ask_for_last_month")
def ask_for_last_month():
    """Every ten minutes; does nothing once last month's report has been asked for and has not failed."""
    month = newest_month_due(timezone.localdate())
    if not Report.objects.of_month(month).unfailed().exists():
        ask_for_report(month=month, by=None)
