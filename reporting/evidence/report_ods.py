"""A report as an OpenDocument spreadsheet: its findings, each period, what they mean; tables by two axes as an annex.

A sheet of each, and of the annex one a period.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pairs.web.ods_files import Sheet, build_ods
from reporting.evidence.paper import list_crossed_tables, list_found_tables, list_tables
from reporting.evidence.published_counts import describe_withheld


def build_report_ods(snapshot: dict[str, Any]) -> bytes:
    """The same texts as on screen and paper; a figure that is a number alone is a number in the sheet."""
    return build_ods(_list_sheets(snapshot))


def _list_sheets(snapshot: dict[str, Any]) -> Iterator[Sheet]:
    yield "Findings", _list_rows(list_found_tables(snapshot))
    for period in snapshot["periods"]:
        crossed = list_crossed_tables(period)
        tables = [table for table in list_tables(period) if table not in crossed]
        yield period["name"], chain(_list_rows(tables), [[describe_withheld(period)]])
    yield "Definitions", _list_definitions(snapshot)
    for period in snapshot["periods"]:
        if crossed := list_crossed_tables(period):
            yield f"Annex {period['name']}", chain(_list_rows(crossed), [[describe_withheld(period)]])


def _list_rows(tables: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """Table below table: its title, its headings, its rows, and a line between."""
    for table in tables:
        yield [table["title"]]
        yield table["headers"]
        yield from table["rows"]
        yield []


def _list_definitions(snapshot: dict[str, Any]) -> Iterator[list[str]]:
    for note in (snapshot["note"], snapshot["proof"]["text"], *snapshot["about"], *snapshot["sources"]):
        yield [note]
    for each in snapshot["definitions"]:
        for said, words in each["facts"].items():
            yield [each["heading"], said, words]
