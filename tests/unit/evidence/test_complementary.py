"""Complementary suppression: the audit is exact, and the cheapest safe choice is found."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.evidence.complementary import (
    choose_complements,
    compute_feasible_ranges,
    find_primary_cells,
    is_protected,
)

# Worked example (counts invented): three places by White, Asian, Mixed, Other; threshold 5, noughts shown.
EXAMPLE_COUNTS = ((41, 3, 6, 0), (22, 31, 5, 2), (18, 9, 1, 6))
PRIMARY_CELLS = frozenset({(0, 1), (1, 3), (2, 2)})


def test_primary_cells():
    assert find_primary_cells(EXAMPLE_COUNTS) == PRIMARY_CELLS
    assert find_primary_cells(EXAMPLE_COUNTS, zeros=True) == PRIMARY_CELLS | {(0, 3)}


def test_small_cells_alone_are_all_worked_out():
    assert compute_feasible_ranges(EXAMPLE_COUNTS, PRIMARY_CELLS) == {
        (0, 1): (3, 3),
        (1, 3): (2, 2),
        (2, 2): (1, 1),
    }


def test_two_a_row_is_not_enough():
    hidden = PRIMARY_CELLS | {(0, 2), (1, 2), (2, 3)}
    assert compute_feasible_ranges(EXAMPLE_COUNTS, hidden) == {
        (0, 1): (3, 3), (0, 2): (6, 6), (1, 2): (0, 6), (1, 3): (1, 7), (2, 2): (0, 6), (2, 3): (1, 7),
    }  # fmt: skip
    assert not is_protected(EXAMPLE_COUNTS, hidden, PRIMARY_CELLS)


def test_the_least_sum_hidden():
    chosen = choose_complements(EXAMPLE_COUNTS, cheapest="value")
    assert chosen == {(0, 2), (1, 2), (2, 1), (2, 3)}
    assert sum(EXAMPLE_COUNTS[row][column] for row, column in chosen) == 26
    assert compute_feasible_ranges(EXAMPLE_COUNTS, PRIMARY_CELLS | chosen) == {
        (0, 1): (0, 9), (0, 2): (0, 9), (1, 2): (0, 7), (1, 3): (0, 7),
        (2, 1): (3, 12), (2, 2): (0, 12), (2, 3): (1, 8),
    }  # fmt: skip


def test_the_fewest_cells_hidden():
    chosen = choose_complements(EXAMPLE_COUNTS, cheapest="cells")
    assert chosen == {(0, 2), (1, 1), (2, 3)}
    assert sum(EXAMPLE_COUNTS[row][column] for row, column in chosen) == 43
    assert compute_feasible_ranges(EXAMPLE_COUNTS, PRIMARY_CELLS | chosen) == {
        (0, 1): (2, 9), (0, 2): (0, 7), (1, 1): (25, 32), (1, 3): (1, 8), (2, 2): (0, 7), (2, 3): (0, 7),
    }  # fmt: skip


def test_nothing_small_nothing_hidden():
    assert choose_complements(((5, 6), (7, 8))) == frozenset()


def test_a_table_too_thin_to_protect_says_so():
    with pytest.raises(ValueError, match="collapse"):
        choose_complements(((1, 0), (0, 50)))


def test_beyond_the_exhaustive_size_a_safe_choice_is_still_found():
    counts = tuple(tuple((3 * row + 7 * column) % 19 + 2 for column in range(5)) for row in range(5))
    primary = find_primary_cells(counts)
    chosen = choose_complements(counts)
    assert primary
    assert is_protected(counts, primary | chosen, primary)
    assert all(counts[row][column] >= 5 for row, column in chosen)


tables = st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=2, max_size=3)


def try_every_filling(counts, hidden):
    """Every filling of the hidden cells that leaves all totals as they were: least and most of each."""
    cells = sorted(hidden)
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    fitting = []
    for filling in product(*(range(min(rows[r], columns[c]) + 1) for r, c in cells)):
        trial = [list(row) for row in counts]
        for (r, c), value in zip(cells, filling, strict=True):
            trial[r][c] = value
        if [sum(row) for row in trial] == rows and [sum(col) for col in zip(*trial, strict=True)] == columns:
            fitting.append(filling)
    return {
        cell: (min(values), max(values))
        for cell, values in zip(cells, zip(*fitting, strict=True), strict=True)
    }


@settings(max_examples=60, deadline=None)
@given(tables, st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=5))
def test_the_audit_agrees_with_trying_everything(counts, cells):
    hidden = {(row, column) for row, column in cells if row < len(counts)} or {(0, 0)}
    assert compute_feasible_ranges(counts, hidden) == try_every_filling(counts, hidden)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 20), min_size=3, max_size=4).filter(lambda r: len(r) == 3),
        min_size=3,
        max_size=3,
    )
)
def test_whatever_is_chosen_passes_the_audit_and_is_needed(counts):
    primary = find_primary_cells(counts)
    try:
        chosen = choose_complements(counts)
    except ValueError:
        return
    assert is_protected(counts, primary | chosen, primary)
    assert not chosen & primary
    assert all(not is_protected(counts, primary | (chosen - {one}), primary) for one in chosen)
