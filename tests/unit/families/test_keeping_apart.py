"""Who would meet whom, a row a case."""

from types import SimpleNamespace

import pytest

from pairs.families import keeping_apart

ORDER = ("an order", "cora", "dan")
PAIRS = [
    ORDER,
    ("the baby", "baby", "dan"),
    ("nobody with a record", "cora", None),
    ("lone worker", None, None),
]
HOMES = [("baby", "cora"), ("other", "eve")]


@pytest.mark.parametrize(
    ("expected", "around", "warned"),
    [
        (set(), {"cora", "dan", "baby"}, []),  # none of them is expected
        ({"cora"}, set(), []),
        ({"cora", "baby"}, {"cora", "baby"}, []),
        ({"cora", "dan"}, set(), ["an order"]),
        ({"dan"}, {"cora", "baby"}, ["an order", "the baby"]),  # she is at home, and so is the baby
        ({"cora"}, {"dan"}, ["an order"]),  # he lives there
    ],
)
def test_two_who_are_to_be_kept_apart_may_meet_where_one_is_expected(expected, around, warned):
    assert keeping_apart.find_apart_conflicts(PAIRS, expected, around) == warned


@pytest.mark.parametrize(
    ("lives_with", "main_carer", "died_on", "together"),
    [
        (True, False, None, True),
        (None, True, None, True),
        (None, False, None, False),
        (False, True, None, False),
        (True, True, "2026-05-03", False),
    ],
)
def test_who_lives_together(lives_with, main_carer, died_on, together):
    row = {"infant_id": "baby", "caregiver_id": "cora", "lives_with": lives_with, "main_carer": main_carer}
    dyad = SimpleNamespace(**row, last_day=died_on)
    assert keeping_apart.list_homes([dyad]) == ([("baby", "cora")] if together else [])


@pytest.mark.parametrize(
    ("expected", "there"),
    [(None, {"baby", "cora", "other", "eve"}), ({"dan"}, set()), ({"baby", "dan"}, {"baby", "cora"})],
)
def test_who_is_at_home(expected, there):
    assert keeping_apart.find_residents(HOMES, expected) == there


def test_somebody_who_was_only_written_down_is_known_by_the_name():
    caution = SimpleNamespace(
        infant_id=None, caregiver_id="cora", kept_from_id=None, kept_from_name="Dan Carer"
    )
    people = [SimpleNamespace(pk="dan", name="dan carer"), SimpleNamespace(pk="x", name="")]
    assert keeping_apart.list_apart_pairs([caution], people) == [(caution, "cora", "dan")]
