"""One attack on all that was published together: how many numbers could each cell be?

A reader knows what each printed figure lies between, what each share says, that groups add up to the whole, which
counts are part of which, and that a month lies within its quarter and its year. All of it is one problem of whole
numbers (`problem`), one for each set of counts that are tied to one another. What is attacked is every cell that is not
printed as a number: hidden ones, groups that were joined, and what is left of a count beside its part. A cell that
could be small is safe when three numbers or more are found for it (`walk`), each in a full set of counts that would
have been published just the same.

Only the worker imports this: the solver that it begins with is a large library.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from reporting.evidence.definitions import ADDITIVE_COUNTS, COUNTS_IN_PARTS, NESTED_COUNTS
from reporting.evidence.disclosure import RULE
from reporting.evidence.examples import Examples, Spot, choose_fitting, map_labels
from reporting.evidence.problem import NarrowProblem, Problem, Terms, narrow_problem
from reporting.evidence.published import Figure, PublishedPeriod, Where
from reporting.evidence.recovery import UNKNOWN
from reporting.evidence.shares import HALF_PERCENTS, ShareBounds
from reporting.evidence.solver import find_more, find_numbers
from reporting.evidence.walk import Walk

Labels = Mapping[str, Sequence[str]]  # axis → its finest labels
Groups = Mapping[
    str, Sequence[frozenset[str]]
]  # axis → groups of them that are never divided in what was published
Atoms = Sequence[Sequence[frozenset[str]]]
EVERYWHERE: Where = ()
# Counts that are what is left of another beside its other parts: {count: (whole, the other parts)}.
REMAINDERS = {parts[0]: (whole, parts[1:]) for whole, parts in COUNTS_IN_PARTS}


@dataclass(frozen=True)
class Cell:
    """A number that could be worked out: a count somewhere in a period, or what is left of one beside its part."""

    period: str
    names: tuple[str, ...]  # one count, or (part, whole) for what is left
    where: Where


@dataclass(frozen=True)
class Attack:
    """How many cells were attacked, and those for which fewer than three numbers were found.

    `found`: sets of counts that would have been published just the same, where the next attack may begin. Not
    `possible`: nothing fits all that was published, so records have changed between releases.
    """

    cells: int
    narrow: tuple[Cell, ...]
    possible: bool = True
    found: Examples | None = field(default=None, repr=False)


def attack_counts(
    names: Iterable[str],
    periods: Sequence[PublishedPeriod],
    labels: Labels,
    start: Examples | None = None,
    new: Collection[str] = (),
    suspects: Collection[Cell] = (),
    *,
    to_the_end: bool = False,
) -> Attack:
    """The attack on these counts (all that are tied to one another) in these periods together.

    ``start``: counts that fit or nearly do, by the same or finer groups, such as the last attack found. ``new``:
    periods that are not published yet, whose cells are asked for first. ``suspects``: cells that were narrow before
    something was mended; where one still is, no others are asked. ``to_the_end``: none of the suspects counts as
    narrow for want of asking. Raises OutOfTime where nothing that fits is found in time, nor that nothing does.
    """
    built = _build_problem(sorted(names), periods, labels)
    problem = narrow_problem(built.problem)
    cells = _choose_cells(built, problem) if problem else {}
    begun = problem and _begin_walk(problem, list(cells.values()), built.carry_over(start))
    if not problem or not begun:
        return Attack(len(cells), (), possible=False)
    named = list(cells)
    first = {at for at, cell in enumerate(named) if cell.period in new}
    again = {at for at, cell in enumerate(named) if cell in suspects}
    ask = partial(find_more, problem)
    ask_of_suspects = partial(ask, widely=True) if to_the_end else None
    narrow = [named[at] for at in begun.explore(RULE.least, ask, first, again, ask_of_suspects)]
    return Attack(len(cells), tuple(narrow), found=Examples(built.spots, np.array(begun.examples)))


def _choose_cells(built: "_Build", problem: NarrowProblem) -> Mapping[Cell, Terms]:
    """All that are not printed; where the rule shows that there are none, that is no secret of the groups in them."""
    return {
        cell: terms
        for cell, terms in built.cells.items()
        if cell not in built.printed and not (RULE.shows_none and problem.compute_range(terms) == (0, 0))
    }


def can_be_true(
    names: Iterable[str], periods: Sequence[PublishedPeriod], labels: Labels, start: Examples | None = None
) -> bool:
    """Whether there are any counts of which all of this would have been published. Raises OutOfTime, as above."""
    built = _build_problem(sorted(names), periods, labels)
    problem = narrow_problem(built.problem)
    return problem is not None and _begin_walk(problem, [], built.carry_over(start)) is not None


def _begin_walk(problem: NarrowProblem, cells: Sequence[Terms], known: Any) -> Walk | None:
    """From what is known nearby, else from what the solver finds; None where nothing fits. Of the ``known`` sets those
    that fit are noted, and the walk begins at the last of them.
    """
    fitting = choose_fitting(problem, known)
    walk = Walk(problem, (fitting if len(fitting) else known)[-1].tolist(), cells)
    if walk.settle():
        walk.note_examples(fitting)
        return walk
    numbers = find_numbers(problem)
    return _begin_at(problem, cells, numbers) if numbers else None


def _begin_at(problem: NarrowProblem, cells: Sequence[Terms], numbers: Sequence[int]) -> Walk | None:
    walk = Walk(problem, numbers, cells)
    return walk if walk.settle() else None


class _Build:
    """The problem as it grows: variables of each period and count, the rows between them, and the cells attacked."""

    def __init__(self, names: Sequence[str], groups: Groups, cap: int) -> None:
        self.names, self.groups, self.cap = names, groups, cap
        self.told: dict[str, set[str]] = {}  # period → the counts that it publishes anything of
        self.atoms: dict[str, Atoms] = {}  # of each period that has tables by two axes
        self.problem = Problem()
        self.spots: list[Spot] = []  # of each variable
        self.cells: dict[Cell, Terms] = {}
        self.printed: set[Cell] = set()  # as a number, so not small
        self.places: list[Where] = [
            EVERYWHERE,
            *(((axis, group),) for axis, each in groups.items() for group in each),
        ]
        self.terms: dict[Spot, Terms] = {}  # of what is counted everywhere, and in each undivided group
        self.crossed: dict[tuple[str, str], dict[tuple[frozenset[str], ...], int]] = {}

    def add_period(self, period: PublishedPeriod) -> None:
        crossed = {name for name, where in period.bounds if len(where) > 1} & set(self.names)
        self.told[period.key] = told = {name for name, _ in period.bounds} & set(self.names)
        for name in sorted(sorted(told), key=REMAINDERS.__contains__):  # what is left comes after its whole
            self._add_count(period.key, name)
        if crossed:
            self.atoms[period.key] = _find_atoms(period, self.names, self.groups)
        for name in sorted(crossed):
            self._add_crossed_counts(period.key, name)
        for (name, where), (low, high) in period.bounds.items():
            if name in self.names:
                self._add_figure(period.key, name, where, low, min(high, self.cap))
        for (part, whole), said in period.shares.items():
            if part[0] in self.names:
                self._add_share(period.key, part, whole, said)
        for one, other in period.same:
            terms = (self.get_terms(period.key, *each) for each in (one, other))
            self.problem.add_row(subtract_terms(*terms), 0, 0)
        self._nest_counts(period)
        self._nest_crossed_counts(period.key, crossed)

    def _add_variable(self, *spot: Any) -> int:
        self.spots.append(spot)
        return self.problem.add_variable(self.cap)

    def _add_count(self, period: str, name: str) -> None:
        whole, others = REMAINDERS.get(name, ("", ()))
        for where in self.places:
            if whole in self.names:
                rest = {of: -1 for other in others for of in self.terms[period, other, where]}
                terms = {**self.terms[period, whole, where], **rest}
                self.problem.add_row(terms, 0, UNKNOWN)
            else:
                terms = {self._add_variable(period, name, where): 1}
            self.terms[period, name, where] = terms
            self.cells[Cell(period, (name,), where)] = terms
        if whole not in self.names:
            self._add_up_groups(period, name)

    def _add_up_groups(self, period: str, name: str) -> None:
        """The undivided groups of each axis are everybody."""
        for axis, groups in self.groups.items():
            parts = [self.terms[period, name, ((axis, group),)] for group in groups]
            self.problem.add_row(
                subtract_terms(_join_terms(parts), self.terms[period, name, EVERYWHERE]), 0, 0
            )

    def _add_crossed_counts(self, period: str, name: str) -> None:
        """The table by all axes at once that must exist, whichever two of them are published."""
        cells = {cell: self._add_variable(period, name, tuple(zip(self.groups, cell, strict=True)))
                 for cell in product(*self.atoms[period])}  # fmt: skip
        self.crossed[period, name] = cells
        for axis, atoms in zip(self.groups, self.atoms[period], strict=True):
            for atom in atoms:
                parts = dict.fromkeys(self._list_crossed(period, name, {axis: atom}), 1)
                alone = self.get_terms(period, name, ((axis, atom),))
                self.problem.add_row(subtract_terms(parts, alone), 0, 0)

    def get_terms(self, period: str, name: str, where: Where) -> Terms:
        """What is counted there, as a sum of variables."""
        if not where:
            return self.terms[period, name, EVERYWHERE]
        if len(where) == 1:
            ((axis, members),) = where
            groups = [group for group in self.groups[axis] if group <= members]
            return _join_terms([self.terms[period, name, ((axis, group),)] for group in groups])
        return dict.fromkeys(self._list_crossed(period, name, dict(where)), 1)

    def _list_crossed(self, period: str, name: str, wanted: Mapping[str, frozenset[str]]) -> list[int]:
        """The variables of the table by all axes at once that lie there; of an axis that is not named, all."""
        axes = [
            [atom for atom in atoms if atom <= wanted.get(axis, atom)]
            for axis, atoms in zip(self.groups, self.atoms[period], strict=True)
        ]
        table = self.crossed[period, name]
        return [table[cell] for cell in product(*axes)]

    def _add_figure(self, period: str, name: str, where: Where, low: int, high: int) -> None:
        terms = self.get_terms(period, name, where)
        if not terms:
            return  # of places that are not there any more
        self.problem.add_row(terms, low, high)
        cell = Cell(period, (name,), where)
        self.cells.setdefault(cell, terms)
        if low >= RULE.least or (low, high) == (0, 0):  # none, where the rule shows that
            self.printed.add(cell)

    def _add_share(self, period: str, part: Figure, whole: Figure, said: ShareBounds) -> None:
        """low x whole <= 200 x part < high x whole, in whole numbers."""
        parts, wholes = self.get_terms(period, *part), self.get_terms(period, *whole)
        scaled = {number: HALF_PERCENTS * times for number, times in parts.items()}
        self.problem.add_row(subtract_terms(scaled, wholes, said.low), 0, UNKNOWN)
        self.problem.add_row(subtract_terms(scaled, wholes, said.high), -UNKNOWN, -1)

    def _nest_counts(self, period: PublishedPeriod) -> None:
        for part, whole in NESTED_COUNTS:
            if not {part, whole} <= self.told[period.key]:
                continue
            for where in self.places:
                rest = subtract_terms(*(self.terms[period.key, name, where] for name in (whole, part)))
                self.problem.add_row(rest, 0, UNKNOWN)
                self.cells[Cell(period.key, (part, whole), where)] = rest
            self._leave_rest(period, part, whole)

    def _leave_rest(self, period: PublishedPeriod, part: str, whole: str) -> None:
        """What is left of a published figure beside a published part."""
        for name, where in period.bounds:
            if name == part and (whole, where) in period.bounds:
                rest = subtract_terms(*(self.get_terms(period.key, each, where) for each in (whole, part)))
                if rest:
                    self.cells.setdefault(Cell(period.key, (part, whole), where), rest)

    def _nest_crossed_counts(self, period: str, names: set[str]) -> None:
        """In each cell of the tables by all axes, of the counts that have one."""
        for part, whole in product(sorted(names), repeat=2):
            if is_part_of(part, whole):
                for cell, number in self.crossed[period, part].items():
                    self.problem.add_row({self.crossed[period, whole][cell]: 1, number: -1}, 0, UNKNOWN)

    def link_periods(self, periods: Sequence[PublishedPeriod]) -> None:
        """No shorter period has more than a longer one that holds it, which has no more than all its parts."""
        for long in periods:
            inside = [each for each in periods if long.holds(each)]
            for name, where in product(
                [each for each in self.names if each in self.told[long.key]], self.places
            ):
                linked = [long, *(each for each in inside if name in self.told[each.key])]
                self._link_places(name, linked, lambda period, at=(name, where): self.terms[period, *at])
            for name in [each for each in self.names if (long.key, each) in self.crossed]:
                self._link_tables(
                    name, [long, *(each for each in inside if (each.key, name) in self.crossed)]
                )

    def _link_tables(self, name: str, periods: Sequence[PublishedPeriod]) -> None:
        """The tables by all axes, in the groups that are never divided otherwise in one of them than in another."""
        axes = zip(*(self.atoms[each.key] for each in periods), strict=True)
        common = [join_overlapping([group for atoms in each for group in atoms]) for each in axes]
        for cell in product(*common):
            where = tuple(zip(self.groups, cell, strict=True))
            self._link_places(name, periods, lambda period, where=where: self.get_terms(period, name, where))

    def _link_places(
        self, name: str, periods: Sequence[PublishedPeriod], get: Callable[[str], Terms]
    ) -> None:
        """One count at one place; the longer period first."""
        long, *inside = periods
        for short in inside:
            self.problem.add_row(subtract_terms(get(long.key), get(short.key)), 0, UNKNOWN)
        for parts in find_partitions(long, inside):
            together = _join_terms([get(each.key) for each in parts])
            most = 0 if name in ADDITIVE_COUNTS else UNKNOWN
            self.problem.add_row(subtract_terms(together, get(long.key)), 0, most)

    def carry_over(self, known: Examples | None) -> Any:
        """Sets of numbers, one for each variable: what is known of the groups in it, 0 where nothing is."""
        if known is None:
            return np.zeros((1, len(self.spots)), dtype=np.int64)
        homes = {
            period: (map_labels(self.groups), map_labels(self._name_atoms(period))) for period in self.told
        }
        return known.carry_to(self.spots, homes)

    def _name_atoms(self, period: str) -> Groups:
        atoms = self.atoms.get(period)
        return dict(zip(self.groups, atoms, strict=True)) if atoms else {}


def is_part_of(part: str, whole: str) -> bool:
    """Whether one count is nested in the other, at any depth."""
    above = {outer for inner, outer in NESTED_COUNTS if inner == part}
    return whole in above or any(is_part_of(each, whole) for each in above)


def _build_problem(names: Sequence[str], periods: Sequence[PublishedPeriod], labels: Labels) -> _Build:
    shown = [high for each in periods for (name, _), (_, high) in each.bounds.items()
             if name in names and high < UNKNOWN]  # fmt: skip
    # No count is larger, also one of which nothing is told: it may be what several periods make together.
    most = 2 * len(periods) * max(shown, default=0) + 20
    build = _Build(names, _find_groups(names, periods, labels), most)
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


def _find_atoms(period: PublishedPeriod, names: Sequence[str], groups: Groups) -> Atoms:
    """By axis, the coarsest groups of which every group in a period's tables by two axes is made."""
    crossed = [where for name, where in period.bounds if name in names and len(where) > 1]
    return [
        _divide_labels(
            sorted(frozenset().union(*each)),
            {members for where in crossed for of, members in where if of == axis},
        )
        for axis, each in groups.items()
    ]


def join_overlapping(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Groups that share a label are joined, until none do."""
    joined: list[frozenset[str]] = []
    for group in groups:
        apart = [each for each in joined if not each & group]
        joined = [*apart, group.union(*(each for each in joined if each & group))]
    return joined


def _divide_labels(labels: Sequence[str], groups: set[frozenset[str]]) -> list[frozenset[str]]:
    """Labels that are in the same groups stay together."""
    found: dict[frozenset[frozenset[str]], list[str]] = {}
    for label in labels:
        found.setdefault(frozenset(group for group in groups if label in group), []).append(label)
    return [frozenset(each) for each in found.values()]


def _join_terms(parts: Iterable[Terms]) -> Terms:
    joined: dict[int, int] = {}
    for terms in parts:
        for number, times in terms.items():
            joined[number] = joined.get(number, 0) + times
    return joined


def subtract_terms(one: Terms, other: Terms, times: int = 1) -> Terms:
    """The first less so many times the other; what cancels out is left out."""
    rest = _join_terms([one, {number: -times * count for number, count in other.items()}])
    return {number: count for number, count in rest.items() if count}
