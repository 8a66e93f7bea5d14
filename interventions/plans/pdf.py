"""From a plan's page to a tagged PDF (PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import pdf_of


def plan_pdf(paper: dict) -> bytes:
    """The page on paper, from nothing but its lines."""
    return pdf_of(render_to_string("plans/paper_pdf.html", {"paper": paper}), "plans/paper_pdf.css")
