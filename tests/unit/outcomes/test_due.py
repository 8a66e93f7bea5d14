"""The due items of measures, in one query."""

from datetime import timedelta

import pytest

from outcomes.actions.assessments import AssessmentInput, decline_assessment, record_assessment
from pairs.access.scope import load_scope
from tests.app_due_items import make_due_items

list_app_due_items = make_due_items("outcomes")


@pytest.fixture
def list_due_codes(world):
    def list_due(on=None, username="blackburn", families=None):
        scope = load_scope(world.cast[username])
        return [(item.code, item.due_on) for item in list_app_due_items(scope, on or world.today, families)]

    return list_due


def build_occasion(world, **changes):
    plain = {"episode": world.episode, "dyad": world.dyad, "measure": "prfq", "by": world.cast["blackburn"]}
    return plain | changes


def test_nothing_before_the_first_attended_contact(world, list_due_codes):
    world.add_contact(20, "not_brought")
    assert list_due_codes() == []


def test_a_first_measure_after_the_first_attended_contact(world, list_due_codes):
    world.add_contact(20)
    assert list_due_codes() == [("start_measure", world.get_days_ago(20))]
    assert list_due_codes(families=[world.family.pk]) == list_due_codes()
    assert list_due_codes(families=[]) == []
    assert list_due_codes(username="hyndburn") == []


def test_a_refusal_satisfies_it(world, list_due_codes):
    world.add_contact(20)
    decline_assessment(**build_occasion(world, timepoint="start", completed_on=world.get_days_ago(19)))
    assert list_due_codes() == []


def test_an_ended_episode_asks_nothing(world, list_due_codes):
    world.add_contact(20)
    world.episode.ended_on, world.episode.ending_reason = world.today, "02"
    world.episode.save()
    assert list_due_codes() == []


def test_nobody_is_reminded_after_a_loss(world, list_due_codes, equal_answers):
    world.add_contact(20)
    record_assessment(
        **build_occasion(
            world,
            timepoint="start",
            completed_on=world.get_days_ago(19),
            filled=AssessmentInput(responses=equal_answers(4)),
        )
    )
    world.maya.lost_on, world.maya.loss = world.get_days_ago(1), "death"
    world.maya.save()
    assert list_due_codes(world.today + timedelta(days=880)) == []


def test_nothing_is_offered_where_no_carer_lives(world, list_due_codes):
    world.add_contact(20)
    for carer in world.family.caregivers.all():
        assert list_due_codes() == [("start_measure", world.get_days_ago(20))]
        carer.change(died_on=world.get_days_ago(1))
    assert list_due_codes() == []


def test_nothing_to_ask_before_the_birth(world, list_due_codes):
    world.add_contact(20)
    world.maya.birth_date, world.maya.estimated_due_date = None, world.today
    world.maya.save()
    assert list_due_codes() == []


def test_a_pair_about_to_be_missed(world, list_due_codes, equal_answers):
    world.add_contact(20)
    record_assessment(
        **build_occasion(
            world,
            timepoint="start",
            completed_on=world.get_days_ago(19),
            filled=AssessmentInput(responses=equal_answers(4)),
        )
    )
    born = world.maya.birth_date
    last = born.replace(year=born.year + 5) - timedelta(days=1)
    assert list_due_codes() == []
    assert list_due_codes(last - timedelta(days=28)) == [("pair_closing", last)]
    assert list_due_codes(last + timedelta(days=1)) == []


def test_one_query_for_all(world, list_due_codes, django_assert_num_queries):
    world.add_contact(20)
    scope = load_scope(world.cast["blackburn"])
    with django_assert_num_queries(1):
        list_app_due_items(scope, world.today)
