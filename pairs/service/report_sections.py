"""What an app adds to the month's report beside the equity tables: a few tables of its own, of each fixed period.

An app says what it counts; what may leave the service is decided where the report is made (`reporting.evidence`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SectionTable:
    """Rows of exact figures: a whole number is a count and is protected like any other; a text is shown as it is.

    A text never holds a number of families, babies or contacts: those are given as counts. Posts and hours of
    staff are not people in our care and may be texts. `adds_up`: the rows are parts of a whole, which is shown
    below them.
    """

    title: str
    headings: tuple[str, ...]  # the first is of the rows' names
    rows: Sequence[tuple[str, *tuple[int | str, ...]]]
    adds_up: bool = False


@dataclass(frozen=True)
class ReportSection:
    """`build_tables` is asked with the first and the last day of a month, a quarter or a year."""

    title: str
    text: str  # what is counted, by which date, and what is left out
    build_tables: Callable[[date, date], Sequence[SectionTable]]
