"""Whole numbers that nobody tells, and what is known of them: sums that lie between bounds.

`narrow_bounds` draws from each row by itself what it says of each of its variables, until nothing moves: cheap, and
enough to see most of what cannot be. What it leaves open is searched (`walk`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Terms = Mapping[int, int]  # number of a variable → how often it counts
Row = tuple[Terms, int, int]  # low <= sum of terms <= high
MARGIN = 1e-6  # of arithmetic with fractions
MOST_SWEEPS = 200  # bounds that still move then are sound, only not yet as narrow as they could be


class Problem:
    """Variables (whole numbers from 0 up to `upper`) and rows."""

    def __init__(self) -> None:
        self.upper: list[int] = []
        self.rows: list[Row] = []

    def add_variable(self, most: int) -> int:
        self.upper.append(most)
        return len(self.upper) - 1

    def add_row(self, terms: Terms, low: int, high: int) -> None:
        """What cancels out is left out; a row of nothing says nothing."""
        kept = {number: times for number, times in terms.items() if times}
        if kept:
            self.rows.append((kept, low, high))


@dataclass(frozen=True)
class NarrowProblem:
    """A problem with bounds as narrow as each row by itself makes them, and the rows that say more than these."""

    lower: list[int]
    upper: list[int]
    rows: list[Row]

    def compute_range(self, terms: Terms) -> tuple[int, int]:
        """The least and the most of a sum by the bounds alone."""
        ends = [
            sorted((times * self.lower[number], times * self.upper[number]))
            for number, times in terms.items()
        ]
        return sum(low for low, _ in ends), sum(high for _, high in ends)


def narrow_problem(problem: Problem) -> NarrowProblem | None:
    """None where a row contradicts the others."""
    bounds = narrow_bounds(problem)
    if bounds is None:
        return None
    lower, upper = ([int(each) for each in ends] for ends in bounds)
    narrow = NarrowProblem(lower, upper, [])
    narrow.rows.extend(row for row in problem.rows if not _is_always_true(row, narrow))
    return narrow


def _is_always_true(row: Row, narrow: NarrowProblem) -> bool:
    terms, low, high = row
    least, most = narrow.compute_range(terms)
    return low <= least and most <= high


def narrow_bounds(problem: Problem) -> tuple[Any, Any] | None:
    """(least, most) of every variable, as arrays; None where a row contradicts the others."""
    lower, upper = np.zeros(len(problem.upper)), np.array(problem.upper, dtype=np.double)
    rows = build_matrix([terms for terms, _, _ in problem.rows])
    limits = tuple(np.array([row[at] for row in problem.rows], dtype=np.double) for at in (1, 2))
    for _ in range(MOST_SWEEPS if problem.rows else 0):
        new_lower, new_upper = _sweep_rows(rows, limits, lower, upper)
        if (new_lower > new_upper).any():
            return None
        if (new_lower == lower).all() and (new_upper == upper).all():
            break
        lower, upper = new_lower, new_upper
    return lower, upper


def _sweep_rows(rows: tuple[Any, ...], limits: tuple[Any, ...], lower: Any, upper: Any) -> tuple[Any, Any]:
    """Each variable is what its row leaves when all others are at their least, or at their most."""
    starts, numbers, times = rows
    positive, counts = times > 0, np.diff(starts)
    least = np.where(positive, lower[numbers], upper[numbers]) * times
    most = np.where(positive, upper[numbers], lower[numbers]) * times
    rest_least = np.repeat(np.add.reduceat(least, starts[:-1]), counts) - least
    rest_most = np.repeat(np.add.reduceat(most, starts[:-1]), counts) - most
    low, high = (np.repeat(limit, counts) for limit in limits)
    ends = (low - rest_most) / times, (high - rest_least) / times
    new_lower, new_upper = lower.copy(), upper.copy()
    np.maximum.at(new_lower, numbers, np.ceil(np.where(positive, *ends) - MARGIN))
    np.minimum.at(new_upper, numbers, np.floor(np.where(positive, *ends[::-1]) + MARGIN))
    return new_lower, new_upper


def build_matrix(rows: Sequence[Terms]) -> tuple[Any, Any, Any]:
    """(where each row begins, numbers of variables, how often each counts), one after the other."""
    starts = np.cumsum([0, *(len(terms) for terms in rows)])
    numbers = np.array([number for terms in rows for number in terms], dtype=np.int32)
    times = np.array([count for terms in rows for count in terms.values()], dtype=np.double)
    return starts, numbers, times
