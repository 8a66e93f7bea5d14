"""A report as lines of a CSV file: every table of every period, one figure a line, and what each figure means."""

from collections.abc import Iterator
from typing import Any

HEADERS = ("Period", "Table", "Row", "Figure", "Value")


def list_csv_rows(snapshot: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The header, the figures, then the notes and definitions printed with them."""
    yield HEADERS
    for period in snapshot["periods"]:
        for table in list_tables(period):
            for name, *cells in table["rows"]:
                for heading, cell in zip(table["headers"][1:], cells, strict=True):
                    yield period["name"], table["title"], name, heading, cell
    for note in (snapshot["note"], snapshot["proof"]["text"], *snapshot["about"], *snapshot["sources"]):
        yield "", "Notes", "", "", note
    for each in snapshot["definitions"]:
        for said, words in each["facts"].items():
            yield "", "Definitions", each["heading"], said, words


def list_tables(period: dict[str, Any]) -> list[dict[str, Any]]:
    """Every table of a period that holds figures, in the order of the report."""
    return [
        period["whole"],
        *(table for each in period["breakdowns"] for table in each["tables"]),
        *(table for each in period.get("sections", ()) for table in each["tables"]),
        *(table for each in period["crossed"] for table in each["tables"]),
        period["quality"],
    ]
