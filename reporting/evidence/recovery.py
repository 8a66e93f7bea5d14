"""What a reader could work out from published figures: every other set of counts that would look the same.

Figures are named by keys. A reader knows bounds for each (a rounded figure is within 2 of the truth) and which
figures are sums of which. A figure is safe only if it could have been another number, all else looking alike:
here that other set of counts is found, so "safe" is always shown by an example, never assumed.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Key = Hashable
Bounds = tuple[int, int]
UNKNOWN = 10**9
LONGEST_CHAIN = 16
EFFORT = 4_000


@dataclass(frozen=True)
class Sum:
    """`total` is the sum of `parts`, and the reader knows it."""

    total: Key
    parts: tuple[Key, ...]

    def weight(self, key: Key) -> int:
        """What one more of `key` adds to parts minus total."""
        return self.parts.count(key) - (key == self.total)


class Puzzle:
    """The true counts, what a reader knows of each, and the sums that tie them together."""

    def __init__(self, truth: Mapping[Key, int], known: Mapping[Key, Bounds], sums: Iterable[Sum]):
        self.truth = dict(truth)
        self.known = dict(known)
        self.sums = list(dict.fromkeys(sums))
        self.of: dict[Key, list[int]] = {key: [] for key in self.truth}
        for at, line in enumerate(self.sums):
            self._check(line)
            for key in {line.total, *line.parts}:
                self.of[key].append(at)

    def _check(self, line: Sum) -> None:
        if self.truth[line.total] != sum(self.truth[part] for part in line.parts):
            raise ValueError(f"{line.total} is not the sum of its parts")

    def neighbours(self, keys: Iterable[Key]) -> set[Key]:
        """Every figure that shares a sum with one of these, these included."""
        lines = {at for key in keys for at in self.of[key]}
        return {key for at in lines for key in (self.sums[at].total, *self.sums[at].parts)} | set(keys)

    def alternative(self, key: Key) -> dict[Key, int] | None:
        """Another set of counts that fits all that is known, in which `key` differs by one; None if none is found."""
        return self._shifted(self.truth, key, 1) or self._shifted(self.truth, key, -1)

    def range_of(self, key: Key) -> Bounds:
        """Least and most that `key` could be. Exact where each figure is in two sums at most (a two-way table)."""
        return self._pushed(key, -1), self._pushed(key, 1)

    def _pushed(self, key: Key, step: int) -> int:
        values: dict[Key, int] | None = self.truth
        furthest = self.truth[key]
        while values is not None:
            furthest = values[key]
            values = self._shifted(values, key, step)
        return furthest

    def _shifted(self, values: Mapping[Key, int], key: Key, step: int) -> dict[Key, int] | None:
        for longest in range(2, LONGEST_CHAIN + 1, 2):
            search = _Search(self, dict(values), longest)
            if search.from_moving(key, step):
                return search.values
        return None


class _Search:
    """Moves figures by one, each once at most, until every sum holds again: depth first, hardest sum first."""

    def __init__(self, puzzle: Puzzle, values: dict[Key, int], longest: int):
        self.puzzle, self.values, self.longest = puzzle, values, longest
        self.moved: dict[Key, int] = {}
        self.excess: dict[int, int] = {}
        self.effort = EFFORT

    def from_moving(self, key: Key, step: int) -> bool:
        return self._allowed(key, step) and self._try(key, step)

    def _allowed(self, key: Key, step: int) -> bool:
        low, high = self.puzzle.known[key]
        return key not in self.moved and low <= self.values[key] + step <= high

    def _try(self, key: Key, step: int) -> bool:
        self._move(key, step)
        self.moved[key] = step
        if self._settle():
            return True
        self._move(key, -step)
        del self.moved[key]
        return False

    def _move(self, key: Key, step: int) -> None:
        self.values[key] += step
        for at in self.puzzle.of[key]:
            excess = self.excess.pop(at, 0) + step * self.puzzle.sums[at].weight(key)
            if excess:
                self.excess[at] = excess

    def _settle(self) -> bool:
        if not self.excess:
            return True
        self.effort -= 1
        if self.effort < 0 or len(self.moved) >= self.longest:
            return False
        hardest = min((self._moves(at) for at in self.excess), key=len)
        return any(self._try(key, step) for key, step in sorted(hardest, key=self._disturbance))

    def _moves(self, at: int) -> list[tuple[Key, int]]:
        line = self.puzzle.sums[at]
        wanted = -1 if self.excess[at] > 0 else 1
        moves = ((key, wanted * line.weight(key)) for key in (line.total, *line.parts))
        return [move for move in moves if self._allowed(*move)]

    def _disturbance(self, move: tuple[Key, int]) -> int:
        key, step = move
        before_after = (
            (self.excess.get(at, 0), self.excess.get(at, 0) + step * self.puzzle.sums[at].weight(key))
            for at in self.puzzle.of[key]
        )
        return sum(abs(after) - abs(before) for before, after in before_after)
