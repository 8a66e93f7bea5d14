"""A pytest plugin that ends a run with a table: what each test showed, and in how long.

A test that asks two scorers records the property "agreed": (measure, sets, how many agreed); those have a table of
their own.
"""

from collections import defaultdict
from typing import Any, NoReturn

import pytest

from script.local.text_table import format_table

MAX_LISTED_CASES = 30  # cases of one test, told in one row


class ResultTable:
    """One row a test or case; the first line of a test's docstring, or its name, says what was shown."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[Any] = []
        self.agreed: list[Any] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        if report.when == "call" or report.outcome != "passed":
            self.rows.append((item, describe_outcome(report), report.duration))
            self.agreed += [value for name, value in report.user_properties if name == "agreed"]
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
        if self.agreed:
            rows = [(what, f"{sets:,}", f"{agreed:,}") for what, sets, agreed in sorted(self.agreed)]
            terminalreporter.section("Where two that share nothing were asked")
            terminalreporter.line(format_table(["measure", "sets", "agreed"], rows))


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


def run_pytest(title: str, *arguments: Any) -> NoReturn:
    raise SystemExit(pytest.main([*arguments], plugins=[ResultTable(title)]))
