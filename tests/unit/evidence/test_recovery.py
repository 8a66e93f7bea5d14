"""The search for other counts agrees with the attacker, who tries everything: on tables small enough for that."""

import random
from itertools import combinations

import pytest

from reporting.evidence import disclosure, recovery
from reporting.evidence.disclosure import Axis, Nesting, Table, publish_count
from reporting.evidence.recovery import DisclosurePuzzle, Sum
from tests.unit.evidence.attacker import find_pinned_figures

ONE_TABLE_SIZES = {"place": 2, "group": 2}
THREE_TABLE_SIZES = {"place": 2, "group": 3, "quintile": 2}


def build_crossed_tables(people, sizes, period="whole"):
    """A table by each two of the axes; people are tuples of places on the axes."""
    axes = [Axis(name, tuple(f"{name} {n}" for n in range(size))) for name, size in sizes.items()]
    for first, other in combinations(range(len(axes)), 2):
        at = [(one[first], one[other]) for one in people]
        rows, columns = axes[first], axes[other]
        counts = tuple(
            tuple(at.count((r, c)) for c in range(len(columns.labels))) for r in range(len(rows.labels))
        )
        yield Table({"count": "seen", "period": period}, rows, columns, counts)


def draw_people(chance, sizes):
    lean = chance.choice((1, 2, 4))
    return [
        tuple(int(size * chance.random() ** lean) for size in sizes.values())
        for _ in range(chance.randint(4, 45))
    ]


def build_puzzle(tables, nestings=()):
    """(puzzle, figures as the bare rule shows them, truth, sums)."""
    truth = disclosure._merge_figures(tables)
    sums = [line for table in tables for line in table.sums()] + disclosure._build_nested_sums(
        truth, nestings
    )
    shown = {key: publish_count(count) for key, count in truth.items()}
    known = {key: disclosure._get_worst_bounds(truth[key], shown[key]) for key in truth}
    return DisclosurePuzzle(truth, known, sums), shown, truth, sums


def find_unmovable(puzzle):
    return {key for key, count in puzzle.truth.items() if count < 5 and puzzle.find_alternative(key) is None}


@pytest.mark.parametrize(
    ("sizes", "rounds"), [(ONE_TABLE_SIZES, 150), (THREE_TABLE_SIZES, 50)], ids=["one table", "three tables"]
)
def test_what_has_no_example_is_what_the_attacker_pins(sizes, rounds):
    chance, met = random.Random(13), 0
    for _ in range(rounds):
        puzzle, shown, truth, sums = build_puzzle(
            list(build_crossed_tables(draw_people(chance, sizes), sizes))
        )
        attacked = set(find_pinned_figures(shown, truth, sums))
        assert find_unmovable(puzzle) == attacked
        met += len(attacked)
    assert met  # the tables were such that something could be worked out


def test_periods_within_periods_too():
    chance, sizes = random.Random(14), ONE_TABLE_SIZES
    for _ in range(40):
        first, second = draw_people(chance, sizes), draw_people(chance, sizes)
        tables = [
            *build_crossed_tables(first, sizes, "first"),
            *build_crossed_tables(second, sizes, "second"),
            *build_crossed_tables(first + second, sizes, "both"),
        ]
        puzzle, shown, truth, sums = build_puzzle(tables, [Nesting("period", "both", ("first", "second"))])
        assert find_unmovable(puzzle) == set(find_pinned_figures(shown, truth, sums))


def test_an_example_fits_every_sum_and_bound():
    chance = random.Random(15)
    puzzle, shown, truth, sums = build_puzzle(
        list(build_crossed_tables(draw_people(chance, THREE_TABLE_SIZES), THREE_TABLE_SIZES))
    )
    known = {key: disclosure._get_worst_bounds(truth[key], shown[key]) for key in truth}
    found = [other for key in truth if (other := puzzle.find_alternative(key))]
    assert found
    for other in found:
        counts = {key: count + other.get(key, 0) for key, count in truth.items()}
        assert all(low <= counts[key] <= high for key, (low, high) in known.items())
        assert all(counts[line.total] == sum(counts[part] for part in line.parts) for line in sums)


def test_an_example_that_does_not_fit_is_refused(monkeypatch):
    truth = {"all": 9, "a": 4, "b": 5}
    puzzle = DisclosurePuzzle(truth, dict.fromkeys(truth, (0, 20)), [Sum("all", ("a", "b"))])
    monkeypatch.setattr(recovery.Search, "begin_with", lambda self, move, effort: [move])
    with pytest.raises(RuntimeError, match="sum of its parts"):
        puzzle.find_alternative("a")
    puzzle.set_known("a", (4, 4))
    with pytest.raises(RuntimeError, match="out of its bounds"):
        puzzle.find_alternative("a")


def test_a_figure_that_counts_twice_is_moved_with_what_it_moves():
    truth = {"all": 10, "a": 3, "b": 4}
    bounds = {"all": (9, 11), "a": (3, 4), "b": (4, 4)}
    assert DisclosurePuzzle(truth, bounds, [Sum("all", ("a", "a", "b"))]).find_alternative("a") is None
    assert DisclosurePuzzle(truth, bounds | {"b": (2, 4)}, [Sum("all", ("a", "a", "b"))]).compute_range(
        "a"
    ) == (3, 4)
