"""From a page to a tagged PDF (PDF/UA-1). Only the worker imports this; the renderer reaches nothing."""

import base64
import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.html import UA
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from pairs.documents.document import Document
from pairs.documents.drawing_process import run_in_process
from pairs.documents.fonts import FontFile, find_missing_letters_error, list_needed_fonts, load_font_files
from pairs.service.refusals import ActionRefused

TOO_LARGE = "This is too large for one PDF. Shorten it, or split it into several."
_TAGS = re.compile(r"<[^>]*>")


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
    """A style sheet of templates/ and, inside it, the font of plain English: read once, so that nothing is fetched."""
    return _build_font_faces(load_font_files()[0]) + (settings.ROOT / "templates" / sheet).read_text()


def build_style_sheet(sheet: str, fonts: Sequence[FontFile]) -> str:
    """The same with the other fonts that a text needs: they are as large as all the rest, and not kept."""
    others = fonts[1:]
    if not others:
        return load_style_sheet(sheet)
    families = ", ".join(f'"{each.family}"' for each in fonts)
    faces = "".join(map(_build_font_faces, others))
    return f"{faces}{load_style_sheet(sheet)}\nbody {{ font-family: {families}, sans-serif }}\n"


def _build_font_faces(font: FontFile) -> str:
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {weight}; src: url("{_encode_font(path)}") }}\n'
        for weight, path in font.weights.items()
    )


def _encode_font(path: str) -> str:
    return "data:font/woff2;base64," + base64.b64encode((settings.FONT_PACKAGES / path).read_bytes()).decode()


def render_document(document: Document, paper: Mapping[str, Any]) -> bytes:
    """The PDF of this kind of document, from nothing but its lines, drawn in a process of its own.

    Raises WorkRefused for one that takes more memory than ``PDF_MEMORY_MB``.
    """
    page = render_to_string(
        document.pdf_template, {"document": document, "paper": document.arrange_paper(paper)}
    )
    load_default_style()  # what every document takes is made once, in the process that stays
    load_style_sheet(document.stylesheet)
    return run_in_process(
        lambda: render_pdf(page, document.stylesheet), megabytes=settings.PDF_MEMORY_MB, refusal=TOO_LARGE
    )


def render_pdf(html: str, sheet: str) -> bytes:
    """The page on paper, in the style of ``sheet`` (a path below templates/). Raises ActionRefused for a letter that
    no font has: on paper it would be missing."""
    text = unescape(_TAGS.sub(" ", html))
    if problem := find_missing_letters_error(text):
        raise ActionRefused(problem)
    reach, fonts = DataOnlyFetcher(), FontConfiguration()
    style = build_style_sheet(sheet, list_needed_fonts(text))
    css = CSS(string=style, font_config=fonts, url_fetcher=reach)
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
