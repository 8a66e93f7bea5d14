"""Renders a keepsake as a small tagged PDF (A5, PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import render_pdf


def render_keepsake_pdf(paper: dict) -> bytes:
    """The PDF file, from the print context alone."""
    return render_pdf(
        render_to_string("endings/keepsake_pdf.html", {"paper": paper}), "endings/keepsake_pdf.css"
    )
