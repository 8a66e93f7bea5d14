"""The pages of reports: the list, one on screen, and its PDF; and how families found the help."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import QUESTIONS
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.submissions.form_submission import FormSubmission
from reporting.evidence.actions import ask_for_report
from reporting.evidence.disclosure import SUPPRESSION_NOTE
from reporting.evidence.downloads import build_pdf_response
from reporting.evidence.experience import (
    ANSWER_BANDS,
    RESULT_PERMISSIONS,
    TOO_FEW_TEXT,
    PublishedPeriod,
    list_published_periods,
    list_readable_sites,
)
from reporting.evidence.forms import ReportForm
from reporting.evidence.models import Report


@policy.permission("read_reports")
def list_reports(request: ScopedRequest) -> HttpResponse:
    """Every month's report, newest first, and the form that asks for one."""
    submission = FormSubmission(request, kind="report")
    form = ReportForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: ask_for_report(month=form.cleaned_data["month"], by=request.user),
        path_of=lambda report: reverse("report", args=[report.pk]),
    )
    if done:
        return redirect(done)
    page = get_visible_page(request, Report.objects.for_list(), per_page=24)
    context = {"form": form, "page": page, "submission_token": submission.token}
    return render(request, "evidence/reports.html", context)


@policy.permission("read_reports")
def show_report(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """How far the report is, then the report itself: the same figures as on paper."""
    found = get_visible_or_404(request, Report.objects.for_page(), pk=report_id)
    return render(request, "evidence/report.html", {"report": found, "job": found.job})


@policy.permission("read_reports", background=True)
def show_report_progress(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """Only how far it is: asked every two seconds by the page above."""
    found = get_visible_or_404(request, Report.objects.for_page(), pk=report_id)
    return render(request, "evidence/report_progress.html", {"report": found, "job": found.job})


@policy.permission("read_reports")
def download_report_pdf(request: ScopedRequest, report_id: UUID) -> HttpResponse:
    """The PDF as it was filed with the figures; 404 until then."""
    return build_pdf_response(get_visible_or_404(request, Report.objects.select_related("job"), pk=report_id))


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
        "may_type": request.scope.may("read_reports"),
    }
    return render(request, "evidence/experience.html", context)


def _build_chart_rows(question: str, periods: list[PublishedPeriod]) -> list[tuple[str, list[int | None]]]:
    """Rows of a stacked chart: (period, what may be shown of each kind of answer)."""
    return [(each.name, each.compute_bars(question)) for each in periods]
