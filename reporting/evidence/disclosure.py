"""Small numbers protected: the only way from exact counts to figures that may leave the service.

The rule is NHS England's for the Mental Health Services Data Set, below national level, unless the service chooses the
one for Hospital Episode Statistics: a small count is shown as *; any other is rounded to the nearest 5; totals are
rounded on their own. Rounding alone leaves corners (4 and 4 under a total of 10 can only be 4 and 4), so tables of a
period are published together: where a * could be worked out, one more figure is withheld, and it too is shown as *.

Renderers take what has `.text`; nothing here that holds an exact count has one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from reporting.evidence import statistics
from reporting.evidence.recovery import UNKNOWN, Bounds, DisclosurePuzzle, Key, Sum
from reporting.evidence.statistics import Estimate


@dataclass(frozen=True)
class DisclosureRule:
    """Which counts are shown, all rounded to the nearest 5: those from `least` on, and 0 if `shows_none`."""

    name: str
    least: int
    shows_none: bool
    note: str

    def hides(self, count: int) -> bool:
        return count < self.least and not (self.shows_none and count == 0)

    @property
    def hidden_bounds(self) -> Bounds:
        """What a count can be that is small and so hidden."""
        return int(self.shows_none), self.least - 1

    def get_reader_bounds(self, shown: int | None) -> Bounds:
        """The least and the most that a count can be which is shown like this."""
        if shown is None:
            return 0, UNKNOWN
        return (max(self.least, shown - 2), shown + 2) if shown else (0, 0)

    def get_withheld_bounds(self, *, whole: bool) -> Bounds:
        """What a count can be that is withheld in full, which is done only where its ``whole`` could be shown."""
        return self.least if whole and not self.shows_none else 0, UNKNOWN


_ROUNDED = (
    "are shown as *, and so are a few others that would reveal them; the rest are rounded to the nearest 5. "
    "Figures may not sum."
)
# Source: NHS England, Mental Health Services Data Set, sub-national counts: under 5, none included.
MHSDS = DisclosureRule("MHSDS", 5, False, f"Counts under 5 {_ROUNDED}")
# Source: NHS Digital, change to disclosure control methodology for HES and ECDS, 13 September 2018: 1 to 7.
HES = DisclosureRule("HES", 8, True, f"Counts from 1 to 7 {_ROUNDED}")
RULES = {rule.name: rule for rule in (MHSDS, HES)}
RULE = RULES[settings.DISCLOSURE_RULE]
MIN_SHOWN_COUNT = RULE.least
SUPPRESSED = "*"
SUPPRESSION_NOTE = RULE.note


# ---------------------------------------------------------------- single figures
class Publishable:
    """What may leave the service; `shown` is None where it is suppressed."""

    __slots__ = ()
    shown: float | None

    @property
    def text(self) -> str:
        return SUPPRESSED if self.shown is None else str(self.shown)


@dataclass(frozen=True, slots=True)
class Published(Publishable):
    """A count as it may be shown: 5, 10, 15 …, None for *, and 0 where the rule shows it. Any other is refused."""

    shown: int | None

    def __post_init__(self) -> None:
        if self.shown is not None and (self.shown < 5 * (not RULE.shows_none) or self.shown % 5):
            raise ValueError("only a rounded count may be published")


@dataclass(frozen=True, slots=True)
class PublishedMedian(Publishable):
    """A median in whole units (days, minutes, points)."""

    shown: int | None


@dataclass(frozen=True, slots=True)
class PublishedRate(Publishable):
    """A rate and its 95 % limits, worked from a published count; to one decimal."""

    estimate: Estimate | None

    @property
    def shown(self) -> float | None:  # type: ignore[override]
        return None if self.estimate is None else round(self.estimate.value, 1)

    @property
    def text(self) -> str:
        if self.estimate is None:
            return SUPPRESSED
        return f"{self.estimate.value:.1f} ({self.estimate.low:.1f} to {self.estimate.high:.1f})"


def publish_count(count: int) -> Published:
    """One count by the service's rule."""
    if count < 0:
        raise ValueError("a count is not negative")
    return Published(None if RULE.hides(count) else 5 * ((count + 2) // 5))


def publish_median(values: Sequence[float], count: Published) -> PublishedMedian:
    """The median of `values`, halves up, where their `count` is shown.

    Whole units only: a half says that the count is even, and "5, even" is 6.
    """
    middle = statistics.median(values)
    if count.shown is None or len(values) < MIN_SHOWN_COUNT or middle is None:
        return PublishedMedian(None)
    return PublishedMedian(math.floor(middle + 0.5))


def publish_rate(count: Published, population: float, per: float = statistics.RATE_PER) -> PublishedRate:
    """Rate per 1,000 with limits, from the rounded count: one decimal of an exact rate gives the count away."""
    if count.shown is None:
        return PublishedRate(None)
    return PublishedRate(statistics.crude_rate(count.shown, population, per))


def get_reader_bounds(shown: int | None) -> Bounds:
    """The least and the most that a count can be which is shown like this by the service's rule."""
    return RULE.get_reader_bounds(shown)


# ---------------------------------------------------------------- tables
@dataclass(frozen=True)
class Axis:
    """What a table is broken down by ('place'), and its labels in order. Labels never overlap: each one counts once."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Exact counts by one axis or two; never rendered. Its totals are the sums of its counts.

    `about` says what is counted, and when: {"count": "referrals received", "period": "2026-10"}. Two tables
    with the same `about` share their totals, and a figure in both must be the same.
    """

    about: Mapping[str, str]
    rows: Axis
    columns: Axis | None
    counts: tuple[tuple[int, ...], ...] = field(repr=False)

    def __post_init__(self) -> None:
        width = len(self.columns.labels) if self.columns else 1
        if len(self.counts) != len(self.rows.labels) or any(len(row) != width for row in self.counts):
            raise ValueError("a table has one count for each of its labels")

    def key(self, row: str | None, column: str | None) -> Key:
        """The name of a figure, the same in every table it stands in; None stands for the total."""
        named = set(self.about.items())
        if row is not None:
            named.add((self.rows.name, row))
        if column is not None and self.columns is not None:
            named.add((self.columns.name, column))
        return frozenset(named)

    @property
    def column_labels(self) -> tuple[str | None, ...]:
        return self.columns.labels if self.columns else (None,)

    def collect_figures(self) -> dict[Key, int]:
        """Every count and total by its name."""
        by_column = list(zip(*self.counts, strict=True)) or [()]
        found = {self.key(None, None): sum(map(sum, self.counts))}
        for label, counts in zip(self.column_labels, by_column, strict=True):
            found[self.key(None, label)] = sum(counts)
        for row, counts in zip(self.rows.labels, self.counts, strict=True):
            found[self.key(row, None)] = sum(counts)
            for label, count in zip(self.column_labels, counts, strict=True):
                found[self.key(row, label)] = count
        return found

    def sums(self) -> list[Sum]:
        """Which figures are sums of which, as any reader of the table knows."""
        lines = [
            Sum(self.key(None, c), tuple(self.key(r, c) for r in self.rows.labels))
            for c in self.column_labels
        ]
        if self.columns is not None:
            columns = self.columns.labels
            lines += [
                Sum(self.key(r, None), tuple(self.key(r, c) for c in columns)) for r in self.rows.labels
            ]
            lines.append(Sum(self.key(None, None), tuple(self.key(r, None) for r in self.rows.labels)))
            lines.append(Sum(self.key(None, None), tuple(self.key(None, c) for c in columns)))
        return lines


@dataclass(frozen=True)
class PublishedTable:
    """A table as it may be shown. By one axis it has a single column, and each row total is its one cell."""

    about: Mapping[str, str]
    rows: Axis
    columns: Axis | None
    cells: tuple[tuple[Published, ...], ...]
    row_totals: tuple[Published, ...]
    column_totals: tuple[Published, ...]
    total: Published
    note: str = SUPPRESSION_NOTE


@dataclass(frozen=True)
class Nesting:
    """A label whose counts are the sums of others': a quarter of its months, an area of its places."""

    axis: str
    whole: str
    parts: tuple[str, ...]


def publish_together(tables: Sequence[Table], nestings: Iterable[Nesting] = ()) -> list[PublishedTable]:
    """All tables of one release, in order, by the rule, so that no * can be worked out from all of them at once.

    Give every table that shares counts with another (the same period by place and by ethnic group), and the
    nestings between them. Raises ValueError if a figure differs between tables or a nesting does not add up.
    """
    figures = _merge_figures(tables)
    sums = [line for table in tables for line in table.sums()] + _build_nested_sums(figures, nestings)
    shown = _protect_figures(figures, sums)
    return [_build_published_table(table, shown) for table in tables]


def _merge_figures(tables: Iterable[Table]) -> dict[Key, int]:
    found: dict[Key, int] = {}
    for table in tables:
        for key, count in table.collect_figures().items():
            if found.setdefault(key, count) != count:
                raise ValueError(f"two tables disagree on {sorted(key)}")  # type: ignore[call-overload]
    return found


def _build_nested_sums(figures: Mapping[Key, int], nestings: Iterable[Nesting]) -> list[Sum]:
    lines = []
    for nesting in nestings:
        for key in figures:
            named = frozenset(key)  # type: ignore[call-overload]
            if (nesting.axis, nesting.whole) in named:
                rest = named - {(nesting.axis, nesting.whole)}
                parts = tuple(rest | {(nesting.axis, part)} for part in nesting.parts)
                if all(part in figures for part in parts):
                    lines.append(Sum(key, parts))
    return lines


def _protect_figures(figures: Mapping[Key, int], sums: Iterable[Sum]) -> dict[Key, Published]:
    """Each figure as shown, after withholding what would give a * away."""
    shown = {key: publish_count(count) for key, count in figures.items()}
    if all(figure.shown is None for figure in shown.values()):
        return shown  # all are *: one more anywhere, or one moved, would look the same
    puzzle = DisclosurePuzzle(
        figures, {key: _get_worst_bounds(figures[key], shown[key]) for key in figures}, sums
    )
    safe: set[Key] = set()
    for key in (key for key, count in figures.items() if RULE.hides(count)):
        while key not in safe:
            other = puzzle.find_alternative(key)
            if other is not None:
                safe |= set(other)
            elif (nearest := _choose_next_withheld(puzzle, key, shown)) is not None:
                _withhold_figure(nearest, puzzle, shown)
            else:
                safe.add(key)  # nothing it is tied to is shown any more, so nothing can be worked out
    return shown


def _get_worst_bounds(count: int, shown: Published) -> Bounds:
    """What a reader knows of a figure, at worst: also which * were small and which were withheld."""
    if shown.shown is not None:
        return get_reader_bounds(shown.shown)
    return RULE.hidden_bounds if RULE.hides(count) else (RULE.least if count else 0, UNKNOWN)


def _withhold_figure(key: Key, puzzle: DisclosurePuzzle, shown: dict[Key, Published]) -> None:
    shown[key] = Published(None)
    puzzle.set_known(key, _get_worst_bounds(puzzle.truth[key], shown[key]))


def _choose_next_withheld(puzzle: DisclosurePuzzle, key: Key, shown: Mapping[Key, Published]) -> Key | None:
    """What to withhold next: nearest to the * in danger, no total if it can be helped, least in number."""
    near: set[Key] = {key}
    while True:
        wider = puzzle.find_neighbours(near)
        candidates = [one for one in wider if shown[one].shown is not None]
        if candidates:
            totals = {line.total for line in puzzle.sums}
            return min(candidates, key=lambda one: (one in totals, puzzle.truth[one], _get_sort_name(one)))
        if wider == near:
            return None
        near = wider


def _get_sort_name(key: Key) -> list[tuple[str, str]]:
    return sorted(key)  # type: ignore[call-overload]


def _build_published_table(table: Table, shown: Mapping[Key, Published]) -> PublishedTable:
    rows, columns = table.rows.labels, table.column_labels
    return PublishedTable(
        about=dict(table.about),
        rows=table.rows,
        columns=table.columns,
        cells=tuple(tuple(shown[table.key(row, column)] for column in columns) for row in rows),
        row_totals=tuple(shown[table.key(row, None)] for row in rows),
        column_totals=tuple(shown[table.key(None, column)] for column in columns),
        total=shown[table.key(None, None)],
    )
