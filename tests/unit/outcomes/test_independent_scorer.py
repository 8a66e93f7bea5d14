"""A second scorer, which shares nothing with the product, agrees with it on random answers to every measure.

Ends of the range, missing answers, marks of not applying and answers that cannot be are laid often. PAIRS_LONG asks
10,000 sets a measure; PAIRS_MEASURES_SEED repeats another run.
"""

import ast
import os
import random
from fractions import Fraction
from pathlib import Path

import pytest

from outcomes.measure_definitions import GOAL, ITEMS, TOTAL_OF
from outcomes.measures import get_catalogue
from outcomes.scoring import find_answer_errors, find_total_errors, score_measure
from tests.unit.outcomes import independent_scorer

SET_COUNT = 10_000 if os.environ.get("PAIRS_LONG") else 200
SEED = os.environ.get("PAIRS_MEASURES_SEED", "6")


def draw_answer(rng, low, high, tenths):
    """An end of the range every second time; in between otherwise."""
    if rng.random() < 0.5:
        return Fraction(rng.choice((low, high)))
    return Fraction(rng.randint(low * 10, high * 10), 10) if tenths else Fraction(rng.randint(low, high))


def draw_impossible_answer(rng, low, high):
    return rng.choice((Fraction(low - 1), Fraction(high + 1), Fraction(low) + Fraction(1, 4), Fraction(-100)))


def draw_answers(rng, measure):
    """{item: answer, or None: does not apply}: whole, with a few gaps, mostly gaps, empty, or with what cannot be."""
    low, high, tenths, signs = independent_scorer.MEASURE_FORMS[measure]
    gaps = rng.choice((0, 0, 0, 1 / len(signs), 0.2, 0.8))
    skips = rng.choice((0, 0.1, 0.5, 1))
    answers = {}
    for item in range(1, len(signs) + 1):
        if rng.random() < gaps:
            continue
        skipped = independent_scorer.may_not_apply(measure, item) and rng.random() < skips
        answers[item] = None if skipped else draw_answer(rng, low, high, tenths)
    if rng.random() < 0.2:
        answers[rng.randint(0, len(signs) + 1)] = rng.choice((None, draw_impossible_answer(rng, low, high)))
    return answers


def score_by_product(measure, answers):
    """What the product makes of it, in the independent scorer's form."""
    given = {item: None if answer is None else float(answer) for item, answer in answers.items()}
    if wrong := find_answer_errors(measure, given):
        return set(wrong)
    scores = score_measure(measure, given)
    found = {scale.id: scale.band(scores[scale.id]) for scale in measure.scales}
    return scores, measure.risky(given), {name: each.words if each else None for name, each in found.items()}


def score_independently(measure, answers):
    if wrong := independent_scorer.find_impossible_items(measure, answers):
        return wrong
    scores, risk, bands = independent_scorer.score_answers(measure, answers)
    return {name: None if each is None else float(each) for name, each in scores.items()}, risk, bands


def check_agreement(measure, sets, product, other, record_property):
    """Every set scored twice; the first few that differ are shown."""
    differ = [each for each in sets if product(each) != other(each)]
    record_property("agreed", (measure, len(sets), len(sets) - len(differ)))
    assert [(each, product(each), other(each)) for each in differ[:3]] == []


@pytest.mark.prove
@pytest.mark.parametrize("measure", sorted(independent_scorer.MEASURE_FORMS))
def test_two_scorers_agree(measure, record_property):
    """Two scorers that share nothing agree on random answers."""
    rng = random.Random(f"{SEED} {measure}")
    sheet = get_catalogue()[measure]
    check_agreement(
        measure,
        [draw_answers(rng, measure) for _ in range(SET_COUNT)],
        lambda answers: score_by_product(sheet, answers),
        lambda answers: score_independently(measure, answers),
        record_property,
    )


def draw_typed_numbers(rng, measure):
    """{score: number}: whole or with gaps; a CARE-Index makes 14 every second time."""
    gaps = rng.choice((0, 0, 0.1, 0.6))
    limits = independent_scorer.TYPED_RANGES[measure]
    typed = {
        name: int(draw_answer(rng, *ends, False)) for name, ends in limits.items() if rng.random() >= gaps
    }
    if measure == "care_index" and rng.random() < 0.5:
        typed |= draw_sum_of_fourteen(rng, "adult", limits) | draw_sum_of_fourteen(rng, "child", limits)
    if typed and rng.random() < 0.2:
        typed[rng.choice(sorted(typed))] = rng.choice((-1, 61, 15, 14, 11))
    return typed


def draw_sum_of_fourteen(rng, person, limits):
    names = [name for name in limits if name.startswith(person)]
    points = [rng.choice(names) for _ in range(14)]
    return {name: points.count(name) for name in names}


@pytest.mark.prove
@pytest.mark.parametrize("measure", sorted(independent_scorer.TYPED_RANGES))
def test_two_scorers_agree_on_what_is_typed(measure, record_property):
    """Two scorers that share nothing agree on numbers that are typed."""
    rng = random.Random(f"{SEED} {measure}")
    sheet = get_catalogue()[measure]
    check_agreement(
        measure,
        [draw_typed_numbers(rng, measure) for _ in range(SET_COUNT)],
        lambda typed: bool(find_total_errors(sheet, typed, {})) or score_measure(sheet, {}, typed),
        lambda typed: (
            independent_scorer.is_typed_impossible(measure, typed)
            or independent_scorer.score_typed(measure, typed)
        ),
        record_property,
    )


def test_every_measure_with_a_score_of_its_own_is_scored_twice():
    counted = {each.id for each in get_catalogue().values() if each.kind in (ITEMS, GOAL)}
    added = {
        each.id
        for each in get_catalogue().values()
        if each.must_sum or any(scale.method == TOTAL_OF for scale in each.scales)
    }
    assert counted == set(independent_scorer.MEASURE_FORMS)
    assert added == set(independent_scorer.TYPED_RANGES)


def test_the_other_scorer_imports_nothing_of_the_product():
    tree = ast.parse(Path(independent_scorer.__file__).read_text(encoding="utf-8"))
    names = [each.module for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    names += [name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names]
    assert names == ["fractions"]


@pytest.mark.parametrize("measure", sorted(independent_scorer.MEASURE_FORMS))
def test_random_sets_reach_ends_gaps_and_what_cannot_be(measure):
    """Otherwise the agreement would prove little."""
    low, high, _, signs = independent_scorer.MEASURE_FORMS[measure]
    rng = random.Random(f"{SEED} {measure}")
    sets = [draw_answers(rng, measure) for _ in range(200)]
    given = [answer for answers in sets for answer in answers.values()]
    assert given.count(low) > len(sets) * len(signs) / 10
    assert given.count(high) > len(sets) * len(signs) / 10
    assert any(len(answers) < len(signs) for answers in sets)
    assert any(set(answers) == set(range(1, len(signs) + 1)) for answers in sets)
    assert sum(bool(independent_scorer.find_impossible_items(measure, answers)) for answers in sets) > 10
