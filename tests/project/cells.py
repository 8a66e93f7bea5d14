"""Cells of a matrix: how many were asked, of what kind, and which were not as expected."""

from collections import Counter
from collections.abc import Iterable


class CellCount:
    """Counts what a test asks, by kind; ``assert_none_wrong`` hands it to the table of script/prove and judges it."""

    def __init__(self, record_property) -> None:
        self.record_property = record_property
        self.asked: Counter = Counter()
        self.wrong: Counter = Counter()
        self.problems: list[str] = []

    def add(self, kind: str, problems: Iterable[str] = ()) -> None:
        """One cell more of this kind; it is a mismatch if there is any problem."""
        found = list(problems)
        self.asked[kind] += 1
        self.wrong[kind] += bool(found)
        self.problems += found

    def assert_none_wrong(self) -> None:
        for kind, asked in self.asked.items():
            self.record_property("cells", (kind, asked, self.wrong[kind]))
        assert self.problems == [], "\n".join(self.problems)
