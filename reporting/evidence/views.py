"""The pages of reports: the list, one on screen, and its PDF."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.submissions.typed import Typed
from reporting.evidence.actions import ask_for_report
from reporting.evidence.forms import ReportForm
from reporting.evidence.models import Report


@policy.permission("read_reports")
def reports(request):
    """Every month's report, newest first, and the form that asks for one."""
    typed = Typed(request, kind="report")
    form = ReportForm(typed.data)
    done = typed.submitted(
        form,
        make=lambda: ask_for_report(month=form.cleaned_data["month"], by=request.user),
        path_of=lambda report: reverse("report", args=[report.pk]),
    )
    if done:
        return redirect(done)
    page = fetch_page(request, Report.objects.for_list(), per_page=24)
    context = {"form": form, "page": page, "submission_token": typed.token}
    return render(request, "evidence/reports.html", context)


@policy.permission("read_reports")
def report(request, report_id):
    """How far the report is, then the report itself: the same figures as on paper."""
    found = fetch(request, Report.objects.for_page(), pk=report_id)
    return render(request, "evidence/report.html", {"report": found, "job": found.job})


@policy.permission("read_reports", background=True)
def report_progress(request, report_id):
    """Only how far it is: asked every two seconds by the page above."""
    found = fetch(request, Report.objects.for_page(), pk=report_id)
    return render(request, "evidence/report_progress.html", {"report": found, "job": found.job})


@policy.permission("read_reports")
def report_pdf(request, report_id):
    """The PDF as it was filed with the figures; 404 until then."""
    return pdf_response(fetch(request, Report.objects.select_related("job"), pk=report_id))


def pdf_response(found):
    if found.job.file is None:
        raise Http404
    response = HttpResponse(bytes(found.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
