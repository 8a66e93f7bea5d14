"""A report's PDF as it was filed, as an answer."""

from django.http import Http404, HttpResponse

from reporting.evidence.models import Report


def build_pdf_response(report: Report) -> HttpResponse:
    """The file, under its name; 404 until it is there."""
    if report.job.file is None:
        raise Http404
    response = HttpResponse(bytes(report.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{report.file_name}"'
    return response
