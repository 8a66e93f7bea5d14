"""Pages of the service report: the list, one on screen, its CSV; and the need that it is measured against."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_page import FormPage, PageOf
from reporting.evidence.definitions import sort_facts
from reporting.evidence.monthly_pages import (
    MADE_BY_ITSELF,
    MonthlyReportsPage,
    build_report_csv,
    get_made_report,
)
from reporting.performance import record_forms
from reporting.performance.documents import SERVICE_REPORT
from reporting.performance.models import NeedFigure, ServiceReport
from reporting.performance.report_csv import HEADERS, list_csv_rows
from reporting.performance.trends import FOLLOWED, list_trend_rows, list_trends


@policy.permission("read_reports")
class ServiceReportsPage(record_forms.AskForServiceReport, MonthlyReportsPage):
    """Every month's service report, newest first, and the form that asks for one."""

    report_model = ServiceReport
    kind = "service-report"
    template_name = "performance/service_reports.html"
    title = "Service reports"
    text = (
        "Each month’s service report: demand, decisions, waiting times, caseload, contacts, interventions, endings, "
        "outcomes, consultation, training, supervision, staff and reach. Numbers, never names; small numbers are "
        "protected.",
        f"{MADE_BY_ITSELF} The equity report has a page of its own.",
    )
    button = "Request service report"
    leads_to = PageOf("service-report", "made")


@policy.permission("read_reports")
def show_service_report(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """How far the report is, then the report itself: the same figures as on paper."""
    found = get_visible_or_404(request, ServiceReport.objects.for_page(), pk=report_id)
    context = {
        "report": found,
        "job": found.job,
        "document": SERVICE_REPORT,
        "trends": list_trends(request.scope, found.month) if found.snapshot else [],
        "followed": FOLLOWED,
        "definitions": sort_facts(found.snapshot["definitions"]) if found.snapshot else [],
        "months": list_trend_rows(request.scope, found.month) if found.snapshot else [],
    }
    return render(request, "performance/service_report.html", context)


@policy.permission("read_reports")
def download_service_report_csv(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """Every table of a report that is ready, one figure a line: the same texts as on screen and paper."""
    found = get_made_report(request, ServiceReport, report_id)
    return build_report_csv(found, HEADERS, list_csv_rows(found.snapshot))


@policy.permission("read_reports")
def list_needs(request: ScopedRequest) -> HttpResponse:
    """The children of each district and how many of them need the service, as it was typed last."""
    newest = NeedFigure.objects.newest(timezone.localdate()).values("pk")
    rows = NeedFigure.objects.filter(pk__in=newest).select_related("place").order_by("place__name")
    return render(request, "performance/needs.html", {"rows": list_visible(request, rows)})


@policy.permission("read_reports")
class RecordNeedPage(record_forms.RecordNeed, FormPage):
    """How many children live in a district and how many of them need the service."""

    title = "Record a district’s need"
    button = "Save need"
    message = "Need recorded."
    back = PageOf("needs", text="Need by district")
