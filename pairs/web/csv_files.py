"""Lists as CSV files that a spreadsheet opens as they are meant."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is taken for a formula


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
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
