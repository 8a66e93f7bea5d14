"""Scores worked out by hand: extremes, reversals, every missing item, what does not apply, the edges of bands."""

from dataclasses import replace

import pytest

from outcomes.measure_definitions import GOAL, ITEMS, parse_scale
from outcomes.measures import get_catalogue
from outcomes.scoring import find_answer_errors, list_missing_items, score_measure
from tests.unit.outcomes.permitted_scores import PERMITTED
from tests.unit.outcomes.worked_examples import (
    WORKED_EXAMPLES,
    make_answers,
    make_equal_answers,
    remove_items,
)

SCORED_FROM_ANSWERED_ITEMS = {
    "kips",
    "core10",
}  # their own rule; elsewhere a missing item takes its score with it
WORKED_ROWS = [
    pytest.param(measure, answers, expected, id=f"{measure}-{number}")
    for measure, (_, rows) in WORKED_EXAMPLES.items()
    for number, (answers, expected) in enumerate(rows, start=1)
]
EACH_ITEM = [
    pytest.param(measure, item, id=f"{measure}-{item}")
    for measure, (_, _) in WORKED_EXAMPLES.items()
    for item in range(1, PERMITTED[measure].answers[0] + 1)
]


@pytest.mark.parametrize(("measure", "answers", "expected"), WORKED_ROWS)
def test_worked_by_hand(measure, answers, expected):
    assert find_answer_errors(get_catalogue()[measure], answers) == {}
    assert score_measure(get_catalogue()[measure], answers) == expected


def test_every_measure_that_is_scored_has_worked_rows_with_a_source():
    scored = {each.id for each in get_catalogue().values() if each.kind in (ITEMS, GOAL)}
    assert scored == set(WORKED_EXAMPLES)
    assert all(source for source, _ in WORKED_EXAMPLES.values())


@pytest.mark.parametrize("measure", sorted(set(WORKED_EXAMPLES) - {"esq"}))
def test_the_worked_rows_reach_both_ends_of_every_score_and_none(measure):
    made = [scores for _, scores in WORKED_EXAMPLES[measure][1]]
    for name, permitted in PERMITTED[measure].scores.items():
        seen = {scores[name] for scores in made}
        assert {*permitted.range, None} <= seen


def build_least_answers(measure):
    """Every item answered with what counts least."""
    count, low, high = PERMITTED[measure].answers
    return {item: high if item in PERMITTED[measure].reversed else low for item in range(1, count + 1)}


def get_one_step(permitted):
    """What one point of one item is worth in a score that has an answer to all."""
    return {
        "sum": 1,
        "any": 1,
        "mean": 1 / len(permitted.items),
        "mean_of_answered": 1 / len(permitted.items),
    }.get(permitted.method, 10 / len(permitted.items))


@pytest.mark.parametrize(("measure", "item"), EACH_ITEM)
def test_each_item_alone_moves_its_own_scores_up_and_no_other(measure, item):
    """One point more of what the item counts: a turned item is answered a point lower."""
    answers = build_least_answers(measure)
    answers[item] += -1 if item in PERMITTED[measure].reversed else 1
    expected = {
        name: round(permitted.range[0] + (get_one_step(permitted) if item in permitted.items else 0), 2)
        for name, permitted in PERMITTED[measure].scores.items()
    }
    assert score_measure(get_catalogue()[measure], answers) == expected


@pytest.mark.parametrize(("measure", "item"), EACH_ITEM)
def test_each_missing_item_takes_its_own_scores_and_no_other(measure, item):
    answers = remove_items(build_least_answers(measure), item)
    alone = measure in SCORED_FROM_ANSWERED_ITEMS
    expected = {
        name: None if item in permitted.items and not alone else float(permitted.range[0])
        for name, permitted in PERMITTED[measure].scores.items()
    }
    assert score_measure(get_catalogue()[measure], answers) == expected
    for scale in get_catalogue()[measure].scales:
        assert list_missing_items(scale, answers) == ([item] if item in scale.items else [])


@pytest.mark.parametrize("item", range(1, 13))
def test_what_kips_did_not_observe_is_left_out_and_not_called_missing(item):
    kips = get_catalogue()["kips"]
    answers = make_equal_answers(12, 4) | {item: None}
    assert score_measure(kips, answers) == {"mean": 4.0}
    assert list_missing_items(kips.scales[0], answers) == []


@pytest.mark.parametrize("item", range(1, 16))
def test_only_items_1_and_9_of_kpcs_may_not_apply(item):
    wrong = find_answer_errors(get_catalogue()["kpcs"], {item: None})
    assert list(wrong) == ([] if item in (1, 9) else [item])


@pytest.mark.parametrize("measure", sorted(set(WORKED_EXAMPLES) - {"kips", "kpcs"}))
def test_elsewhere_every_item_applies(measure):
    count = PERMITTED[measure].answers[0]
    assert len(find_answer_errors(get_catalogue()[measure], dict.fromkeys(range(1, count + 1)))) == count


@pytest.mark.parametrize("measure", sorted(WORKED_EXAMPLES))
def test_answers_beyond_the_measure_are_named(measure):
    count, low, high = PERMITTED[measure].answers
    sheet = get_catalogue()[measure]
    assert find_answer_errors(sheet, {1: low, count: high}) == {}
    for wrong in (
        {1: low - 1},
        {1: high + 1},
        {1: low + 0.55},
        {0: low},
        {count + 1: low},
        {1: float("nan")},
    ):
        assert set(find_answer_errors(sheet, wrong)) == set(wrong)


