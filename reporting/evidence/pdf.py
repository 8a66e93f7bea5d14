"""From a snapshot to a tagged PDF (PDF/UA-1). Only the worker imports this; the renderer reaches nothing."""

import base64
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

WEIGHTS = (400, 600)


class Nothing(URLFetcher):
    """Fetches what a page carries in itself (its fonts), and no address, file or other page."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


@cache
def style() -> str:
    """The report's style sheet and, inside it, the open font: read once, so that nothing is fetched."""
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; src: url("{_font(weight)}") }}\n'
        for weight in WEIGHTS
    )
    return faces + (settings.ROOT / "templates" / "evidence" / "report_pdf.css").read_text()


def _font(weight):
    path = settings.FONT_DIR / f"source-sans-3-latin-{weight}-normal.woff2"
    return "data:font/woff2;base64," + base64.b64encode(path.read_bytes()).decode()


def report_pdf(snapshot: dict) -> bytes:
    """The report on paper, from nothing but its snapshot."""
    return pdf_of(render_to_string("evidence/report_pdf.html", {"report": snapshot}))


def pdf_of(html: str) -> bytes:
    reach, fonts = Nothing(), FontConfiguration()
    sheet = CSS(string=style(), font_config=fonts, url_fetcher=reach)
    page = HTML(string=html, url_fetcher=reach)
    return page.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
