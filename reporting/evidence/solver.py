"""Any whole numbers that fit, by HiGHS: where the search begins when nothing nearer is known (`walk`)."""

import contextlib
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import highspy
import numpy as np

from reporting.evidence.problem import NarrowProblem, Row, Terms, build_matrix
from reporting.evidence.recovery import UNKNOWN

# Branches of the search, not seconds: the answer must not hang on what else the machine does.
BRANCHES_TO_BEGIN, BRANCHES_A_QUESTION = 20_000, 200
MOST_SECONDS = 120.0
# How many variables around what is asked for are free in a question, the rest staying as they are: of 400 it takes a
# hundredth of the time that it takes of 1,700, and most of what there is to find is found near.
NEAR_VARIABLES, MORE_VARIABLES = (400, 800), 1_600


class OutOfTime(Exception):
    """The solver found no numbers in time, nor that there are none."""


def find_numbers(problem: NarrowProblem, branches: int = BRANCHES_TO_BEGIN) -> list[int] | None:
    """One number for each variable so that every row holds; None when there are none. Raises OutOfTime."""
    solver = _load_solver(problem)
    solver.setOptionValue("time_limit", MOST_SECONDS)
    solver.setOptionValue("mip_max_nodes", branches)
    solver.run()
    if solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        return [round(each) for each in solver.getSolution().col_value]
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    raise OutOfTime


def find_more(
    problem: NarrowProblem, row: Row, numbers: Sequence[int], *, widely: bool = False
) -> list[int] | None:
    """Numbers that fit with this row too; no answer in time counts as none.

    Looked for among those that differ from ``numbers``, which fit without the row, near to what is asked for;
    ``widely``: in more of them, too.
    """
    asked = replace(problem, rows=[*problem.rows, row])
    for size in [*NEAR_VARIABLES, *([MORE_VARIABLES] if widely else [])]:
        free = _list_near(asked, list(row[0]), size)
        if found := _find_or_give_up(_fix_all_but(free, asked, numbers)):
            return found
        if len(free) == len(numbers):
            break
    return None


def _find_or_give_up(problem: NarrowProblem) -> list[int] | None:
    with contextlib.suppress(OutOfTime):
        return find_numbers(problem, BRANCHES_A_QUESTION)
    return None


def _fix_all_but(free: set[int], problem: NarrowProblem, numbers: Sequence[int]) -> NarrowProblem:
    lower, upper = list(numbers), list(numbers)
    for number in free:
        lower[number], upper[number] = problem.lower[number], problem.upper[number]
    return NarrowProblem(lower, upper, problem.rows)


def _list_near(problem: NarrowProblem, begin: Sequence[int], enough: int) -> set[int]:
    """These and the variables that share a row with them, and so on, until there are enough."""
    rows_of: dict[int, list[Terms]] = {}
    for terms, _, _ in problem.rows:
        for number in terms:
            rows_of.setdefault(number, []).append(terms)
    near, waiting = set(begin), deque(begin)
    while waiting and len(near) < enough:
        for terms in rows_of.get(waiting.popleft(), ()):
            waiting.extend(number for number in terms if number not in near)
            near.update(terms)
    return near


def _load_solver(problem: NarrowProblem) -> Any:
    solver = highspy.Highs()
    solver.silent()
    for option, value in {"threads": 1, "random_seed": 1}.items():
        solver.setOptionValue(option, value)
    solver.passModel(_build_model(problem))
    return solver


def _build_model(problem: NarrowProblem) -> Any:
    size, rows = len(problem.upper), build_matrix([terms for terms, _, _ in problem.rows])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = size, len(problem.rows)
    model.col_cost_ = np.zeros(size)
    model.col_lower_ = np.array(problem.lower, dtype=np.double)
    model.col_upper_ = np.array(problem.upper, dtype=np.double)
    # A thousand million is no bound of anything; taken for one it makes the solver call infeasible what is not.
    low, high = (np.array([row[at] for row in problem.rows], dtype=np.double) for at in (1, 2))
    model.row_lower_ = np.where(low <= -UNKNOWN, -highspy.kHighsInf, low)
    model.row_upper_ = np.where(high >= UNKNOWN, highspy.kHighsInf, high)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = rows
    model.integrality_ = [highspy.HighsVarType.kInteger] * size
    return model
