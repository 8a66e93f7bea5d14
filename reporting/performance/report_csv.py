"""A service report as lines of a CSV file: every table, one figure a line, and what each figure means."""

from collections.abc import Iterator
from typing import Any

from reporting.evidence.paper import list_first_tables

HEADERS = ("Period", "Section", "Table", "Row", "Figure", "Value")


def list_csv_rows(snapshot: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Page one, the figures of the month and the year, then the notes and definitions printed with them."""
    for table in list_first_tables(snapshot):
        yield from _list_figures("", "On one page", table)
    for period in (snapshot["period"], snapshot["year"]):
        for section in period["sections"]:
            for table in list_tables(section):
                yield from _list_figures(period["name"], section["title"], table)
    for note in (snapshot["note"], snapshot["proof"]["text"], *snapshot["sources"]):
        yield "", "Notes", "", "", "", note
    for each in snapshot["definitions"]:
        for said, words in each["facts"].items():
            yield "", each["section"], "Definitions", each["heading"], said, words


def _list_figures(period: str, section: str, table: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, *cells in table["rows"]:
        for heading, cell in zip(table["headers"][1:], cells, strict=True):
            yield period, section, table["title"], name, heading, cell


def list_tables(section: dict[str, Any]) -> list[dict[str, Any]]:
    """Every table of a section that holds figures, in the order of the page."""
    first = [section["figures"]] if section["figures"] and section["figures"]["rows"] else []
    return [*first, *section["tables"]]
