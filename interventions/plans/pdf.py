"""Renders a printed plan as a tagged PDF (PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import render_pdf


def render_plan_pdf(paper: dict) -> bytes:
    """The PDF file, from the page's lines alone."""
    return render_pdf(render_to_string("plans/paper_pdf.html", {"paper": paper}), "plans/paper_pdf.css")
