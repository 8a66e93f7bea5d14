"""A month's report as a document on paper: computed and frozen while its PDF is made."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pairs.documents.document import SayProgress
from pairs.jobs.notifications import send_link
from pairs.service.models import User
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.formats import format_day
from reporting.evidence.models import Report
from reporting.evidence.monthly_documents import MonthlyReportDocument
from reporting.evidence.paper import arrange_paper


class ReportDocument(MonthlyReportDocument):
    """The equity report; its readers get an e-mail with a link."""

    model = Report
    name = "report"
    pdf_template = "evidence/report_pdf.html"

    def build_record_key(self, record: Report) -> str:
        return build_report_key(record.month, record.version, record.edition)

    def prepare_paper(self, record: Report, on: date, say_progress: SayProgress) -> Mapping[str, Any]:
        from reporting.evidence.snapshot import build_snapshot  # the worker's alone

        others = Report.objects.exclude(month=record.month, version=record.version)
        made = build_snapshot(record.month, earlier=others.list_published_periods(), said=say_progress)
        if record.edition > 1:
            made["proof"]["not_combined"].append(f"{record.month:%B %Y}, edition {record.edition - 1}")
        return made | {
            "title": str(record),
            "asked_by": str(record.asked_by or "the schedule"),
            "made_on": format_day(on),
            "edition": record.edition,
            "reason": record.reason,
        }

    def arrange_paper(self, paper: Mapping[str, Any]) -> Mapping[str, Any]:
        return arrange_paper(paper)

    def tell_readers(self, record: Report) -> None:
        readers = User.objects.with_permission("read_reports")
        send_link(readers, f"{record} is ready", build_absolute_url("report", record.pk))


def build_report_key(month: date, version: int, edition: int = 1) -> str:
    """One PDF a month, version of the definitions and edition."""
    return f"report:{month:%Y-%m}:v{version}" + (f":e{edition}" if edition > 1 else "")


REPORT = ReportDocument()
DOCUMENTS = (REPORT,)
