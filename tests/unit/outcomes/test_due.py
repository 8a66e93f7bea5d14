"""What the worklist is told of measures, in one query."""

from datetime import timedelta

import pytest

from outcomes.actions import Filled, decline_assessment, record_assessment
from pairs.access.scope import scope_of
from tests.asking import due_in

due_items = due_in("outcomes")


@pytest.fixture
def due(world):
    def ask(on=None, username="blackburn", families=None):
        scope = scope_of(world.cast[username])
        return [(item.code, item.due_on) for item in due_items(scope, on or world.today, families)]

    return ask


def about(world, **changes):
    plain = {"episode": world.episode, "dyad": world.dyad, "measure": "prfq", "by": world.cast["blackburn"]}
    return plain | changes


def test_nothing_before_the_first_attended_contact(world, due):
    world.contact(20, "not_brought")
    assert due() == []


def test_a_first_measure_after_the_first_attended_contact(world, due):
    world.contact(20)
    assert due() == [("start_measure", world.ago(20))]
    assert due(families=[world.family.pk]) == due()
    assert due(families=[]) == []
    assert due(username="hyndburn") == []


def test_a_no_satisfies_it(world, due):
    world.contact(20)
    decline_assessment(**about(world, timepoint="start", completed_on=world.ago(19)))
    assert due() == []


def test_an_ended_episode_asks_nothing(world, due):
    world.contact(20)
    world.episode.ended_on, world.episode.ending_reason = world.today, "02"
    world.episode.save()
    assert due() == []


def test_nobody_is_reminded_after_a_loss(world, due, answers):
    world.contact(20)
    record_assessment(
        **about(world, timepoint="start", completed_on=world.ago(19), filled=Filled(responses=answers(4)))
    )
    world.maya.lost_on, world.maya.loss = world.ago(1), "death"
    world.maya.save()
    assert due(world.today + timedelta(days=880)) == []


def test_nothing_to_ask_before_the_birth(world, due):
    world.contact(20)
    world.maya.birth_date, world.maya.estimated_due_date = None, world.today
    world.maya.save()
    assert due() == []


def test_a_pair_about_to_be_missed(world, due, answers):
    world.contact(20)
    record_assessment(
        **about(world, timepoint="start", completed_on=world.ago(19), filled=Filled(responses=answers(4)))
    )
    born = world.maya.birth_date
    last = born.replace(year=born.year + 3) - timedelta(days=1)
    assert due() == []
    assert due(last - timedelta(days=28)) == [("pair_closing", last)]
    assert due(last + timedelta(days=1)) == []


def test_one_query_for_all(world, due, django_assert_num_queries):
    world.contact(20)
    scope = scope_of(world.cast["blackburn"])
    with django_assert_num_queries(1):
        due_items(scope, world.today)
