"""From a page to a tagged PDF (PDF/UA-1). Only the worker imports this; the renderer reaches nothing."""

import base64
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.html import UA
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

FONT_WEIGHTS = (400, 600)


class DataOnlyFetcher(URLFetcher):
    """Fetches what a page carries in itself (its fonts), and no address, file or other page."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"], allow_redirects=False)


class PdfPage(HTML):
    """A page in the renderer's default style, without its footnotes: that style gives every element, so every cell,
    six pseudo-elements, which cost a third of the time of a report and are never drawn."""

    def _ua_stylesheets(self, forms: bool | None = False) -> list[CSS]:
        return [load_default_style()]


@cache
def load_default_style() -> CSS:
    """The renderer's own style sheet; of its rules for pseudo-elements of everything, only that of list markers."""
    rules = UA.replace("\n::marker", "\nli::marker").splitlines()
    return CSS(string="\n".join(rule for rule in rules if not rule.startswith("::")))


@cache
def load_style_sheet(sheet: str) -> str:
    """A style sheet of templates/ and, inside it, the open font: read once, so that nothing is fetched."""
    faces = "".join(
        f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; src: url("{_encode_font(weight)}") }}\n'
        for weight in FONT_WEIGHTS
    )
    return faces + (settings.ROOT / "templates" / sheet).read_text()


def _encode_font(weight: int) -> str:
    path = settings.FONT_DIR / f"source-sans-3-latin-{weight}-normal.woff2"
    return "data:font/woff2;base64," + base64.b64encode(path.read_bytes()).decode()


def render_pdf(html: str, sheet: str) -> bytes:
    """The page on paper, in the style of ``sheet`` (a path below templates/)."""
    reach, fonts = DataOnlyFetcher(), FontConfiguration()
    css = CSS(string=load_style_sheet(sheet), font_config=fonts, url_fetcher=reach)
    page = PdfPage(string=html, url_fetcher=reach)
    with pause_garbage_collection():
        return page.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/ua-1")


@contextmanager
def pause_garbage_collection() -> Iterator[None]:
    """A page is hundreds of thousands of boxes that all live until it is written: looking among them for garbage,
    again and again, takes a fifth of the time and frees nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
