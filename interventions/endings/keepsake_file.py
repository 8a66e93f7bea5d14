"""A keepsake's PDF, judged once more before it is handed out."""

from typing import Any

from django.http import Http404, HttpResponse

from interventions.endings.printed_keepsake import find_print_error
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused


def build_keepsake_pdf_response(found: Any) -> Any:
    """The PDF file; 404 until it is made. Refused if a line is no longer on the record."""
    if found.job is None or found.job.status != Job.DONE:
        raise Http404
    if why := find_print_error(found):
        raise ActionRefused(why)
    response = HttpResponse(bytes(found.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response
