"""A walk from one set of numbers that fits to others: each cell is asked for another number, and the rest gives way.

A cell is moved to a number it has not had. The rows that then do not hold are mended one step at a time, by the number
whose step mends most and breaks least; where no step helps, rows that are broken for long count for more, so that the
walk leaves the hollow it is in. What it reaches is a full set of numbers that fits, so each number it finds for a cell
is proved by an example. That it finds none proves nothing: such a cell is treated as if there were none.

Local search by weights of constraints: Morris, "The breakout method for escaping from local minima", AAAI 1993.
"""

import random
from collections.abc import Callable, Sequence, Set

from reporting.evidence.problem import NarrowProblem, Row, Terms
from reporting.evidence.recovery import UNKNOWN

Ask = Callable[[Row], Sequence[int] | None]  # numbers that fit with this row too, None where there are none
WANTED_VALUES = 3
FIRST_SEED = 20_261
STEPS_BY_ROUND = (60, 60, 200, 200)  # at most, of an attempt, whenever every open cell is asked
MOST_QUESTIONS = 6  # to the solver, which needs as long for one as the walk for a hundred
MOST_NARROW = (
    6  # cells for which nothing was found: then what is published has to change, and all are asked again
)
STEPS_TO_SETTLE = 3_000
GOALS = 3  # numbers of a cell that are tried, nearest first
OWN_WEIGHT = 3.0  # of a cell's distance from the number it is asked for
HEAVIER = 1.3  # a row that stays broken, each time that no step helps
ANY_OF_EQUALS = 0.2  # how much chance there is in the choice of a step
REST = (3, 10)  # steps until one may be taken back


