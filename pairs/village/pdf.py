"""From a letter to a tagged PDF (PDF/UA-1). Only the worker imports this."""

from django.template.loader import render_to_string

from pairs.jobs.pdf import render_pdf


def render_letter_pdf(paper: dict) -> bytes:
    """The letter on paper, from nothing but its lines."""
    return render_pdf(render_to_string("village/letter_pdf.html", {"paper": paper}), "village/letter_pdf.css")
