"""A report as lines of a CSV file: every table of every period, one figure a line, and what each figure means."""

from collections.abc import Iterator
from typing import Any

from reporting.evidence.paper import list_found_tables, list_tables
from reporting.evidence.published_counts import describe_withheld

HEADERS = ("Period", "Table", "Row", "Figure", "Value")


def list_csv_rows(snapshot: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The header, the figures, then the notes and definitions printed with them."""
    yield HEADERS
    for table in list_found_tables(snapshot):
        yield from _list_figures("", table)
    for period in snapshot["periods"]:
        for table in list_tables(period):
            yield from _list_figures(period["name"], table)
        if line := describe_withheld(period):
            yield period["name"], "Notes", "", "", line
    for note in (snapshot["note"], snapshot["proof"]["text"], *snapshot["about"], *snapshot["sources"]):
        yield "", "Notes", "", "", note
    for each in snapshot["definitions"]:
        for said, words in each["facts"].items():
            yield "", "Definitions", each["heading"], said, words


def _list_figures(period: str, table: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, *cells in table["rows"]:
        for heading, cell in zip(table["headers"][1:], cells, strict=True):
            yield period, table["title"], name, heading, cell
