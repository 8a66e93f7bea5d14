"""What a section of the service report holds: whole counts, how each is divided, shares of it, days and texts. Exact.

Nothing here is rendered: a publisher (`published.py`) decides what of it may be read, and by whom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q

from pairs.service.report_sections import SectionTable
from pairs.web.local_days import get_start_of_day

NOT_RECORDED = "Not recorded"
Ladder = Sequence[Mapping[str, tuple[str, ...]]]  # groupings of an axis, from fine to coarse


@dataclass(frozen=True)
class Window:
    """The days that are counted, both included, and at which sites; `sites` None: the whole service."""

    first: date
    last: date
    sites: frozenset[UUID] | None = None

    @cached_property
    def start(self) -> datetime:
        return get_start_of_day(self.first)

    @cached_property
    def stop(self) -> datetime:
        return get_start_of_day(self.last + timedelta(days=1))

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last

    @property
    def end_in_words(self) -> str:
        """When what stands at its end stood; one day alone is counted only of today."""
        return "today" if self.is_one_day else "on the last day"

    def within(self, field_name: str) -> Q:
        """The moment in this field lies in the window."""
        return Q(**{f"{field_name}__gte": self.start, f"{field_name}__lt": self.stop})

    def at_sites(self, path: str = "site") -> Q:
        """The site that `path` leads to is one of those that are counted."""
        return Q() if self.sites is None else Q(**{f"{path}__in": self.sites})

    def open_on_last_day(self, begins: str, ends: str) -> Q:
        """Begun by the last day and not ended by then."""
        return Q(**{f"{begins}__lte": self.last}) & (Q(**{ends: None}) | Q(**{f"{ends}__gt": self.last}))


@dataclass(frozen=True)
class Division:
    """One way of dividing a whole: every label with its count, none left out.

    `ladder`: groupings to choose from instead of joining the smallest; `shown`: the only labels that are printed, of
    an axis such as with and without; `chart`: people would rather look.
    """

    axis: str
    counts: Mapping[str, int]
    ladder: Ladder = ()
    shown: tuple[str, ...] = ()
    chart: bool = False


@dataclass(frozen=True)
class Share:
    """These labels of an axis, of those (`whole`; empty: of all)."""

    heading: str
    axis: str
    part: tuple[str, ...]
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Whole:
    """One count, how it is divided, and which shares of it are told.

    Two wholes are never parts of one another, so each is protected by itself, and beside what the equity report counts
    too (`relations.py`). `optional`: where the count may not be
    shown it is named as too few, and has no lines of its own.
    """

    name: str
    heading: str
    count: int
    divisions: tuple[Division, ...] = ()
    shares: tuple[Share, ...] = ()
    optional: bool = False

    def __post_init__(self) -> None:
        for division in self.divisions:
            if sum(division.counts.values()) != self.count:
                raise ValueError(f"{self.name} by {division.axis} does not add up")

    def get_division(self, axis: str) -> Division:
        return next(each for each in self.divisions if each.axis == axis)

    def count_labels(self, axis: str, labels: Sequence[str]) -> int:
        counts = self.get_division(axis).counts
        return sum(counts[label] for label in labels)


@dataclass(frozen=True)
class Spread:
    """Days or minutes, one for each of a whole: their median and 90th percentile are told. `of`: the whole's name."""

    heading: str
    of: str
    unit: str
    values: Sequence[float]


@dataclass(frozen=True)
class MeanChange:
    """Change in points, one value for each of a whole. `of`: the whole's name."""

    heading: str
    of: str
    values: Sequence[float]


@dataclass(frozen=True)
class Section:
    """One part of the report. `tables`: of texts, or of counts that are protected like those of any app's section."""

    key: str
    title: str
    text: str
    wholes: tuple[Whole, ...] = ()
    spreads: tuple[Spread, ...] = ()
    changes: tuple[MeanChange, ...] = ()
    tables: tuple[SectionTable, ...] = ()
    made: tuple[dict[str, Any], ...] = field(default=())  # tables that were published elsewhere, as they were


def divide(axis: str, labels: Sequence[str], found: Sequence[str], **how: Any) -> Division:
    """How often each label was found; `found` holds nothing else."""
    counts = dict.fromkeys(labels, 0)
    for label in found:
        counts[label] += 1
    return Division(axis, counts, **how)


def divide_yes(axis: str, yes: str, no: str, part: int, whole: int) -> Division:
    """Those of whom something is true, of all of them; the rest is not printed."""
    return Division(axis, {yes: part, no: whole - part}, shown=(yes,))
