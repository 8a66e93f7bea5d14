"""From a page to a tagged PDF (PDF/UA-1). Only the worker imports this; the renderer reaches nothing."""

import base64
from functools import cache

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

WEIGHTS = (400, 600)


class Nothing(URLFetcher):
    """Fetches what a page carries in itself (its fonts), and no address, file or other page."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


@cache
def style(sheet: str) -> str:
    """A style sheet of templates/ and, inside it, the open font: read once, so that nothing is fetched."""
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; src: url("{_font(weight)}") }}\n'
        for weight in WEIGHTS
    )
    return faces + (settings.ROOT / "templates" / sheet).read_text()


def _font(weight):
    path = settings.FONT_DIR / f"source-sans-3-latin-{weight}-normal.woff2"
    return "data:font/woff2;base64," + base64.b64encode(path.read_bytes()).decode()


def pdf_of(html: str, sheet: str) -> bytes:
    """The page on paper, in the style of ``sheet`` (a path below templates/)."""
    reach, fonts = Nothing(), FontConfiguration()
    css = CSS(string=style(sheet), font_config=fonts, url_fetcher=reach)
    page = HTML(string=html, url_fetcher=reach)
    return page.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")