def test_only_lines_are_answered_in_tenths():
    in_tenths = {each for each in WORKED_EXAMPLES if not find_answer_errors(get_catalogue()[each], {1: 1.1})}
    assert in_tenths == {"ors", "srs"}


SRS_WORDS = "At or below 36: talk about how the sessions are going"
PBQ_REJECTION = "High: the author advises to interview the mother"
PBQ_ANXIETY = "At or above the published cut-off; this factor did poorly in validation"


@pytest.mark.parametrize(
    ("measure", "scale", "edges"),
    [
        (
            "kips", "mean",
            {1: "Low, of programmes", 2.92: "Low, of programmes", 3: "Moderate, of programmes",
             3.92: "Moderate, of programmes", 4: "High, of programmes", 5: "High, of programmes"},
        ),
        ("core10", "clinical_score", {0: None, 10: None, 11: "In the clinical range, 11 to 14",
             15: "In the clinical range, 15 to 19", 20: "In the clinical range, 20 to 24",
             24.9: "In the clinical range, 20 to 24", 25: "In the clinical range, 25 or more"}),
        ("phq9", "total", {4: None, 5: "In the published band 5 to 9", 10: "In the published band 10 to 14",
             19: "In the published band 15 to 19", 20: "In the published band from 20"}),
        ("gad7", "total", {4: None, 5: "In the published band 5 to 9", 14: "In the published band 10 to 14",
             15: "In the published band from 15"}),
        ("adbb", "total", {4: None, 5: "At or above the published cut-off"}),
        ("m_adbb", "total", {1: None, 2: "At or above the suggested line of a screen"}),
        ("srs", "total", {0: SRS_WORDS, 36: SRS_WORDS, 36.1: None, 40: None}),
        ("whooley", "screen", {0: None, 1: "Positive: offer the EPDS or PHQ-9, and an assessment"}),
        ("kpcs", "total", {0: "Low confidence", 39: "Low confidence", 40: None, 45: None}),
        ("pbq", "total", {0: None, 125: None}),
        ("pbq", "factor1_general", {0: None, 11: None, 12: "High", 60: "High"}),
        ("pbq", "factor2_rejection_anger", {12: None, 13: PBQ_REJECTION, 16: PBQ_REJECTION, 35: PBQ_REJECTION}),
        ("pbq", "factor3_infant_anxiety", {9: None, 10: PBQ_ANXIETY}),
        ("pbq", "factor4_incipient_abuse", {0: None, 1: None, 2: "At or above the published cut-off"}),
        (
            "pir_gas", "rating",
            {0: "Disordered", 39: "Disordered", 40: None, 60: None, 61: "Significantly perturbed",
             70: "Significantly perturbed", 71: "Perturbed", 80: "Perturbed", 81: "Adapted", 90: "Adapted",
             91: "Well adapted", 100: "Well adapted"},
        ),
    ],
)  # fmt: skip
def test_the_edges_of_each_band(measure, scale, edges):
    of = get_catalogue()[measure].scale(scale)
    told = {at: of.band(at).words if of.band(at) else None for at in edges}
    assert told == edges
    assert of.band(None) is None


def test_every_score_with_bands_has_its_edges_above():
    table = {
        mark.args[1][n][0]
        for mark in test_the_edges_of_each_band.pytestmark
        for n in range(len(mark.args[1]))
    }
    assert {
        each.id for each in get_catalogue().values() if any(scale.bands for scale in each.scales)
    } == table | {"epds"}  # whose bands depend on the person: test_corrected_age.py


def test_no_mean_of_kips_lies_between_two_printed_bands():
    """Bands are printed as 1.0-2.9 and 3.0-3.9: no mean of up to twelve whole numbers rounds into the gap."""
    for observed in range(1, 13):
        for line in (3, 4):
            highest_below = (line * observed - 1) / observed
            assert round(highest_below, 1) <= line - 0.1 + 1e-9


def test_what_is_typed_is_taken_and_what_is_not_is_left_open():
    mors = get_catalogue()["mors_sf"]
    assert score_measure(mors, {}, {"warmth": 30, "invasion": 12}) == {"warmth": 30.0, "invasion": 12.0}
    assert score_measure(mors, {}, {"warmth": 30}) == {"warmth": 30.0, "invasion": None}
    assert score_measure(get_catalogue()["epds"], make_answers(0, 1), {"total": 12}) == {"total": 12.0}


@pytest.mark.parametrize(("answered", "score"), [(7, 21.0), (6, 21.0), (5, 21.0), (4, None)])
def test_a_sum_is_scaled_up_from_as_many_items_as_its_rule_needs(answered, score):
    """MORS-SF by its author: one or at most two of seven items of a part may be left out."""
    sheet = {
        "id": "warmth", "name": "Warmth", "method": "prorated_sum", "better": "higher", "meaning": "x",
        "items": list(range(1, 8)), "least_answered": 5,
    }  # fmt: skip
    measure = replace(get_catalogue()["mors_sf"], items=7, highest=5, scales=(parse_scale(sheet),))
    assert score_measure(measure, dict.fromkeys(range(1, answered + 1), 3)) == {"warmth": score}
