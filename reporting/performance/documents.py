"""A month's service report as a document on paper: computed and frozen while its PDF is made."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pairs.documents.document import SayProgress
from pairs.jobs.actions import WorkNotReady
from pairs.jobs.models import Job
from pairs.web.formats import format_day
from reporting.evidence.models import Report
from reporting.evidence.monthly_documents import MonthlyReportDocument
from reporting.evidence.rules import get_previous_month
from reporting.performance.models import ServiceReport
from reporting.performance.paper import arrange_paper

MONTHS_COMPARED = 12


class ServiceReportDocument(MonthlyReportDocument):
    """The service report."""

    model = ServiceReport
    name = "service-report"
    pdf_template = "performance/service_report_pdf.html"

    def build_record_key(self, record: ServiceReport) -> str:
        return build_report_key(record.month, record.version)

    def prepare_paper(self, record: ServiceReport, on: date, say_progress: SayProgress) -> Mapping[str, Any]:
        from reporting.performance.snapshot import build_snapshot  # the worker's alone

        require_equity_report(record.month)
        others = ServiceReport.objects.exclude(pk=record.pk)
        made = build_snapshot(
            record.month,
            earlier_years=others.list_published_years(),
            earlier_months=others.load_headlines(get_previous_month(record.month), MONTHS_COMPARED),
            say=say_progress,
        )
        return made | {"asked_by": str(record.asked_by or "the schedule"), "made_on": format_day(on)}

    def arrange_paper(self, paper: Mapping[str, Any]) -> Mapping[str, Any]:
        return arrange_paper(paper)


def require_equity_report(month: date) -> None:
    """It comes first: what both tell of the month is attacked together, which is for the second of them to do.

    Raises WorkNotReady while it is being made. One that failed has published nothing.
    """
    unpublished = Report.objects.of_month(month).filter(computed_at=None)
    if unpublished.exclude(job__status=Job.FAILED).exists():
        raise WorkNotReady("Waits for the equity report of the month.")


def build_report_key(month: date, version: int) -> str:
    """One PDF a month and version of the definitions."""
    return f"service-report:{month:%Y-%m}:v{version}"


SERVICE_REPORT = ServiceReportDocument()
DOCUMENTS = (SERVICE_REPORT,)
