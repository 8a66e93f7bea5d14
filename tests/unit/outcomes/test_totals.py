"""Totals from a trained rater or an official form: what may be typed, what is added up, what is refused."""

import pytest

from outcomes.measure_definitions import TOTALS
from outcomes.measures import get_catalogue
from outcomes.scoring import find_total_errors, may_type, score_measure
from tests.unit.outcomes.permitted_scores import (
    CARE_INDEX_ADULT,
    CARE_INDEX_CHILD,
    PERMITTED,
    SDQ_DIFFICULTIES,
    TOPSE_DOMAINS,
)

EVERY_TYPED = [
    pytest.param(measure, name, id=f"{measure}-{name}")
    for measure, row in PERMITTED.items()
    for name, permitted in row.scores.items()
    if permitted.method == "typed"
]


def find_wrong_totals(measure, typed, answers=None):
    return find_total_errors(get_catalogue()[measure], typed, answers or {})


@pytest.mark.parametrize(("measure", "name"), EVERY_TYPED)
def test_a_number_is_taken_to_the_ends_of_its_range_and_no_further(measure, name):
    low, high = PERMITTED[measure].scores[name].range
    if low is None:
        assert find_wrong_totals(measure, {name: 10}) == {}
        assert set(find_wrong_totals(measure, {name: -1})) == {name}
    else:
        assert find_wrong_totals(measure, {name: low}) == {}
        assert set(find_wrong_totals(measure, {name: low - 1})) == {name}
    if high is not None:
        assert find_wrong_totals(measure, {name: high}) == {}
        assert set(find_wrong_totals(measure, {name: high + 1})) == {name}


@pytest.mark.parametrize(("measure", "name"), EVERY_TYPED)
def test_a_number_is_stored_as_it_was_typed(measure, name):
    made = score_measure(get_catalogue()[measure], {}, {name: 14})
    assert made[name] == 14.0
    assert set(made) == set(PERMITTED[measure].scores)


@pytest.mark.parametrize(
    ("measure", "typed", "words"),
    [
        ("mors_sf", {"warmth": 20.5}, "Type a whole number."),
        ("piios", {"total": 3.125}, "Type a number in steps of 0.01."),
        ("mibs", {"total": 25}, "Total goes from 0 to 24."),
        ("asq_se2", {"total": -5}, "Total goes from 0 upwards."),
        ("score15", {"total": 14}, "Total goes from 15 to 75."),
    ],
)
def test_a_refused_number_says_why(measure, typed, words):
    assert list(find_wrong_totals(measure, typed).values()) == [words]


@pytest.mark.parametrize(
    ("measure", "name"),
    [
        ("mors_sf", "total"),  # the two scales are never added
        ("topse", "total"),  # added up here
        ("sdq_2_4", "total_difficulties"),
        ("prfq", "pre_mentalising"),  # counted from the answers
        ("pbq", "total"),
        ("leao", "total"),
    ],
)
def test_a_number_that_nobody_types_is_refused(measure, name):
    assert set(find_wrong_totals(measure, {name: 1})) == {name}


def test_only_epds_may_be_typed_instead_of_answered():
    counted = [each for each in get_catalogue().values() if each.kind != TOTALS]
    assert [each.id for each in counted if any(may_type(each, scale) for scale in each.scales)] == ["epds"]


@pytest.mark.parametrize(
    ("total", "item_10", "fits"),
    [
        (0, 0, True), (30, 3, True), (13, 1, True), (3, 3, True), (27, 0, True),
        (0, 1, False), (2, 3, False), (28, 0, False), (30, 2, False), (31, 3, False), (-1, 0, False), (12.5, 1, False),
    ],
)  # fmt: skip
def test_a_typed_total_of_epds_is_possible_with_its_item_10(total, item_10, fits):
    """Nine other items make from 0 to 27."""
    assert (find_wrong_totals("epds", {"total": total}, {10: item_10}) == {}) is fits


def map_names_to_values(names, *values):
    return dict(zip(names, values, strict=True))


@pytest.mark.parametrize(
    ("typed", "wrong_at"),
    [
        (map_names_to_values(CARE_INDEX_ADULT, 14, 0, 0), set()),
        (map_names_to_values(CARE_INDEX_ADULT, 5, 4, 5), set()),
        (map_names_to_values(CARE_INDEX_ADULT, 5, 4, 4), {"adult_sensitive"}),  # 13
        (map_names_to_values(CARE_INDEX_ADULT, 5, 5, 5), {"adult_sensitive"}),  # 15
        (map_names_to_values(CARE_INDEX_CHILD, 2, 4, 4, 4), set()),
        (map_names_to_values(CARE_INDEX_CHILD, 0, 0, 0, 0), {"child_cooperative"}),
        (
            map_names_to_values(CARE_INDEX_ADULT, 5, 5, 5)
            | map_names_to_values(CARE_INDEX_CHILD, 2, 4, 4, 5),
            {"adult_sensitive", "child_cooperative"},
        ),
        ({"adult_sensitive": 9}, set()),  # not all are there yet
    ],
)
def test_each_persons_care_index_makes_14(typed, wrong_at):
    assert set(find_wrong_totals("care_index", typed)) == wrong_at


def test_the_domains_of_topse_are_added_up():
    # eight of 60, and 10 + 20 + … + 60 + 0 + 5 = 215
    assert score_measure(get_catalogue()["topse"], {}, dict.fromkeys(TOPSE_DOMAINS, 60))["total"] == 480.0
    assert (
        score_measure(
            get_catalogue()["topse"], {}, map_names_to_values(TOPSE_DOMAINS, 10, 20, 30, 40, 50, 60, 0, 5)
        )["total"]
        == 215.0
    )
    assert score_measure(get_catalogue()["topse"], {}, dict.fromkeys(TOPSE_DOMAINS, 0))["total"] == 0.0


@pytest.mark.parametrize("missing", TOPSE_DOMAINS)
def test_topse_without_one_domain_has_no_total(missing):
    typed = dict.fromkeys(TOPSE_DOMAINS, 30)
    del typed[missing]
    assert score_measure(get_catalogue()["topse"], {}, typed)["total"] is None


def test_four_difficulties_of_sdq_are_added_up_without_kindness_and_impact():
    typed = map_names_to_values(SDQ_DIFFICULTIES, 1, 2, 3, 4) | {"prosocial": 9, "impact": 7}
    made = score_measure(get_catalogue()["sdq_2_4"], {}, typed)
    assert made == {key: float(value) for key, value in typed.items()} | {"total_difficulties": 10.0}
    assert (
        score_measure(get_catalogue()["sdq_2_4"], {}, dict.fromkeys(SDQ_DIFFICULTIES, 10))[
            "total_difficulties"
        ]
        == 40.0
    )


@pytest.mark.parametrize("missing", SDQ_DIFFICULTIES)
def test_sdq_without_one_difficulty_has_no_total(missing):
    typed = dict.fromkeys(SDQ_DIFFICULTIES, 3) | {"prosocial": 9}
    del typed[missing]
    assert score_measure(get_catalogue()["sdq_2_4"], {}, typed)["total_difficulties"] is None
