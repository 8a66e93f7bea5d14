"""What both monthly reports share on paper and by the timetable: frozen while the PDF is made, and asked for once."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone

from pairs.documents.document import Document
from reporting.evidence.rules import get_newest_month_due


class MonthlyReportDocument(Document):
    """Its figures are protected once, as they are computed, and then stay as they are.

    ``model``: of the reports, whose rows are a `MonthlyReportQuerySet`.
    """

    model: ClassVar[Any]
    noun = "report"
    readers = ("read_reports",)
    open_text = "Open the report"
    stylesheet = "evidence/report_pdf.css"

    def get_records(self) -> QuerySet[Any]:
        return self.model.objects.for_page()

    def build_paper(self, record: Any, on: date) -> Mapping[str, Any]:
        return {"title": str(record), "stopped": "", **(record.snapshot or {})}

    @abstractmethod
    def build_record_key(self, record: Any) -> str:
        """One PDF a report."""

    def build_key(self, record: Any, paper: Mapping[str, Any]) -> str:
        return self.build_record_key(record)

    def save_paper(self, record: Any, paper: Mapping[str, Any]) -> None:
        unpublished = self.model.objects.filter(pk=record.pk, computed_at=None)
        if unpublished.update(snapshot=paper, computed_at=timezone.now()):
            self.tell_readers(record)

    def tell_readers(self, record: Any) -> None:
        """Once, in the transaction in which it is published; nobody unless a report says otherwise."""


def ask_for_newest_month(model: Any, ask: Callable[..., Any]) -> None:
    """By the timetable; does nothing once last month's report has been asked for and has not failed."""
    month = get_newest_month_due(timezone.localdate())
    if not model.objects.of_month(month).unfailed().exists():
        ask(month=month, by=None)
