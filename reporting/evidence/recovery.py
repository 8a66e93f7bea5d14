"""What a reader could work out from published figures: every other set of counts that would look the same.

Figures are named by keys. A reader knows bounds for each (a rounded figure is within 2 of the truth) and which
figures are sums of which. A figure is safe only if it could have been another number, all else looking alike:
here that other set of counts is found (recovery_search.py) and checked, so "safe" is always shown by an example,
never assumed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporting.evidence.recovery_search import (
    FEW_BRANCHES,
    MANY_BRANCHES,
    Network,
    Search,
    SearchEffort,
    encode_move,
    sum_net_changes,
)

Key = Hashable
Bounds = tuple[int, int]
UNKNOWN = 10**9


@dataclass(frozen=True)
class Sum:
    """`total` is the sum of `parts`, and the reader knows it."""

    total: Key
    parts: tuple[Key, ...]

    def compute_weights(self) -> dict[Key, int]:
        """{key: what one more of it adds to parts minus total}."""
        found = {self.total: -1}
        for part in self.parts:
            found[part] = found.get(part, 0) + 1
        return found


class DisclosurePuzzle:
    """The true counts, what a reader knows of each, and the sums that tie them together."""

    def __init__(self, truth: Mapping[Key, int], known: Mapping[Key, Bounds], sums: Iterable[Sum]) -> None:
        self.truth = dict(truth)
        self.sums = list(dict.fromkeys(sums))
        self._keys = list(self.truth)
        self._number = {key: number for number, key in enumerate(self._keys)}
        self._bounds = [known[key] for key in self._keys]
        self._lines = [
            {self._number[key]: n for key, n in line.compute_weights().items()} for line in self.sums
        ]
        self._counts = list(self.truth.values())
        self._check_sums()
        self._sums_of: list[dict[int, int]] = [{} for _ in self._keys]
        for at, weights in enumerate(self._lines):
            for number, weight in weights.items():
                self._sums_of[number][at] = weight
        self._by_links = Network(len(self._keys), self._lines)
        self._room = self._compute_room(self._counts)

    def _check_sums(self) -> None:
        for line, weights in zip(self.sums, self._lines, strict=True):
            if sum(weight * self._counts[number] for number, weight in weights.items()):
                raise ValueError(f"{line.total} is not the sum of its parts")

    def set_known(self, key: Key, bounds: Bounds) -> None:
        """From now on the reader knows only this of `key`."""
        self._bounds[self._number[key]] = bounds
        self._room = self._compute_room(self._counts)

    def find_neighbours(self, keys: Iterable[Key]) -> set[Key]:
        """Every figure that shares a sum with one of these, these included."""
        near = set(keys)
        lines = ((line.total, *line.parts) for line in self.sums)
        return near.union(*(line for line in lines if not near.isdisjoint(line)))

    def find_alternative(self, key: Key) -> dict[Key, int] | None:
        """{figure: how much it differs} in other counts that fit all that is known, `key` by one; None if not found."""
        changes = self._find_changes(self._room, key, (1, -1))
        if changes is None:
            return None
        self._check_fit(changes)
        return {self._keys[number]: change for number, change in changes.items()}

    def compute_range(self, key: Key) -> Bounds:
        """Least and most that `key` could be. Exact where each figure is in two sums at most (a two-way table)."""
        return self._find_furthest(key, -1), self._find_furthest(key, 1)

    def _find_furthest(self, key: Key, step: int) -> int:
        counts = list(self._counts)
        while changes := self._find_changes(self._compute_room(counts), key, (step,)):
            for number, change in changes.items():
                counts[number] += change
        return counts[self._number[key]]

    def _find_changes(self, room: Sequence[int], key: Key, steps: Iterable[int]) -> dict[int, int] | None:
        """{number of a figure: how much it differs} with `key` moved by one of these steps."""
        for network, effort in self._list_attempts():
            for step in steps:
                moves = Search(network, room).begin_with(encode_move(self._number[key], step), effort)
                if moves is not None:
                    return sum_net_changes(moves)
        return None

    def _list_attempts(self) -> Iterator[tuple[Network, SearchEffort]]:
        """By links nearly every example is found at once; without them, the few that need many branches."""
        yield self._by_links, FEW_BRANCHES
        yield self._by_branches, MANY_BRANCHES

    @cached_property
    def _by_branches(self) -> Network:
        return Network(len(self._keys), self._lines, with_links=False)

    def _compute_room(self, counts: Sequence[int]) -> list[int]:
        """How often each move can be made: down, then up, of each count."""
        limits = zip(counts, self._bounds, strict=True)
        return [room for count, (low, high) in limits for room in (max(0, count - low), max(0, high - count))]

    def _check_fit(self, changes: Mapping[int, int]) -> None:
        """The example is checked apart from the search: a figure must not be called safe by its mistake."""
        for number, change in changes.items():
            low, high = self._bounds[number]
            if not low <= self._counts[number] + change <= high:
                raise RuntimeError(f"{self._keys[number]} would be out of its bounds")
        excess: Counter[int] = Counter()
        for number, change in changes.items():
            excess.update({at: weight * change for at, weight in self._sums_of[number].items()})
        if any(excess.values()):
            raise RuntimeError("a total would not be the sum of its parts")
