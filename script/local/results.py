"""A pytest plugin that ends a run with a table: what each test showed, and in how long."""

import pytest

from script.local.table import table


class ResultTable:
    """One row a test; the first line of a test's docstring, or its name, says what was shown."""

    def __init__(self, title):
        self.title = title
        self.rows = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        if report.when == "call" or report.outcome != "passed":
            self.rows.append((words_for(item), outcome(report), f"{report.duration:.1f}"))
        return report

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.section(self.title)
        terminalreporter.line(table(["what", "result", "seconds"], self.rows))


def words_for(item) -> str:
    """What a test says it shows, and for which of its cases."""
    doc = (item.function.__doc__ or "").strip().split("\n")[0].rstrip(".")
    if not doc:
        return item.name.removeprefix("test_").replace("_", " ")
    case = getattr(item, "callspec", None)
    return f"{doc} [{case.id}]" if case else doc


def outcome(report) -> str:
    held = {"passed": "held", "failed": "BROKEN", "skipped": "skipped"}[report.outcome]
    return held if report.when == "call" else f"{held} ({report.when})"


def run(title, *arguments):
    raise SystemExit(pytest.main([*arguments], plugins=[ResultTable(title)]))
