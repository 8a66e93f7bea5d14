"""A pytest plugin that ends a run with a table: what each test showed, and in how long.

A test may record a property that has a table of its own. "agreed": (measure, sets, how many agreed), of two scorers;
"noticed": (rule, test that failed), of a rule broken on purpose; "built": (kind of object, how many of them one way,
how many the other), of a database; "timed": (what, rows, seconds), of a drill; "lost": (what was killed or sent at
once, times, losses), of a fault; "cells": (kind, cells, mismatches), of a matrix, added up by kind;
"attacked": (service, months, cells, cells recovered, cells of fewer than three numbers, shares that mislead, seconds of
CPU), of what a made-up service published.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NoReturn

import pytest

from script.local.text_table import format_table

PROPERTY_TABLES = {
    "agreed": ("Where two that share nothing were asked", ["measure", "sets", "agreed"]),
    "noticed": ("What noticed each broken rule", ["rule", "test that failed"]),
    "built": ("What each way of building the database made", ["kind", "from the models", "by migrations"]),
    "timed": ("How long it took", ["what", "rows", "seconds"]),
    "lost": ("What was killed or sent at once, and what was lost", ["what", "times", "lost"]),
    "attacked": (
        "What was attacked",
        ["service", "months", "cells", "recovered", "under three numbers", "misleading shares", "CPU s"],
    ),
    "cells": ("Cells that were asked", ["kind", "cells", "mismatches"]),
}
MAX_LISTED_CASES = 30  # cases of one test, told in one row


class ResultTable:
    """One row a test or case; the first line of a test's docstring, or its name, says what was shown."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[Any] = []
        self.properties: list[tuple[str, Any]] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        if report.when == "call" or report.outcome != "passed":
            self.rows.append((item, describe_outcome(report), report.duration))
            self.properties += report.user_properties
        return report

    def told(self):
        """(what, result, seconds); the cases of a test that has many are counted together by their result."""
        groups = defaultdict(list)
        for item, result, seconds in self.rows:
            groups[item.function, result].append((item, seconds))
        for (_, result), cases in groups.items():
            if len(cases) > MAX_LISTED_CASES:
                yield (
                    describe_test(cases[0][0]),
                    f"{result} × {len(cases):,}",
                    f"{sum(each for _, each in cases):.1f}",
                )
            else:
                yield from ((describe_case(item), result, f"{seconds:.1f}") for item, seconds in cases)

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section(self.title)
        terminalreporter.line(format_table(["what", "result", "seconds"], list(self.told())))
        for name, (title, headings) in PROPERTY_TABLES.items():
            if found := sorted(value for key, value in self.properties if key == name):
                found = add_up_cells(found) if name == "cells" else found
                terminalreporter.section(title)
                terminalreporter.line(format_table(headings, [map(_format_cell, row) for row in found]))


def add_up_cells(rows) -> list[tuple[str, int, int]]:
    """One row a kind, and one of all; ``rows`` are of many tests: (kind, cells, mismatches)."""
    cells: Counter = Counter()
    mismatches: Counter = Counter()
    for kind, asked, wrong in rows:
        cells[kind] += asked
        mismatches[kind] += wrong
    return [
        *((kind, asked, mismatches[kind]) for kind, asked in cells.items()),
        ("all", cells.total(), mismatches.total()),
    ]


def _format_cell(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else value


def describe_case(item) -> str:
    """What a test says it shows, and for which of its cases."""
    case = getattr(item, "callspec", None)
    return f"{describe_test(item)} [{case.id}]" if case else describe_test(item)


def describe_test(item) -> str:
    """What a test says it shows."""
    doc = (item.function.__doc__ or "").strip().split("\n")[0].rstrip(".")
    return doc or item.originalname.removeprefix("test_").replace("_", " ")


def describe_outcome(report) -> str:
    held = {"passed": "held", "failed": "BROKEN", "skipped": "skipped"}[report.outcome]
    return held if report.when == "call" else f"{held} ({report.when})"


def run_pytest(title: str, *arguments: Any, plugins: Sequence[Any] = ()) -> NoReturn:
    raise SystemExit(pytest.main([*arguments], plugins=[ResultTable(title), *plugins]))
