"""A walk from one set of numbers that fits to others: each cell is asked for another number, and the rest gives way.

A cell is moved to a number it has not had. The rows that then do not hold are mended one step at a time, by the number
whose step mends most and breaks least; where no step helps, rows that are broken for long count for more, so that the
walk leaves the hollow it is in. What it reaches is a full set of numbers that fits, so each number it finds for a cell
is proved by an example. That it finds none proves nothing: such a cell is treated as if there were none.

A cell for which a number above the small ones is found, and no small one, is not asked further: whatever it could be,
all between is taken to be possible too, so a small number among them would be one of three or more.

Local search by weights of constraints: Morris, "The breakout method for escaping from local minima", AAAI 1993.
"""

import random
from collections.abc import Callable, Sequence, Set
from typing import Any

from reporting.evidence.examples import add_up
from reporting.evidence.problem import NarrowProblem, Row, Terms
from reporting.evidence.recovery import UNKNOWN

# With a row more and the numbers from which to begin: numbers that fit with it too, None where there are none.
Ask = Callable[[Row, Sequence[int]], Sequence[int] | None]
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
REST = range(3, 11)  # steps until one may be taken back


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
        # Of each number the rows that grow when it grows, and those that shrink, each with by how much.
        self._rows_by_sign: list[tuple[list[tuple[int, int]], ...]] = [([], []) for _ in self.numbers]
        for at, (terms, _, _) in enumerate(problem.rows):
            for number, times in terms.items():
                self._rows_of[number].append((at, times))
                self._rows_by_sign[number][times < 0].append((at, abs(times)))
        for at, terms in enumerate(cells):
            for number in terms:
                self._cells_of[number].append(at)
        self._weights = [1 / max(map(abs, terms.values())) for terms, _, _ in problem.rows]
        sums = [self._add_up(terms) for terms, _, _ in problem.rows]
        self._over = [now - high for now, (_, _, high) in zip(sums, problem.rows, strict=True)]
        self._under = [low - now for now, (_, low, _) in zip(sums, problem.rows, strict=True)]
        self._broken = {at for at in range(len(sums)) if self._over[at] > 0 or self._under[at] > 0}
        self.values: list[set[int]] = [set() for _ in cells]
        self.examples: list[
            list[int]
        ] = []  # numbers that fit, each with a value of some cell that no other has

    def settle(self) -> bool:
        """Whether all rows could be made to hold from where the numbers stand; the values of all cells are noted."""
        if self._walk({}, 0, STEPS_TO_SETTLE) is None:
            return False
        for at, terms in enumerate(self.cells):
            self.values[at].add(self._add_up(terms))
        self.examples.append(list(self.numbers))
        return True

    def note_examples(self, fitting: Any) -> None:
        """The values that cells have in other sets of numbers that fit: an array, one row for each set."""
        cells = [at for at, terms in enumerate(self.cells) if terms]
        if not cells or not len(fitting):
            return
        for numbers, values in zip(fitting, add_up([self.cells[at] for at in cells], fitting), strict=True):
            new = [(at, value) for at, value in zip(cells, values.astype(int).tolist(), strict=True)
                   if value not in self.values[at] and not self.is_safe(at)]  # fmt: skip
            for at, value in new:
                self.values[at].add(value)
            if new:
                self.examples.append(numbers.tolist())

    def explore(
        self,
        small: int,
        ask: Ask,
        first: Set[int] = frozenset(),
        suspects: Set[int] = frozenset(),
        ask_of_suspects: Ask | None = None,
    ) -> list[int]:
        """The cells (some, of many) that can be under `small` and for which no three numbers are found.

        All are asked in short rounds, then in longer ones. Where one of the ``suspects`` (narrow before) still is, or
        many of ``first`` are, these are the answer, and no other is asked. Of what is left at the end ``ask`` looks for
        numbers with one more row, and the walk goes on from there. That is done for a few; ``ask_of_suspects`` is
        asked of each suspect, so that none counts as narrow only because others were asked about.
        """
        self._ranges = [self.problem.compute_range(terms) for terms in self.cells]
        every = set(range(len(self.cells)))
        if ask_of_suspects:
            narrow = self._ask_solver(small, ask_of_suspects, suspects, first, enough=1, most=len(suspects))
            if narrow:
                return narrow
        for some in (suspects, first):
            narrow = self._ask_in_rounds(small, some)
            if len(narrow) >= MOST_NARROW:
                return narrow
        if narrow := self._ask_solver(small, ask, suspects, first, enough=1):
            return narrow
        self._ask_in_rounds(small, every - first)
        return self._ask_solver(small, ask, every, first)

    def _ask_in_rounds(self, small: int, among: Set[int]) -> list[int]:
        """Those that are narrow as far as the walk has seen."""
        for steps in STEPS_BY_ROUND:
            self._ask_open(small, steps, among)
        return [at for at in self._list_open(small, among) if min(self.values[at]) < small]

    def _ask_solver(
        self,
        small: int,
        ask: Ask,
        among: Set[int],
        first: Set[int],
        enough: int = MOST_NARROW,
        most: int = MOST_QUESTIONS,
    ) -> list[int]:
        """Those for which it finds nothing either; when they are ``enough``, or it was asked ``most`` questions, also
        some of which it was not asked.
        """
        narrow, large, questions = [], set(), 0
        while left := sorted(
            self._list_open(small, among - {*narrow, *large}), key=lambda at: at not in first
        ):
            if len(narrow) == enough or questions == most:
                narrow += [at for at in left if min(self.values[at]) < small][: MOST_NARROW - len(narrow)]
                break
            questions += 1
            if self._jump(left[0], ask):
                self._ask_open(small, STEPS_BY_ROUND[0], among - {*narrow, *large})
            elif min(self.values[left[0]]) < small:
                narrow.append(left[0])
            else:
                large.add(left[0])
        return [at for at in narrow if not self.is_safe(at)] or narrow

    def _ask_open(self, small: int, steps: int, among: Set[int]) -> None:
        for at in self._list_open(small, among):
            while not self.is_safe(at) and self._ask(at, steps):
                pass

    def _jump(self, at: int, ask: Ask) -> bool:
        """Whether there are numbers that fit with a new one for this cell; the walk then stands there."""
        low, high = min(self.values[at]), max(self.values[at])
        ends = [(high + 1, UNKNOWN), (-UNKNOWN, low - 1), (low + 1, high - 1)]
        for least, most in ends:
            numbers = ask((self.cells[at], least, most), self.numbers) if least <= most else None
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

    def _list_open(self, small: int, among: Set[int]) -> list[int]:
        """Those that could be small, as far as the walk has seen, and are not safe yet; in any order."""
        found = [
            at
            for at in sorted(among)
            if not self.is_safe(at) and self._ranges[at][0] < small and min(self.values[at]) <= small
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
        self.examples.append(list(self.numbers))
        return True

    # ------------------------------------------------------------ steps
    def _walk(self, cell: Terms, goal: int, steps: int) -> list[int] | None:
        """The numbers that were stepped so that the cell is at its goal and all rows hold; None, nothing moved."""
        taken: list[int] = []
        resting: dict[tuple[int, int], int] = {}
        here, reached = self._add_up(cell), False
        weights, standing = list(self._weights), self._save_state()
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
                self._weigh_broken_rows()
            self._step(number, step)
            taken.append(number)
            here += cell.get(number, 0) * step
            resting[number, -step] = now + self._draw(REST)
        self._weights[:] = weights
        if reached:
            return taken
        self._restore_state(*standing)
        return None

    def _save_state(self) -> tuple[Any, ...]:
        return list(self.numbers), list(self._over), list(self._under), set(self._broken)

    def _restore_state(self, numbers: list[int], over: list[int], under: list[int], broken: set[int]) -> None:
        """Where the numbers stood then: sooner than by as many steps back, since most attempts fail."""
        self.numbers[:], self._over[:], self._under[:] = numbers, over, under
        self._broken.clear()
        self._broken.update(broken)

    def _draw(self, among: Sequence[int]) -> int:
        """One of these, each as likely: a fifth of what ``random.choice`` costs."""
        return among[int(self.random.random() * len(among))]

    def _choose_row(self, cell: Terms, missing: int) -> tuple[Terms, bool]:
        """What to mend next, and whether it has to grow: the cell until it is at its goal, then any broken row."""
        if missing:
            return cell, missing > 0
        at = self._draw(tuple(self._broken))
        return self.problem.rows[at][0], self._under[at] > 0

    def _choose_step(
        self, row: Terms, up: bool, cell: Terms, missing: int, resting: dict[tuple[int, int], int], now: int
    ) -> tuple[float, int, int] | None:
        """(harm, number, step) of the step in this row that does least harm; None where none is free."""
        best, least = None, float("inf")
        chance, numbers = self.random.random, self.numbers
        lower, upper = self.problem.lower, self.problem.upper
        for number, times in row.items():
            step = 1 if (times > 0) == up else -1
            if (number, step) in resting and resting[number, step] > now:
                continue
            if not lower[number] <= numbers[number] + step <= upper[number]:
                continue
            harm = self._compute_harm(number, step) + ANY_OF_EQUALS * chance()
            if number in cell:
                harm += OWN_WEIGHT * (abs(missing - cell[number] * step) - abs(missing))
            if harm < least:
                best, least = (harm, number, step), harm
        return best

    def _compute_harm(self, number: int, step: int) -> float:
        """By how much more the rows of this number are broken after the step, by weight.

        ``_over`` and ``_under`` say by how much a row is above and below its bounds, below 0 where it is not.
        """
        over, under, weights = self._over, self._under, self._weights
        harm = 0.0
        growing, shrinking = self._rows_by_sign[number][::step]
        for at, times in growing:
            after = over[at] + times
            if after > 0:
                harm += (times if after > times else after) * weights[at]
            if under[at] > 0:
                harm -= (times if under[at] > times else under[at]) * weights[at]
        for at, times in shrinking:
            after = under[at] + times
            if after > 0:
                harm += (times if after > times else after) * weights[at]
            if over[at] > 0:
                harm -= (times if over[at] > times else over[at]) * weights[at]
        return harm

    def _step(self, number: int, step: int) -> None:
        over, under, broken = self._over, self._under, self._broken
        self.numbers[number] += step
        for at, times in self._rows_of[number]:
            over[at] += times * step
            under[at] -= times * step
            if over[at] > 0 or under[at] > 0:
                broken.add(at)
            else:
                broken.discard(at)

    def _weigh_broken_rows(self) -> None:
        """Those that are broken count for more."""
        for at in self._broken:
            self._weights[at] *= HEAVIER

    def _add_up(self, terms: Terms) -> int:
        return sum(self.numbers[number] * times for number, times in terms.items())
