"""Lists as CSV files that a spreadsheet opens as they are meant."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

# A cell that begins so is taken for a formula; the wide signs by a spreadsheet set to Chinese, Japanese or Korean.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
UNSEEN_CATEGORIES = {"Cc", "Cf", "Zs", "Zl", "Zp"}
SEPARATORS = ("\t", "\r", "\n")  # a program that reads carelessly begins another cell here


def build_csv_response(name: str, headers: Sequence[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A download called ``name``, with a line of headers."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(headers)
    writer.writerows(map(protect_cell, row) for row in rows)
    return response


def protect_cell(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(SEPARATORS) or skip_unseen(text).startswith(FORMULA_SIGNS) else text


def skip_unseen(text: str) -> str:
    """Without the spaces and control or format characters that it begins with: some programs take them away."""
    seen = (at for at, letter in enumerate(text) if unicodedata.category(letter) not in UNSEEN_CATEGORIES)
    return text[next(seen, len(text)) :]
