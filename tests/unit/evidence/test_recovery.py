"""The search for other counts agrees with the attacker, who tries everything: on tables small enough for that."""

import random
from itertools import combinations

import pytest

from reporting.evidence import disclosure, recovery
from reporting.evidence.disclosure import Axis, Nesting, Table, publish
from reporting.evidence.recovery import Puzzle, Sum
from tests.unit.evidence.attacker import pinned

SMALL = {"place": 2, "group": 2}
AXES = {"place": 2, "group": 3, "quintile": 2}


def crossed(people, sizes, period="whole"):
    """A table by each two of the axes; people are tuples of places on the axes."""
    axes = [Axis(name, tuple(f"{name} {n}" for n in range(size))) for name, size in sizes.items()]
    for first, other in combinations(range(len(axes)), 2):
        at = [(one[first], one[other]) for one in people]
        rows, columns = axes[first], axes[other]
        counts = tuple(
            tuple(at.count((r, c)) for c in range(len(columns.labels))) for r in range(len(rows.labels))
        )
        yield Table({"count": "seen", "period": period}, rows, columns, counts)


def people(chance, sizes):
    lean = chance.choice((1, 2, 4))
    return [
        tuple(int(size * chance.random() ** lean) for size in sizes.values())
        for _ in range(chance.randint(4, 45))
    ]


def bare(tables, nestings=()):
    """(puzzle, figures as the bare rule shows them, truth, sums)."""
    truth = disclosure._figures(tables)
    sums = [line for table in tables for line in table.sums()] + disclosure._nested(truth, nestings)
    shown = {key: publish(count) for key, count in truth.items()}
    known = {key: disclosure._known(truth[key], shown[key]) for key in truth}
    return Puzzle(truth, known, sums), shown, truth, sums


def without_example(puzzle):
    return {key for key, count in puzzle.truth.items() if count < 5 and puzzle.alternative(key) is None}


@pytest.mark.parametrize(("sizes", "rounds"), [(SMALL, 150), (AXES, 50)], ids=["one table", "three tables"])
def test_what_has_no_example_is_what_the_attacker_pins(sizes, rounds):
    chance, met = random.Random(13), 0
    for _ in range(rounds):
        puzzle, shown, truth, sums = bare(list(crossed(people(chance, sizes), sizes)))
        attacked = set(pinned(shown, truth, sums))
        assert without_example(puzzle) == attacked
        met += len(attacked)
    assert met  # the tables were such that something could be worked out


def test_periods_within_periods_too():
    chance, sizes = random.Random(14), SMALL
    for _ in range(40):
        first, second = people(chance, sizes), people(chance, sizes)
        tables = [
            *crossed(first, sizes, "first"),
            *crossed(second, sizes, "second"),
            *crossed(first + second, sizes, "both"),
        ]
        puzzle, shown, truth, sums = bare(tables, [Nesting("period", "both", ("first", "second"))])
        assert without_example(puzzle) == set(pinned(shown, truth, sums))


def test_an_example_fits_every_sum_and_bound():
    chance = random.Random(15)
    puzzle, shown, truth, sums = bare(list(crossed(people(chance, AXES), AXES)))
    known = {key: disclosure._known(truth[key], shown[key]) for key in truth}
    found = [other for key in truth if (other := puzzle.alternative(key))]
    assert found
    for other in found:
        counts = {key: count + other.get(key, 0) for key, count in truth.items()}
        assert all(low <= counts[key] <= high for key, (low, high) in known.items())
        assert all(counts[line.total] == sum(counts[part] for part in line.parts) for line in sums)


def test_an_example_that_does_not_fit_is_refused(monkeypatch):
    truth = {"all": 9, "a": 4, "b": 5}
    puzzle = Puzzle(truth, dict.fromkeys(truth, (0, 20)), [Sum("all", ("a", "b"))])
    monkeypatch.setattr(recovery.Search, "begin_with", lambda self, move, effort: [move])
    with pytest.raises(RuntimeError, match="sum of its parts"):
        puzzle.alternative("a")
    puzzle.set_known("a", (4, 4))
    with pytest.raises(RuntimeError, match="out of its bounds"):
        puzzle.alternative("a")


def test_a_figure_that_counts_twice_is_moved_with_what_it_moves():
    truth = {"all": 10, "a": 3, "b": 4}
    bounds = {"all": (9, 11), "a": (3, 4), "b": (4, 4)}
    assert Puzzle(truth, bounds, [Sum("all", ("a", "a", "b"))]).alternative("a") is None
    assert Puzzle(truth, bounds | {"b": (2, 4)}, [Sum("all", ("a", "a", "b"))]).range_of("a") == (3, 4)
