"""The pages of reports: the list, one on screen, and its PDF; and how families found the help."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.formats import date_format

from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import QUESTIONS
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.absolute_urls import build_absolute_url
from pairs.web.ods_files import ODS_TYPE
from reporting.evidence.disclosure import SUPPRESSION_NOTE
from reporting.evidence.documents import REPORT
from reporting.evidence.experience import (
    ANSWER_BANDS,
    RESULT_PERMISSIONS,
    TOO_FEW_TEXT,
    PublishedPeriod,
    list_published_periods,
    list_readable_sites,
)
from reporting.evidence.late_notes import describe_late_notes
from reporting.evidence.models import Report
from reporting.evidence.monthly_pages import (
    MADE_BY_ITSELF,
    MonthlyReportsPage,
    build_report_csv,
    get_made_report,
)
from reporting.evidence.paper import arrange_paper
from reporting.evidence.parents_page import build_parents_page
from reporting.evidence.record_forms import AskForReport, CorrectReport, SignReport
from reporting.evidence.report_csv import list_csv_rows
from reporting.evidence.report_ods import build_report_ods


@policy.permission("read_reports")
class ReportsPage(AskForReport, MonthlyReportsPage):
    """Every month's report, newest first, and the form that asks for one."""

    report_model = Report
    kind = "report"
    template_name = "evidence/reports.html"
    title = "Reports"
    text = (
        "Each month’s service and equity report: who was referred, accepted and seen, how long they waited, and what "
        "became of the work, by place, ethnic group and deprivation. Numbers, never names; small numbers are "
        "protected.",
        MADE_BY_ITSELF,
    )
    button = "Request report"
    leads_to = PageOf("report", "made")


@policy.permission("read_reports")
def show_report(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """How far the report is, then the report itself: the same figures as on paper."""
    found = get_visible_or_404(request, Report.objects.for_page(), pk=report_id)
    made = arrange_paper(found.snapshot) if found.snapshot else None
    context = {
        "report": found,
        "job": found.job,
        "document": REPORT,
        "made": made,
        "late": describe_late_notes(found) if found.computed_at else "",
    }
    return render(request, "evidence/report.html", context)


@policy.permission("read_reports")
def download_report_csv(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """Every table of a report that is ready, one figure a line: the same texts as on screen and paper."""
    found = get_made_report(request, Report, report_id)
    headers, *rows = list_csv_rows(found.snapshot)
    return build_report_csv(found, headers, rows)


@policy.permission("read_reports")
def download_report_ods(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """The same tables as a spreadsheet."""
    found = get_made_report(request, Report, report_id)
    answer = HttpResponse(build_report_ods(found.snapshot), content_type=ODS_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{found.file_name.removesuffix(".pdf")}.ods"'
    return answer


@policy.permission("read_reports")
def show_report_for_parents(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """One page in plain words, to print: of an edition that is signed off, in a language of the service."""
    signed = Report.objects.for_page().filter(signed_at__isnull=False)
    found = get_visible_or_404(request, signed, pk=report_id)
    page, asked = build_parents_page(found.snapshot), request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "report": found,
            "page": page,
            "first": date_format(page.first, "F Y"),
            "last": date_format(page.last, "F Y"),
            "signed_on": date_format(timezone.localdate(found.signed_at), "j F Y"),
            "ask_address": build_absolute_url("ask-for-help"),
            "service_phone": settings.SERVICE_PHONE,
            "language": language,
            "languages": settings.LANGUAGES,
        }
        return render(request, "evidence/for_parents.html", context)


@policy.permission("read_reports")
class SignReportPage(SignReport, FormPage):
    """A manager takes responsibility for a report, by name."""

    text = (
        "Your name and today’s date will appear with the report. Read it first: the edition stays as it is.",
    )
    title = "Sign off this report"
    button = "Sign off the report"
    message = "The report is signed off."
    back = leads_to = PageOf("report", "record", text="Report")


@policy.permission("read_reports")
class CorrectReportPage(CorrectReport, FormPage):
    """The next edition of a report, with the reason."""

    title = "Correct this report"
    text = (
        "The month will be counted again, with what has been written since. So will a quarter or year that this report "
        "was the first to publish. This edition stays as it is.",
    )
    button = "Make the corrected report"
    message = "The corrected report is being made."
    back = PageOf("report", "record", text="Report")
    leads_to = PageOf("report", "made")


@policy.permission(*RESULT_PERMISSIONS)
def show_experience_results(request: ScopedRequest) -> HttpResponse:
    """How families of one site found the help: question by question, and in their own words."""
    sites = list(list_readable_sites(request.scope))
    site = next((each for each in sites if each.code == request.GET.get("site")), sites[0])
    answers = list_visible(request, ExperienceAnswer.objects.filter(site=site))
    periods = list_published_periods(site, answers, timezone.localdate())
    context = {
        "sites": sites,
        "site": site,
        "periods": periods,
        "questions": [(words, _build_chart_rows(name, periods)) for name, words in QUESTIONS.items()],
        "bands": [*ANSWER_BANDS, TOO_FEW_TEXT],
        "note": SUPPRESSION_NOTE,
        "site_views": [
            {"text": each.name, "href": f"?site={each.code}", "count": None, "current": each == site}
            for each in sites
        ],
        "may_type": request.scope.may("read_reports"),
    }
    return render(request, "evidence/experience.html", context)


def _build_chart_rows(question: str, periods: list[PublishedPeriod]) -> list[tuple[str, list[int | None]]]:
    """Rows of a stacked chart: (period and its answers in all, what may be shown of each kind of answer)."""
    return [(f"{each.name} ({each.total.text} answers)", each.compute_bars(question)) for each in periods]
