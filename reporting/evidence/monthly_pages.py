"""What the pages of both monthly reports share: the list with its form, one that is made, and its tables as CSV."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.submissions.form_page import FormPage
from pairs.web.csv_files import build_csv_response

REPORTS_A_PAGE = 24
MADE_BY_ITSELF = "Last month’s report is made automatically on the 2nd of each month."


class MonthlyReportsPage(FormPage):
    """Every month's report, newest first, and the form that asks for one. ``report_model``: of the reports."""

    report_model: ClassVar[Any]

    def get_context(self, form: Any) -> dict[str, Any]:
        return {
            "page": get_visible_page(
                self.request, self.report_model.objects.for_list(), per_page=REPORTS_A_PAGE
            )
        }


def get_made_report(request: ScopedRequest, model: Any, report_id: UUID) -> Any:
    """A report whose figures are there; 404 before."""
    return get_visible_or_404(request, model.objects.for_page().filter(snapshot__isnull=False), pk=report_id)


def build_report_csv(report: Any, headers: Iterable[str], rows: Iterable[Any]) -> HttpResponse:
    return build_csv_response(f"{report.file_name.removesuffix('.pdf')}.csv", headers, rows)
