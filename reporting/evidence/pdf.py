"""From a snapshot to a tagged PDF (PDF/UA-1). Only the worker imports this; the renderer reaches nothing."""

import base64
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher

WEIGHTS = (400, 600)


class Nothing(URLFetcher):
    """Fetches what a page carries in itself (its fonts), and no address, file or other page."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


@cache
def fonts() -> tuple[tuple[int, str], ...]:
    """[(weight, data: address)] of the open font, read once."""
    return tuple((weight, _font(weight)) for weight in WEIGHTS)


def _font(weight):
    path = settings.FONT_DIR / f"source-sans-3-latin-{weight}-normal.woff2"
    return "data:font/woff2;base64," + base64.b64encode(path.read_bytes()).decode()


def report_pdf(snapshot: dict) -> bytes:
    """The report on paper, from nothing but its snapshot."""
    return pdf_of(render_to_string("evidence/report_pdf.html", {"report": snapshot, "fonts": fonts()}))


def pdf_of(html: str) -> bytes:
    return HTML(string=html, url_fetcher=Nothing()).write_pdf(pdf_variant="pdf/ua-1")
