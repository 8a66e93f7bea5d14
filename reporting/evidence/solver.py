"""Whole numbers that fit: HiGHS is asked for sets of numbers until each sum has had three values, or cannot.

What is called narrow has been shown to have fewer: its least and its most were found, and what lies between was
asked for. A question that the solver does not answer in time counts as a no.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import highspy
import numpy as np

Terms = Mapping[int, int]  # number of a variable → how often it counts
Name = TypeVar("Name")
WANTED_VALUES = 3
SECONDS_A_QUESTION = 2.0
SECONDS_TO_BEGIN = 120.0
ROUNDS = 3  # of asking for all at once, while each set of rounds closes a cell
ROUGH_GAP = 0.3  # any new value is as good as the best
MOST_NARROW = 8
FIRST_SEED = 20_261


class Problem:
    """Variables (whole numbers from 0 up) and rows: low <= sum of terms <= high."""

    def __init__(self) -> None:
        self.upper: list[int] = []
        self.rows: list[tuple[Terms, int, int]] = []

    def add_variable(self, most: int) -> int:
        self.upper.append(most)
        return len(self.upper) - 1

    def add_row(self, terms: Terms, low: int, high: int) -> None:
        self.rows.append((terms, low, high))


def find_narrow_cells(problem: Problem, cells: Mapping[Name, Terms], small: int) -> list[Name] | None:
    """The cells that can be below `small` and have fewer than three values; None when no numbers fit at all."""
    search = _Search(problem, list(cells.values()), small)
    if not search.begin():
        return None
    search.search_together()
    search.search_apart()
    return [name for at, name in enumerate(cells) if search.is_narrow(at)]


def has_solution(problem: Problem) -> bool:
    """Whether any numbers fit the problem."""
    return _Search(problem, [], 0).begin()


class _Search:
    """The solver with the problem in it, and the values found for each cell."""

    def __init__(self, problem: Problem, cells: Sequence[Terms], small: int) -> None:
        self.cells, self.size, self.small = cells, len(problem.upper), small
        self.upper = np.array(problem.upper, dtype=np.double)
        self.numbers = np.arange(self.size, dtype=np.int32)
        self.values: list[set[int]] = [set() for _ in cells]
        self.matrix = _build_rows(cells)
        self.random = random.Random(FIRST_SEED)
        self.solver = _load_solver(problem)

    # ------------------------------------------------------------ one question
    def begin(self) -> bool:
        """Whether any numbers fit. Raises TimeoutError where that is not known in time: it must not pass for a no."""
        if self.ask(seconds=SECONDS_TO_BEGIN):
            return True
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            raise TimeoutError("the solver found no numbers in time, nor that there are none")
        return False

    def ask(self, direction: Any = None, *, seconds: float = SECONDS_A_QUESTION) -> bool:
        """Numbers that fit, the furthest in this direction; their values are noted for every cell."""
        cost = np.zeros(self.size) if direction is None else direction
        self.solver.changeColsCost(self.size, self.numbers, -cost)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + seconds)
        self.solver.run()
        if self.solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return False
        found = np.rint(np.array(self.solver.getSolution().col_value[: self.size]))
        for values, value in zip(self.values, _multiply(self.matrix, found), strict=True):
            values.add(int(value))
        return True

    def list_open(self) -> list[int]:
        return [at for at, values in enumerate(self.values) if len(values) < WANTED_VALUES]

    # ------------------------------------------------------------ many cells at once
    def search_together(self) -> None:
        """Every open cell is asked for a new value at once, until that helps no more."""
        open_cells, before = self.list_open(), 0
        self.solver.setOptionValue("mip_rel_gap", ROUGH_GAP)
        while open_cells and len(open_cells) != before:
            before = len(open_cells)
            for _ in range(ROUNDS):
                if open_cells:
                    self._ask_softly({at: self._choose_range(at) for at in open_cells})
                    open_cells = self.list_open()
        self.solver.setOptionValue("mip_rel_gap", 0.0)

    def _choose_range(self, at: int) -> tuple[float, float]:
        """Between the extremes found; above them or below where nothing lies between."""
        low, high = min(self.values[at]), max(self.values[at])
        if high - low > 1:
            return low + 1, high - 1
        if low == 0 or self.random.random() < 0.5:
            return high + 1, highspy.kHighsInf
        return -highspy.kHighsInf, low - 1

    def _ask_softly(self, ranges: Mapping[int, tuple[float, float]]) -> None:
        """As many cells as possible in their ranges: what is outside costs its distance."""
        columns, rows = self.size, self.solver.getNumRow()
        for number, (at, (low, high)) in enumerate(ranges.items(), columns):
            self.solver.addCol(1.0, 0.0, highspy.kHighsInf, 0, np.zeros(0, np.int32), np.zeros(0))
            if low > -highspy.kHighsInf:
                _add_solver_row(self.solver, {**self.cells[at], number: 1}, low, highspy.kHighsInf)
            if high < highspy.kHighsInf:
                _add_solver_row(self.solver, {**self.cells[at], number: -1}, -highspy.kHighsInf, high)
        self.ask()
        _remove(self.solver.deleteRows, rows, self.solver.getNumRow())
        _remove(self.solver.deleteCols, columns, self.solver.getNumCol())

    # ------------------------------------------------------------ one cell
    def search_apart(self) -> None:
        """Each cell that is still open by itself: its most, its least, and anything between the two.

        Some narrow cells are enough: then what is published has to change, and all are asked again.
        """
        found = 0
        for at in self.list_open():
            if len(self.values[at]) < WANTED_VALUES:
                self._ask_alone(at)
                found += self.is_narrow(at)
            if found >= MOST_NARROW:
                return

    def _has_room(self, at: int) -> bool:
        return max(self.values[at]) - min(self.values[at]) > 1

    def _ask_alone(self, at: int) -> None:
        for sign in (1, -1):
            direction = np.zeros(self.size)
            for number, times in self.cells[at].items():
                direction[number] += sign * times
            self.ask(direction)
        if len(self.values[at]) < WANTED_VALUES and self._has_room(at):
            self._ask_within([(self.cells[at], min(self.values[at]) + 1, max(self.values[at]) - 1)])

    def _ask_within(self, ranges: Iterable[tuple[Terms, int, int]]) -> bool:
        begun = self.solver.getNumRow()
        for terms, low, high in ranges:
            _add_solver_row(self.solver, terms, low, high)
        found = self.ask()
        _remove(self.solver.deleteRows, begun, self.solver.getNumRow())
        return found

    def is_narrow(self, at: int) -> bool:
        return len(self.values[at]) < WANTED_VALUES and min(self.values[at]) < self.small


# ---------------------------------------------------------------- HiGHS
def _load_solver(problem: Problem) -> Any:
    solver = highspy.Highs()
    solver.silent()
    for option, value in {"threads": 1, "random_seed": 1}.items():
        solver.setOptionValue(option, value)
    solver.passModel(_build_model(problem))
    return solver


def _build_model(problem: Problem) -> Any:
    size, rows = len(problem.upper), _build_rows([terms for terms, _, _ in problem.rows])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size, len(problem.rows)
    model.col_cost_, model.col_lower_ = np.zeros(size), np.zeros(size)
    model.col_upper_ = np.array(problem.upper, dtype=np.double)
    model.row_lower_ = np.array([low for _, low, _ in problem.rows], dtype=np.double)
    model.row_upper_ = np.array([high for _, _, high in problem.rows], dtype=np.double)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows
    model.integrality_ = [highspy.HighsVarType.kInteger] * size
    return model


def _build_rows(rows: Sequence[Terms]) -> tuple[Any, Any, Any]:
    """(where each row begins, numbers of variables, how often each counts), one after the other."""
    starts = np.cumsum([0, *(len(terms) for terms in rows)])
    numbers = np.array([number for terms in rows for number in terms], dtype=np.int32)
    times = np.array([count for terms in rows for count in terms.values()], dtype=np.double)
    return starts, numbers, times


def _multiply(rows: tuple[Any, Any, Any], found: Any) -> Any:
    """The sum of each row at these numbers. No row is empty."""
    starts, numbers, times = rows
    return np.add.reduceat(found[numbers] * times, starts[:-1]) if len(starts) > 1 else np.zeros(0)


def _remove(delete: Callable[..., Any], first: int, end: int) -> None:
    """Rows or columns from the first up to the end."""
    delete(end - first, np.arange(first, end, dtype=np.int32))


def _add_solver_row(solver: Any, terms: Terms, low: float, high: float) -> None:
    numbers = np.array(list(terms), dtype=np.int32)
    solver.addRow(low, high, len(terms), numbers, np.array(list(terms.values()), dtype=np.double))
