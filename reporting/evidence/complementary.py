"""Complementary suppression: for the rare table that must show exact counts beside its exact totals.

The published reports round instead (disclosure.py). Here small cells are hidden, then as few others as stop
anyone subtracting their way back; whether they can is audited, not assumed: two hidden cells a line is
necessary and not enough.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import Literal

from reporting.evidence.recovery import UNKNOWN, Bounds, DisclosurePuzzle, Key, Sum

Cell = tuple[int, int]
Counts = Sequence[Sequence[int]]
Cost = Literal["value", "cells"]
MAX_EXHAUSTIVE_CANDIDATES = 14  # up to this many candidates, every choice is tried


def find_primary_cells(counts: Counts, threshold: int = 5, *, zeros: bool = False) -> frozenset[Cell]:
    """The cells to hide for themselves: 1 to threshold - 1, and 0 too if `zeros`."""
    least = 0 if zeros else 1
    return frozenset(cell for cell, count in _list_cells(counts) if least <= count < threshold)


def compute_feasible_ranges(counts: Counts, hidden: Iterable[Cell]) -> dict[Cell, Bounds]:
    """Least and most each hidden cell could be, to a reader of the other cells and all totals (the audit)."""
    secret = frozenset(hidden)
    puzzle = _build_puzzle(counts, secret)
    return {cell: puzzle.compute_range(cell) for cell in sorted(secret)}


def is_protected(counts: Counts, hidden: Iterable[Cell], primary: Iterable[Cell], threshold: int = 5) -> bool:
    """Each primary cell could be `threshold` or more, and its range is at least threshold - 1 wide."""
    ranges = compute_feasible_ranges(counts, hidden)
    return all(
        ranges[cell][1] >= threshold and ranges[cell][1] - ranges[cell][0] >= threshold - 1
        for cell in primary
    )


def choose_complements(
    counts: Counts, threshold: int = 5, *, zeros: bool = False, cheapest: Cost = "value"
) -> frozenset[Cell]:
    """What else to hide so that the audit passes: the least sum of counts, or the fewest cells.

    Never a zero, nor any cell under the threshold. Beyond 14 candidates a good choice, not always the best.
    Raises ValueError when hiding every candidate would not do: collapse categories instead.
    """
    primary = find_primary_cells(counts, threshold, zeros=zeros)
    candidates = sorted(
        (cell for cell, count in _list_cells(counts) if count >= threshold),
        key=lambda c: (_get_count(counts, c), c),
    )
    if not is_protected(counts, primary | frozenset(candidates), primary, threshold):
        raise ValueError("hiding cells cannot protect this table: collapse its categories")
    choices = (
        _list_choices(counts, candidates, cheapest)
        if len(candidates) <= MAX_EXHAUSTIVE_CANDIDATES
        else iter(())
    )
    for choice in choices:
        hidden = primary | choice
        if _has_companions(hidden, primary) and is_protected(counts, hidden, primary, threshold):
            return choice
    return _prune_choice(counts, primary, candidates, threshold)


def _list_choices(counts: Counts, candidates: Sequence[Cell], cheapest: Cost) -> Iterator[frozenset[Cell]]:
    subsets = chain.from_iterable(combinations(candidates, size) for size in range(len(candidates) + 1))

    def get_cost(subset: tuple[Cell, ...]) -> tuple[int, int]:
        value = sum(_get_count(counts, cell) for cell in subset)
        return (value, len(subset)) if cheapest == "value" else (len(subset), value)

    return (frozenset(subset) for subset in sorted(subsets, key=get_cost))


def _prune_choice(
    counts: Counts, primary: frozenset[Cell], candidates: Sequence[Cell], threshold: int
) -> frozenset[Cell]:
    """Hide every candidate, then show again whatever can be, the largest counts first."""
    chosen = frozenset(candidates)
    for cell in reversed(candidates):
        fewer = chosen - {cell}
        if _has_companions(primary | fewer, primary) and is_protected(
            counts, primary | fewer, primary, threshold
        ):
            chosen = fewer
    return chosen


def _has_companions(hidden: frozenset[Cell], primary: frozenset[Cell]) -> bool:
    """A quick necessary test: no primary cell is alone in its row or column."""
    return all(
        any(other != cell and other[axis] == cell[axis] for other in hidden)
        for cell in primary
        for axis in (0, 1)
    )


def _build_puzzle(counts: Counts, hidden: frozenset[Cell]) -> DisclosurePuzzle:
    truth: dict[Key, int] = dict(_list_cells(counts))
    known: dict[Key, Bounds] = {
        cell: (0, UNKNOWN) if cell in hidden else (count, count) for cell, count in _list_cells(counts)
    }
    sums = []
    for axis, name in ((0, "row"), (1, "column")):
        for at in sorted({cell[axis] for cell, _ in _list_cells(counts)}):
            parts = tuple(cell for cell, _ in _list_cells(counts) if cell[axis] == at)
            total = (name, at)
            truth[total] = sum(_get_count(counts, cell) for cell in parts)
            known[total] = (truth[total], truth[total])
            sums.append(Sum(total, parts))
    return DisclosurePuzzle(truth, known, sums)


def _list_cells(counts: Counts) -> list[tuple[Cell, int]]:
    return [((row, column), count) for row, line in enumerate(counts) for column, count in enumerate(line)]


def _get_count(counts: Counts, cell: Cell) -> int:
    return counts[cell[0]][cell[1]]
