"""The table of moves: one test a row, of what is legal and of what is not."""

from datetime import date, timedelta

import pytest

from pairs.families.choices import MoveStatus
from reporting.dashboards.moves.rules import (
    MAX_HAND_OVER,
    MAY_ANSWER,
    MAY_OFFER,
    MAY_OFFER_OR_ANSWER,
    MOVE_TRANSITIONS,
    find_hand_over_error,
    find_move_step_errors,
    find_offer_errors,
    get_step_permissions,
    is_ending_soon,
)

ON = date(2026, 11, 21)
STATUSES = MoveStatus.values
LEGAL_STEPS = [
    ("offered", "accepted"),
    ("offered", "declined"),
    ("offered", "withdrawn"),
    ("accepted", "called_back"),
]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("to", STATUSES)
def test_the_table_of_steps(status, to):
    problems = find_move_step_errors(status=status, to=to)
    assert (not problems) is ((status, to) in LEGAL_STEPS)
    assert all(words for words in problems.values())


def test_every_status_is_in_the_table():
    assert set(MOVE_TRANSITIONS) == set(STATUSES)


@pytest.mark.parametrize(
    ("to", "status", "needed"),
    [
        ("declined", "offered", True),
        ("called_back", "accepted", True),
        ("withdrawn", "offered", False),
        ("accepted", "offered", False),
    ],
)
def test_who_says_no_says_why(to, status, needed):
    assert ("why" in find_move_step_errors(status=status, to=to, reason="  ")) is needed


@pytest.mark.parametrize(
    ("step", "sites"),
    [
        ("accepted", {"to_site": MAY_ANSWER}),
        ("declined", {"to_site": MAY_ANSWER}),
        ("withdrawn", {"from_site": MAY_OFFER}),
        ("called_back", {"from_site": MAY_OFFER_OR_ANSWER, "to_site": MAY_OFFER_OR_ANSWER}),
    ],
)
def test_whose_step_it_is(step, sites):
    assert get_step_permissions(step, hand_over_until=ON, on=ON) == sites


def test_after_the_hand_over_only_supervisors_call_back():
    late = get_step_permissions("called_back", hand_over_until=ON, on=ON + timedelta(days=1))
    assert late == {"from_site": ("supervise",), "to_site": ("supervise",)}


VALID_OFFER = {
    "to_same_site": False,
    "is_open": True,
    "is_offered": False,
    "restricted": False,
    "answerable": False,
}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, None),
        ({"to_same_site": True}, "to_site"),
        ({"is_open": False}, "to_site"),
        ({"is_offered": True}, ""),
        ({"restricted": True}, "to_site"),
        ({"restricted": True, "answerable": True}, None),
    ],
)
def test_what_may_be_offered(facts, field):
    assert list(find_offer_errors(**VALID_OFFER | facts)) == ([] if field is None else [field])


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (ON - timedelta(days=1), False),
        (ON, True),
        (ON + MAX_HAND_OVER, True),
        (ON + MAX_HAND_OVER + timedelta(days=1), False),
    ],
)
def test_how_long_both_sites_may_read(day, fits):
    assert (find_hand_over_error(day=day, on=ON) == "") is fits


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (7, True), (8, False)])
def test_when_to_say_that_a_hand_over_ends(days, soon):
    assert is_ending_soon(hand_over_until=ON + timedelta(days=days), on=ON) is soon
