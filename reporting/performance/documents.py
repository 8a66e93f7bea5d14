"""A month's service report as a document on paper: computed and frozen while its PDF is made."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pairs.documents.document import Document, SayProgress
from pairs.web.formats import format_day
from reporting.evidence.rules import get_previous_month
from reporting.performance.models import ServiceReport
from reporting.performance.paper import arrange_paper

MONTHS_COMPARED = 12


class ServiceReportDocument(Document):
    """Its figures are protected once, as they are computed, and then stay as they are."""

    name, noun = "service-report", "report"
    readers = ("read_reports",)
    open_text = "Open the report"
    pdf_template, stylesheet = "performance/service_report_pdf.html", "evidence/report_pdf.css"

    def get_records(self) -> QuerySet[ServiceReport]:
        return ServiceReport.objects.for_page()

    def build_paper(self, record: ServiceReport, on: date) -> Mapping[str, Any]:
        return {"title": str(record), "stopped": "", **(record.snapshot or {})}

    def build_key(self, record: ServiceReport, paper: Mapping[str, Any]) -> str:
        return build_report_key(record.month, record.version)

    def prepare_paper(self, record: ServiceReport, on: date, say_progress: SayProgress) -> Mapping[str, Any]:
        from reporting.performance.snapshot import build_snapshot  # the worker's alone

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

    def save_paper(self, record: ServiceReport, paper: Mapping[str, Any]) -> None:
        unpublished = ServiceReport.objects.filter(pk=record.pk, computed_at=None)
        unpublished.update(snapshot=paper, computed_at=timezone.now())


def build_report_key(month: date, version: int) -> str:
    """One PDF a month and version of the definitions."""
    return f"service-report:{month:%Y-%m}:v{version}"


SERVICE_REPORT = ServiceReportDocument()
DOCUMENTS = (SERVICE_REPORT,)
