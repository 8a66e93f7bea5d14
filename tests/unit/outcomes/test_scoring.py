"""Scores worked out by hand: reversals, extremes, missing items."""

import pytest

from outcomes.measures import catalogue
from outcomes.scoring import missing_items, score, wrong_answers

PRFQ = catalogue()["prfq"]


def all_of(value, **others):
    return dict.fromkeys(range(1, 19), value) | {int(name[1:]): each for name, each in others.items()}


def of(pre, certainty, interest):
    return {"pre_mentalising": pre, "certainty_mental_states": certainty, "interest_curiosity": interest}


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        # all 1: certainty (5 x 1 + 7) / 6 = 2, interest the same, since items 11 and 18 turn round
        (all_of(1), of(1.0, 2.0, 2.0)),
        # all 7: (5 x 7 + 1) / 6 = 6
        (all_of(7), of(7.0, 6.0, 6.0)),
        (all_of(4), of(4.0, 4.0, 4.0)),
        # the extremes of the turned items: (5 x 7 + 7) / 6 and (5 x 1 + 1) / 6
        (all_of(7, q11=1, q18=1), of(7.0, 7.0, 7.0)),
        (all_of(1, q11=7, q18=7), of(1.0, 1.0, 1.0)),
        # 1 2 3 4 5 6 over items 1 4 7 10 13 16: 21 / 6 = 3.5; the others as all 4
        (all_of(4, q1=1, q4=2, q7=3, q10=4, q13=5, q16=6), of(3.5, 4.0, 4.0)),
        # item 18 alone moves interest: (5 x 4 + 8 - 6) / 6 = 22 / 6
        (all_of(4, q18=6), of(4.0, 4.0, 3.67)),
        ({}, of(None, None, None)),
    ],
)
def test_scores(responses, expected):
    assert score(PRFQ, responses) == expected


@pytest.mark.parametrize(
    ("item", "lost"), [(1, "pre_mentalising"), (11, "certainty_mental_states"), (18, "interest_curiosity")]
)
def test_one_missing_item_takes_its_part_and_no_other(item, lost):
    responses = all_of(4)
    del responses[item]
    assert score(PRFQ, responses) == of(4.0, 4.0, 4.0) | {lost: None}
    assert missing_items(PRFQ.subscale(lost), responses) == [item]


@pytest.mark.parametrize(
    ("responses", "wrong"),
    [({1: 1, 18: 7}, set()), ({1: 0}, {1}), ({1: 8}, {1}), ({0: 3}, {0}), ({19: 3}, {19})],
)
def test_answers_beyond_the_measure_are_named(responses, wrong):
    assert set(wrong_answers(PRFQ, responses)) == wrong
