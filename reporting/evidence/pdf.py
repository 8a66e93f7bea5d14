"""From a snapshot to a tagged PDF (PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import pdf_of

SHEET = "evidence/report_pdf.css"


def report_pdf(snapshot: dict) -> bytes:
    """The report on paper, from nothing but its snapshot."""
    return pdf_of(render_to_string("evidence/report_pdf.html", {"report": snapshot}), SHEET)
