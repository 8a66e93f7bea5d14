"""From a keepsake to a small tagged PDF (A5, PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import pdf_of


def keepsake_pdf(paper: dict) -> bytes:
    """The keepsake on paper, from nothing but its lines."""
    return pdf_of(render_to_string("endings/keepsake_pdf.html", {"paper": paper}), "endings/keepsake_pdf.css")
