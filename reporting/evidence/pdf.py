"""From a snapshot to a tagged PDF (PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import render_pdf

STYLESHEET = "evidence/report_pdf.css"


def render_report_pdf(snapshot: dict) -> bytes:
    """The report on paper, from nothing but its snapshot."""
    return render_pdf(render_to_string("evidence/report_pdf.html", {"report": snapshot}), STYLESHEET)