class Walk:
    """Where the numbers stand (`numbers`), and the values found for each cell (`values`).

    `start` may break rows: ask `settle` first.
    """

    def __init__(self, problem: NarrowProblem, start: Sequence[int], cells: Sequence[Terms]) -> None:
        self.problem, self.cells = problem, cells
        self.numbers = [min(max(each, low), high) for each, low, high
                        in zip(start, problem.lower, problem.upper, strict=True)]  # fmt: skip
        self.random = random.Random(FIRST_SEED)
        self._rows_of: list[list[tuple[int, int]]] = [[] for _ in self.numbers]
        self._cells_of: list[list[int]] = [[] for _ in self.numbers]
        for at, (terms, _, _) in enumerate(problem.rows):
            for number, times in terms.items():
                self._rows_of[number].append((at, times))
        for at, terms in enumerate(cells):
            for number in terms:
                self._cells_of[number].append(at)
        self._terms = [tuple(terms.items()) for terms, _, _ in problem.rows]
        self._low = [low for _, low, _ in problem.rows]
        self._high = [high for _, _, high in problem.rows]
        self._weights = [1 / max(map(abs, terms.values())) for terms, _, _ in problem.rows]
        self._sums = [self._add_up(terms) for terms, _, _ in problem.rows]
        self._broken = {at for at in range(len(problem.rows)) if not self._holds(at)}
        self.values: list[set[int]] = [set() for _ in cells]

    def settle(self) -> bool:
        """Whether all rows could be made to hold from where the numbers stand; the values of all cells are noted."""
        if self._walk({}, 0, STEPS_TO_SETTLE) is None:
            return False
        for at, terms in enumerate(self.cells):
            self.values[at].add(self._add_up(terms))
        return True

    def explore(self, small: int, ask: Ask, first: Set[int] = frozenset()) -> list[int]:
        """The cells (some, of many) that can be under `small` and for which no three numbers are found.

        All are asked in short rounds, then in longer ones. Where many of ``first`` are left, they are taken for narrow.
        Else ``ask`` looks for numbers with one more row for some of what is left, and the walk goes on from there.
        """
        self._ranges = [self.problem.compute_range(terms) for terms in self.cells]
        for steps in STEPS_BY_ROUND:
            self._ask_open(small, steps)
        narrow = [at for at in self._list_open(small) if at in first and min(self.values[at]) < small]
        return narrow if len(narrow) >= MOST_NARROW else self._ask_solver(small, ask, first)

    def _ask_solver(self, small: int, ask: Ask, first: Set[int]) -> list[int]:
        narrow, large, questions = [], set(), 0
        while left := sorted(self._list_open(small, {*narrow, *large}), key=lambda at: at not in first):
            if len(narrow) == MOST_NARROW or questions == MOST_QUESTIONS:
                narrow += [at for at in left if min(self.values[at]) < small][: MOST_NARROW - len(narrow)]
                break
            questions += 1
            if self._jump(left[0], ask):
                self._ask_open(small, STEPS_BY_ROUND[0], {*narrow, *large})
            elif min(self.values[left[0]]) < small:
                narrow.append(left[0])
            else:
                large.add(left[0])
        return [at for at in narrow if not self.is_safe(at)] or narrow

    def _ask_open(self, small: int, steps: int, apart_from: Set[int] = frozenset()) -> None:
        for at in self._list_open(small, apart_from):
            while not self.is_safe(at) and self._ask(at, steps):
                pass

    def _jump(self, at: int, ask: Ask) -> bool:
        """Whether there are numbers that fit with a new one for this cell; the walk then stands there."""
        low, high = min(self.values[at]), max(self.values[at])
        ends = [(high + 1, UNKNOWN), (-UNKNOWN, low - 1), (low + 1, high - 1)]
        for least, most in ends:
            numbers = ask((self.cells[at], least, most)) if least <= most else None
            if numbers:
                self._stand_at(numbers)
                return self.settle()
        return False

    def _stand_at(self, numbers: Sequence[int]) -> None:
        for number, (now, then) in enumerate(zip(self.numbers, numbers, strict=True)):
            if now != then:
                self._step(number, then - now)

    def is_safe(self, at: int) -> bool:
        return len(self.values[at]) >= WANTED_VALUES

    def _list_open(self, small: int, apart_from: Set[int] = frozenset()) -> list[int]:
        found = [
            at
            for at in range(len(self.cells))
            if not self.is_safe(at) and self._ranges[at][0] < small and at not in apart_from
        ]
        self.random.shuffle(found)
        return found

    def _ask(self, at: int, steps: int) -> bool:
        """Whether the cell was brought to a number it had not had: one near to where it is."""
        now, (low, high) = self._add_up(self.cells[at]), self._ranges[at]
        near = [now + far * sign for far in range(1, GOALS + 1) for sign in (1, -1)]
        goals = [goal for goal in near if low <= goal <= high and goal not in self.values[at]]
        return any(self._reach(at, goal, steps) for goal in goals[:GOALS])

    def _reach(self, at: int, goal: int, steps: int) -> bool:
        """Whether the cell came to the goal with every row holding; if not, all is as it was."""
        taken = self._walk(self.cells[at], goal, steps)
        if taken is None:
            return False
        for touched in {cell for number in taken for cell in self._cells_of[number]}:
            self.values[touched].add(self._add_up(self.cells[touched]))
        return True

    # ------------------------------------------------------------ steps
    def _walk(self, cell: Terms, goal: int, steps: int) -> list[int] | None:
        """The numbers that were stepped so that the cell is at its goal and all rows hold; None, nothing moved."""
        taken: list[tuple[int, int]] = []
        resting: dict[tuple[int, int], int] = {}
        heavier: list[tuple[int, float]] = []
        here, reached = self._add_up(cell), False
        for now in range(steps):
            reached = here == goal and not self._broken
            if reached:
                break
            row, up = self._choose_row(cell, goal - here)
            best = self._choose_step(row, up, cell, goal - here, resting, now)
            if best is None:
                continue
            harm, number, step = best
            if harm >= 0:
                heavier += self._weigh_broken_rows()
            self._step(number, step)
            taken.append((number, step))
            here += cell.get(number, 0) * step
            resting[number, -step] = now + self.random.randint(*REST)
        for at, weight in reversed(heavier):
            self._weights[at] = weight
        if reached:
            return [number for number, _ in taken]
        for number, step in reversed(taken):
            self._step(number, -step)
        return None

    def _choose_row(self, cell: Terms, missing: int) -> tuple[Terms, bool]:
        """What to mend next, and whether it has to grow: the cell until it is at its goal, then any broken row."""
        if missing:
            return cell, missing > 0
        at = self.random.choice(tuple(self._broken))
        return self.problem.rows[at][0], self._sums[at] < self._low[at]

    def _choose_step(
        self, row: Terms, up: bool, cell: Terms, missing: int, resting: dict[tuple[int, int], int], now: int
    ) -> tuple[float, int, int] | None:
        """(harm, number, step) of the step in this row that does least harm; None where none is free."""
        best = None
        for number, times in row.items():
            step = 1 if (times > 0) == up else -1
            if resting.get((number, step), 0) > now:
                continue
            harm = self._compute_harm(number, step)
            if harm is None:
                continue
            if number in cell:
                harm += OWN_WEIGHT * (abs(missing - cell[number] * step) - abs(missing))
            harm += ANY_OF_EQUALS * self.random.random()
            if best is None or harm < best[0]:
                best = harm, number, step
        return best

    def _compute_harm(self, number: int, step: int) -> float | None:
        """By how much more the rows of this number are broken after the step, by weight; None out of its bounds."""
        if not self.problem.lower[number] <= self.numbers[number] + step <= self.problem.upper[number]:
            return None
        sums, lows, highs, weights = self._sums, self._low, self._high, self._weights
        harm = 0.0
        for at, times in self._rows_of[number]:
            before, low, high = sums[at], lows[at], highs[at]
            after = before + times * step
            if after < low:
                harm += (low - after) * weights[at]
            elif after > high:
                harm += (after - high) * weights[at]
            if before < low:
                harm -= (low - before) * weights[at]
            elif before > high:
                harm -= (before - high) * weights[at]
        return harm

    def _step(self, number: int, step: int) -> None:
        sums, lows, highs, broken = self._sums, self._low, self._high, self._broken
        self.numbers[number] += step
        for at, times in self._rows_of[number]:
            sums[at] += times * step
            if lows[at] <= sums[at] <= highs[at]:
                broken.discard(at)
            else:
                broken.add(at)

    def _weigh_broken_rows(self) -> list[tuple[int, float]]:
        """Those that are broken count for more; [(row, its weight before)]."""
        before = [(at, self._weights[at]) for at in self._broken]
        for at, weight in before:
            self._weights[at] = HEAVIER * weight
        return before

    def _holds(self, at: int) -> bool:
        return self._low[at] <= self._sums[at] <= self._high[at]

    def _add_up(self, terms: Terms) -> int:
        return sum(self.numbers[number] * times for number, times in terms.items())
