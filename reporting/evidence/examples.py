"""Sets of counts that would have been published just the same: found by one attack, held against the next.

After a repair less is said, so nearly all that was possible before still is. A set of counts that fits all that is
published now says of every cell what it would say if it had been found now, whichever attack found it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reporting.evidence.problem import NarrowProblem, Terms, build_matrix
from reporting.evidence.published import Where

Spot = tuple[str, str, Where]  # period, count, where: what one number counts
Homes = Mapping[str, Mapping[str, frozenset[str]]]  # axis → label → the group it is in
SETS_AT_ONCE = 100  # so that what is worked out of them fits in the processor's own memory


@dataclass(frozen=True)
class Examples:
    """`numbers`: an array with one row for each set, and in it one number for each of the `spots`."""

    spots: Sequence[Spot]
    numbers: Any

    def carry_to(self, spots: Sequence[Spot], homes: Mapping[str, tuple[Homes, Homes]]) -> Any:
        """The same sets as numbers of these spots, what is known of the groups in each added up: 0 of nothing.

        ``homes``: of each period the groups that are not divided now, by one axis and in its tables by all axes.
        """
        numbers = {spot: number for number, spot in enumerate(spots)}
        to = np.array([numbers.get(_move_spot(spot, homes), -1) for spot in self.spots], dtype=np.int64)
        carried = np.zeros((len(spots), len(self.numbers)), dtype=np.int64)
        np.add.at(carried, to[to >= 0], self.numbers.T[to >= 0])
        return carried.T


def map_labels(groups: Mapping[str, Iterable[frozenset[str]]]) -> Homes:
    return {axis: {label: group for group in each for label in group} for axis, each in groups.items()}


def _move_spot(spot: Spot, homes: Mapping[str, tuple[Homes, Homes]]) -> Spot | None:
    """Where the same is counted now; None where its groups are divided otherwise, or nothing is."""
    period, name, where = spot
    alone, crossed = homes.get(period, ({}, {}))
    found = [
        (axis, group, (crossed if len(where) > 1 else alone).get(axis, {}).get(next(iter(group))))
        for axis, group in where
    ]
    moved = [(axis, home) for axis, group, home in found if home and group <= home]
    return (period, name, tuple(moved)) if len(moved) == len(where) else None


def build_examples(known: Mapping[Spot, int]) -> Examples:
    """One set."""
    return Examples(list(known), np.array([list(known.values())], dtype=np.int64))


def choose_fitting(problem: NarrowProblem, numbers: Any) -> Any:
    """Those sets that keep every bound and every row."""
    within = (numbers >= problem.lower).all(axis=1) & (numbers <= problem.upper).all(axis=1)
    fitting = numbers[within]
    if not problem.rows or not len(fitting):
        return fitting
    low, high = (np.array([row[at] for row in problem.rows]) for at in (1, 2))
    sums = add_up([terms for terms, _, _ in problem.rows], fitting)
    return fitting[((sums >= low) & (sums <= high)).all(axis=1)]


def add_up(terms: Sequence[Terms], numbers: Any) -> Any:
    """The sum of each of the ``terms``, none of which is empty, in each set: one row for each set."""
    starts, at, times = build_matrix(terms)
    parts = [
        np.add.reduceat(numbers[first : first + SETS_AT_ONCE, at] * times, starts[:-1], axis=1)
        for first in range(0, len(numbers), SETS_AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(terms)))
