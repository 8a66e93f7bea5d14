"""The order of concern, a row a case: which family comes before which, and why in which order."""

from collections import namedtuple
from datetime import date, timedelta
from random import Random

import pytest

from interventions.supervision.concern import rank_concern, sort_reasons
from pairs.families.agenda import AGENDA_KINDS

Reason = namedtuple("Reason", "kind since")
ORDER = tuple(AGENDA_KINDS)
DAY = date(2026, 11, 20)
# Families from the most concern to the least: {kind: days since}.
CASES = [
    {"safety": 0},
    {"protected": 3, "missed": 40},
    {"protected": 300},
    {"missed": 3, "quiet": 40, "review": 5},
    {"missed": 30},
    {"missed": 3},
    {"wait": 2},
    {"quiet": 60, "starred": 2},
    {"quiet": 35},
    {"agreed": 1},
    {"starred": 9},
    {"review": 90, "measure": 80},
    {"review": 100},
    {"measure": 200},
    {},
]


def test_the_order_of_concern():
    families = [
        tuple(Reason(kind, DAY - timedelta(days=days)) for kind, days in case.items()) for case in CASES
    ]
    shuffled = Random(1).sample(families, len(families))
    found = sorted(shuffled, key=lambda reasons: rank_concern(reasons, ORDER))
    assert found == families


def test_nobody_adds_a_kind_of_their_own_and_safety_is_first():
    assert ORDER[0] == "safety"
    with pytest.raises(ValueError, match="not in tuple"):
        rank_concern([Reason("unheard", DAY)], ORDER)


def test_why_is_said_the_gravest_first_and_of_one_kind_the_longest_first():
    reasons = [
        Reason("review", DAY),
        Reason("quiet", DAY),
        Reason("review", DAY - timedelta(days=9)),
        Reason("safety", DAY),
    ]
    found = [(each.kind, (DAY - each.since).days) for each in sort_reasons(reasons, ORDER)]
    assert found == [("safety", 0), ("quiet", 0), ("review", 9), ("review", 0)]
