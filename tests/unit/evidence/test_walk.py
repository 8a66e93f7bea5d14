"""The walk and the solver against every set of numbers there is, of problems small enough to list them."""

import random
from functools import partial
from itertools import product

import numpy as np
import pytest

from reporting.evidence.examples import build_examples, choose_fitting, map_labels
from reporting.evidence.problem import Problem, narrow_problem
from reporting.evidence.solver import OutOfTime, find_more, find_numbers
from reporting.evidence.walk import WANTED_VALUES, Walk

MOST = 6
SMALL = 5


def draw_problem(chance):
    """Five numbers and four rows that hold for some drawn numbers."""
    problem, numbers = Problem(), [chance.randint(0, MOST) for _ in range(5)]
    for _ in numbers:
        problem.add_variable(MOST)
    for _ in range(4):
        terms = {at: chance.choice((-1, 1, 2)) for at in chance.sample(range(5), 3)}
        total = sum(times * numbers[at] for at, times in terms.items())
        problem.add_row(terms, total - chance.randint(0, 1), total + chance.randint(0, 1))
    return problem, numbers


def list_all(problem):
    return [
        numbers
        for numbers in product(range(MOST + 1), repeat=5)
        if all(low <= sum(times * numbers[at] for at, times in terms.items()) <= high
               for terms, low, high in problem.rows)
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_a_cell_is_safe_only_by_numbers_that_fit_and_narrow_only_when_there_are_no_three(seed):
    problem, numbers = draw_problem(random.Random(seed))
    every = list_all(problem)
    narrow = narrow_problem(problem)
    assert all(narrow.lower[at] <= each[at] <= narrow.upper[at] for each in every for at in range(5))
    cells = [{at: 1} for at in range(5)]
    walk = Walk(narrow, numbers, cells)
    assert walk.settle()
    found = walk.explore(SMALL, partial(find_more, narrow))
    for at in range(5):
        possible = {each[at] for each in every}
        assert walk.values[at] <= possible
        assert at not in found or len(possible) < WANTED_VALUES
    truly = [at for at in range(5) if len({each[at] for each in every}) < WANTED_VALUES
             and min(each[at] for each in every) < SMALL]  # fmt: skip
    assert bool(found) == bool(truly)


def test_rows_that_contradict_one_another_have_no_numbers():
    problem = Problem()
    one, other = problem.add_variable(9), problem.add_variable(9)
    problem.add_row({one: 1, other: 1}, 1, 1)
    problem.add_row({one: 1, other: -1}, 0, 0)
    narrow = narrow_problem(problem)
    assert narrow is None or find_numbers(narrow) is None
    problem.add_row({one: 1}, 9, 9)
    assert narrow_problem(problem) is None


def test_a_cell_far_above_the_small_ones_is_not_asked_and_one_that_was_narrow_is_asked_first():
    """Of 9 or 10 nobody takes it for small; where the suspect is still narrow, no other cell is worth a question."""
    problem = Problem()
    large, narrow, wide = (problem.add_variable(most) for most in (10, 1, 9))
    problem.add_row({large: 1, narrow: 1}, 10, 10)
    cells, asked = [{large: 1}, {narrow: 1}, {wide: 1}], []
    walk = Walk(narrow_problem(problem), [9, 1, 0], cells)
    assert walk.settle()
    assert walk.explore(SMALL, lambda row, numbers: asked.append(row), suspects={1}) == [1]
    assert asked
    assert all(dict(terms) == cells[1] for terms, _, _ in asked)
    assert walk.values[2] == {0}


def test_a_question_is_answered_by_numbers_near_to_what_is_asked(monkeypatch):
    """What is far from it stays as it was."""
    monkeypatch.setattr("reporting.evidence.solver.NEAR_VARIABLES", (2,))
    problem = Problem()
    here, beside, *far = (problem.add_variable(MOST) for _ in range(5))
    problem.add_row({here: 1, beside: 1}, 4, 4)
    problem.add_row({far[0]: 1, far[1]: 1, far[2]: 1}, 5, 5)
    found = find_more(narrow_problem(problem), ({here: 1}, 3, MOST), [0, 4, 3, 1, 1])
    assert found[0] >= 3
    assert found[0] + found[1] == 4
    assert found[2:] == [3, 1, 1]


def test_a_question_without_an_answer_in_time_is_no_answer(monkeypatch):
    problem = Problem()
    problem.add_variable(3)
    monkeypatch.setattr(
        "reporting.evidence.solver.find_numbers", lambda *asked: (_ for _ in ()).throw(OutOfTime)
    )
    assert find_more(narrow_problem(problem), ({0: 1}, 1, 1), [0]) is None


# ---------------------------------------------------------------- what one attack found, held against the next
def test_of_earlier_sets_only_those_that_fit_now_are_believed():
    problem = Problem()
    one, other = problem.add_variable(9), problem.add_variable(9)
    problem.add_row({one: 1, other: 1}, 4, 6)
    narrow = narrow_problem(problem)
    sets = np.array([[1, 4], [0, 3], [3, 4], [6, 0], [10, -4]])
    assert choose_fitting(narrow, sets).tolist() == [[1, 4], [6, 0]]
    walk = Walk(narrow, [2, 2], [{one: 1}, {one: 1, other: -1}, {}])
    assert walk.settle()
    walk.note_examples(choose_fitting(narrow, sets))
    assert walk.values == [{1, 2, 6}, {-3, 0, 6}, {0}]
    assert walk.examples == [[2, 2], [1, 4], [6, 0]]


def at_group(*labels):
    return "month", "seen", (("ethnicity", frozenset(labels)),)


def test_counts_of_finer_groups_are_added_up_where_groups_were_joined():
    """What is divided otherwise now, or is not counted any more, goes nowhere."""
    known = build_examples({at_group("White"): 7, at_group("Asian"): 2, at_group("Black"): 3})
    groups = [frozenset({"White"}), frozenset({"Asian", "Black"})]
    homes = {"month": (map_labels({"ethnicity": groups}), {})}
    assert known.carry_to([at_group("Asian", "Black"), at_group("White")], homes).tolist() == [[5, 7]]
    assert known.carry_to([at_group("White")], {}).tolist() == [[0]]
    wider = build_examples({at_group("White", "Asian"): 9})
    assert wider.carry_to([at_group("White")], homes).tolist() == [[0]]


@pytest.mark.parametrize("seed", range(10))
def test_a_second_attack_that_begins_with_the_first_ones_examples_finds_the_same(seed):
    """Nothing has changed, so no cell is asked again for what is known of it, and none is called safe that is not."""
    problem, numbers = draw_problem(random.Random(seed))
    narrow, cells = narrow_problem(problem), [{at: 1} for at in range(5)]
    first = Walk(narrow, numbers, cells)
    assert first.settle()
    found = first.explore(SMALL, partial(find_more, narrow))
    second = Walk(narrow, first.examples[-1], cells)
    assert second.settle()
    second.note_examples(choose_fitting(narrow, np.array(first.examples)))
    assert all(each in list_all(problem) for each in map(tuple, second.examples))
    assert sorted(second.explore(SMALL, partial(find_more, narrow))) == sorted(found)
