"""One attack on all that was published together: how many numbers could each cell be?

A reader knows what each printed figure lies between, what each share says, that groups add up to the whole, which
counts are part of which, and that a month lies within its quarter and its year. All of it is given to a solver
(HiGHS) as one problem of whole numbers, once for each set of counts that are tied to one another. What is attacked is
every cell that is not printed as a number: hidden ones, groups that were joined, and what is left of a count beside
its part. A cell that could be small is safe when three numbers or more are found for it, each in a full set of counts
that would have been published just the same.

Only the worker imports this: the solver is a large library.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from reporting.evidence.definitions import ADDITIVE_COUNTS, COUNTS_IN_PARTS, NESTED_COUNTS
from reporting.evidence.disclosure import MIN_SHOWN_COUNT
from reporting.evidence.published import Figure, PublishedPeriod, Where
from reporting.evidence.recovery import UNKNOWN
from reporting.evidence.shares import HALF_PERCENTS, ShareBounds
from reporting.evidence.solver import Problem, Terms, find_narrow_cells, has_solution

Labels = Mapping[str, Sequence[str]]  # axis → its finest labels
Groups = Mapping[
    str, Sequence[frozenset[str]]
]  # axis → groups of them that are never divided in what was published
EVERYWHERE: Where = ()


@dataclass(frozen=True)
class Cell:
    """A number that could be worked out: a count somewhere in a period, or what is left of one beside its part."""

    period: str
    names: tuple[str, ...]  # one count, or (part, whole) for what is left
    where: Where


@dataclass(frozen=True)
class Attack:
    """How many cells were attacked, and those for which fewer than three numbers were found."""

    cells: int
    narrow: tuple[Cell, ...]
    possible: bool = (
        True  # False: nothing fits all that was published, so records have changed between releases
    )


def attack_counts(names: Iterable[str], periods: Sequence[PublishedPeriod], labels: Labels) -> Attack:
    """The attack on these counts (all that are tied to one another) in these periods together."""
    built = _build_problem(sorted(names), periods, labels)
    cells = {cell: terms for cell, terms in built.cells.items() if cell not in built.printed}
    narrow = find_narrow_cells(built.problem, cells, MIN_SHOWN_COUNT)
    if narrow is None:
        return Attack(len(cells), (), possible=False)
    return Attack(len(cells), tuple(narrow))


def can_be_true(names: Iterable[str], periods: Sequence[PublishedPeriod], labels: Labels) -> bool:
    """Whether there are any counts of which all of this would have been published."""
    return has_solution(_build_problem(sorted(names), periods, labels).problem)


class _Build:
    """The problem as it grows: variables of each period and count, the rows between them, and the cells attacked."""

    def __init__(self, names: Sequence[str], groups: Groups, cap: int) -> None:
        self.names, self.groups, self.cap = names, groups, cap
        self.problem = Problem()
        self.cells: dict[Cell, Terms] = {}
        self.printed: set[Cell] = set()  # as a number, so not small
        self.totals: dict[tuple[str, str], int] = {}
        self.single: dict[tuple[str, str, str, frozenset[str]], int] = {}  # (period, count, axis, group)
        self.crossed: dict[tuple[str, str, tuple[frozenset[str], ...]], int] = {}

    def add_period(self, period: PublishedPeriod) -> None:
        atoms = _find_atoms(period, self.names, self.groups)
        crossed = {name for name, where in period.bounds if len(where) > 1}
        for name in self.names:
            self._add_count(period.key, name)
            if name in crossed:
                self._add_crossed_counts(period.key, name, atoms)
        for (name, where), (low, high) in period.bounds.items():
            if name in self.names:
                self._add_figure(period.key, name, where, low, min(high, self.cap))
        for (part, whole), said in period.shares.items():
            if part[0] in self.names:
                self._add_share(period.key, part, whole, said)
        self._nest_counts(period)
        self._nest_crossed_counts(period.key, crossed & set(self.names))

    def _add_count(self, period: str, name: str) -> None:
        total = self.totals[period, name] = self.problem.add_variable(self.cap)
        self.cells[Cell(period, (name,), EVERYWHERE)] = {total: 1}
        for axis, groups in self.groups.items():
            for group in groups:
                number = self.single[period, name, axis, group] = self.problem.add_variable(self.cap)
                self.cells[Cell(period, (name,), ((axis, group),))] = {number: 1}
            parts = [self.single[period, name, axis, group] for group in groups]
            self.problem.add_row({**dict.fromkeys(parts, 1), total: -1}, 0, 0)

    def _add_crossed_counts(self, period: str, name: str, atoms: Sequence[Sequence[frozenset[str]]]) -> None:
        """The table by all axes at once that must exist, whichever two of them are published."""
        for cell in product(*atoms):
            self.crossed[period, name, cell] = self.problem.add_variable(self.cap)
        for at, axis in enumerate(self.groups):
            for atom in atoms[at]:
                parts = [self.crossed[period, name, cell] for cell in product(*atoms) if cell[at] == atom]
                singles = [
                    self.single[period, name, axis, group] for group in self.groups[axis] if group <= atom
                ]
                self.problem.add_row({**dict.fromkeys(parts, 1), **dict.fromkeys(singles, -1)}, 0, 0)

    def get_terms(self, period: str, name: str, where: Where) -> Terms:
        """What is counted there, as a sum of variables."""
        if not where:
            return {self.totals[period, name]: 1}
        if len(where) == 1:
            ((axis, members),) = where
            groups = self.groups[axis]
            return {self.single[period, name, axis, group]: 1 for group in groups if group <= members}
        wanted, order = dict(where), list(self.groups)
        return {
            number: 1
            for (of, count, cell), number in self.crossed.items()
            if (of, count) == (period, name)
            and all(atom <= wanted.get(axis, atom) for axis, atom in zip(order, cell, strict=True))
        }

    def _add_figure(self, period: str, name: str, where: Where, low: int, high: int) -> None:
        terms = self.get_terms(period, name, where)
        if not terms:
            return  # of places that are not there any more
        self.problem.add_row(terms, low, high)
        cell = Cell(period, (name,), where)
        self.cells.setdefault(cell, terms)
        if low >= MIN_SHOWN_COUNT:
            self.printed.add(cell)

    def _add_share(self, period: str, part: Figure, whole: Figure, said: ShareBounds) -> None:
        """low x whole <= 200 x part < high x whole, in whole numbers."""
        parts, wholes = self.get_terms(period, *part), self.get_terms(period, *whole)
        scaled = dict.fromkeys(parts, HALF_PERCENTS)
        self.problem.add_row(_add_terms(scaled, dict.fromkeys(wholes, -said.low)), 0, UNKNOWN)
        self.problem.add_row(
            _add_terms(dict.fromkeys(wholes, said.high), dict.fromkeys(parts, -HALF_PERCENTS)), 1, UNKNOWN
        )

    def _nest_counts(self, period: PublishedPeriod) -> None:
        for part, whole in NESTED_COUNTS:
            if part in self.names:
                self._nest_count(period, part, whole)
        for whole, parts in COUNTS_IN_PARTS:
            if whole in self.names:
                for key in self._list_places(period.key):
                    rows = [self._get_variable(period.key, part, key) for part in parts]
                    self.problem.add_row(
                        {**dict.fromkeys(rows, 1), self._get_variable(period.key, whole, key): -1}, 0, 0
                    )

    def _nest_count(self, period: PublishedPeriod, part: str, whole: str) -> None:
        for key in self._list_places(period.key):
            rest: Mapping[int, int] = {
                self._get_variable(period.key, whole, key): 1,
                self._get_variable(period.key, part, key): -1,
            }
            self.problem.add_row(rest, 0, UNKNOWN)
            self.cells[Cell(period.key, (part, whole), _to_where(key))] = rest
        for name, where in period.bounds:
            if name == part and (whole, where) in period.bounds:
                left = _add_terms(
                    self.get_terms(period.key, whole, where),
                    dict.fromkeys(self.get_terms(period.key, part, where), -1),
                )
                if left:
                    self.cells.setdefault(Cell(period.key, (part, whole), where), left)

    def _nest_crossed_counts(self, period: str, names: set[str]) -> None:
        """In each cell of the tables by all axes, of the counts that have one."""
        for part, whole in product(sorted(names), repeat=2):
            if is_part_of(part, whole):
                cells = [cell for of, name, cell in self.crossed if (of, name) == (period, part)]
                for cell in cells:
                    rest = {self.crossed[period, whole, cell]: 1, self.crossed[period, part, cell]: -1}
                    self.problem.add_row(rest, 0, UNKNOWN)

    def _list_places(self, period: str) -> list[tuple]:
        """() and (axis, group): wherever a period has a variable for each of its counts."""
        first = self.names[0]
        return [
            (),
            *((axis, group) for of, name, axis, group in self.single if (of, name) == (period, first)),
        ]

    def _get_variable(self, period: str, name: str, key: tuple) -> int:
        return self.single[period, name, *key] if key else self.totals[period, name]

    def link_periods(self, periods: Sequence[PublishedPeriod]) -> None:
        """No shorter period has more than a longer one that holds it, which has no more than all its parts."""
        for long in periods:
            inside = [each for each in periods if long.holds(each)]
            for name, key in product(self.names, self._list_places(long.key)):
                whole = self._get_variable(long.key, name, key)
                for short in inside:
                    rest = {whole: 1, self._get_variable(short.key, name, key): -1}
                    self.problem.add_row(rest, 0, UNKNOWN)
                for parts in find_partitions(long, inside):
                    together = dict.fromkeys((self._get_variable(each.key, name, key) for each in parts), 1)
                    most = 0 if name in ADDITIVE_COUNTS else UNKNOWN
                    self.problem.add_row({**together, whole: -1}, 0, most)


def is_part_of(part: str, whole: str) -> bool:
    """Whether one count is nested in the other, at any depth."""
    above = {outer for inner, outer in NESTED_COUNTS if inner == part}
    return whole in above or any(is_part_of(each, whole) for each in above)


def _build_problem(names: Sequence[str], periods: Sequence[PublishedPeriod], labels: Labels) -> _Build:
    shown = [high for each in periods for (name, _), (_, high) in each.bounds.items()
             if name in names and high < UNKNOWN]  # fmt: skip
    build = _Build(names, _find_groups(names, periods, labels), 2 * max(shown, default=0) + 20)
    for period in periods:
        build.add_period(period)
    build.link_periods(periods)
    return build


def _find_groups(names: Sequence[str], periods: Sequence[PublishedPeriod], labels: Labels) -> Groups:
    """By axis. What is inside one of them could be anything that makes its number, so it is attacked as one."""
    published = {(axis, members) for each in periods for name, where in each.bounds
                 if name in names for axis, members in where}  # fmt: skip
    return {
        axis: _divide_labels(each, {members for of, members in published if of == axis})
        for axis, each in labels.items()
    }


def find_partitions(
    long: PublishedPeriod, inside: Sequence[PublishedPeriod]
) -> list[tuple[PublishedPeriod, ...]]:
    """The sets of shorter periods of one length that together are the longer one: its months, its quarters."""
    kinds: dict[str, list[PublishedPeriod]] = {}
    for each in inside:
        kinds.setdefault(each.key.split()[0], []).append(each)
    days = (long.last - long.first).days + 1
    return [
        tuple(parts)
        for parts in kinds.values()
        if sum((each.last - each.first).days + 1 for each in parts) == days
    ]


def _find_atoms(period: PublishedPeriod, names: Sequence[str], groups: Groups) -> list[list[frozenset[str]]]:
    """By axis, the coarsest groups of which every group in a table by two axes is made; [] without such tables."""
    crossed = [where for name, where in period.bounds if name in names and len(where) > 1]
    if not crossed:
        return []
    return [
        _divide_labels(
            sorted(frozenset().union(*each)),
            {members for where in crossed for of, members in where if of == axis},
        )
        for axis, each in groups.items()
    ]


def _divide_labels(labels: Sequence[str], groups: set[frozenset[str]]) -> list[frozenset[str]]:
    """Labels that are in the same groups stay together."""
    found: dict[frozenset[frozenset[str]], list[str]] = {}
    for label in labels:
        found.setdefault(frozenset(group for group in groups if label in group), []).append(label)
    return [frozenset(each) for each in found.values()]


def _to_where(key: tuple) -> Where:
    return ((key[0], key[1]),) if key else EVERYWHERE


def _add_terms(one: Terms, other: Terms) -> Terms:
    return {number: one.get(number, 0) + other.get(number, 0) for number in {*one, *other}}
