"""What is due in the diary, and what must be quiet."""

import pytest
from django.utils import timezone

from interventions.diary.actions import cancel_appointment
from interventions.episodes.actions import end_episode
from pairs.access.scope import load_scope
from pairs.families.actions import record_loss
from tests.app_due_items import make_due_items
from tests.unit.diary.factories import make_visit

list_app_due_items = make_due_items("interventions.diary")


def list_due_codes(user):
    return sorted(item.code for item in list_app_due_items(load_scope(user), timezone.localdate()))


def test_a_visit_of_a_day_gone_by_is_to_be_written_up_by_whoever_went(cast, me, episode):
    make_visit(episode, cast["supervisor"], days=-1)
    make_visit(episode, me, days=0, hour=0)
    make_visit(episode, me, days=2)
    (item,) = list_app_due_items(load_scope(me), timezone.localdate())
    assert (item.code, item.owner_id, item.who) == ("visit_to_write_up", cast["supervisor"].pk, "Baby1")


@pytest.mark.parametrize(
    ("whose", "due"), [("cancelled_family", ["cancelled_visit"]), ("cancelled_service", [])]
)
def test_what_the_family_cancelled_has_to_be_in_the_record(me, episode, whose, due):
    row = make_visit(episode, me, days=-1)
    cancel_appointment(appointment=row, whose=whose, why="A cold", by=me)
    assert list_due_codes(me) == due


def test_nothing_is_due_for_a_lost_baby_or_an_ended_episode(me, episode):
    make_visit(episode, me, days=-1)
    cancel_appointment(appointment=make_visit(episode, me, days=-2), whose="cancelled_family", why="x", by=me)
    assert len(list_due_codes(me)) == 2
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    assert list_due_codes(me) == []


def test_nothing_is_due_for_an_ended_episode(me, episode):
    make_visit(episode, me, days=-1)
    end_episode(
        episode=episode, ended_on=episode.opened_on, reason="02", summary="x", held_next_by="x", by=me
    )
    assert list_due_codes(me) == []


@pytest.mark.parametrize(("wished", "due"), [(False, []), (True, ["nothing_booked"])])
def test_nothing_booked_is_due_only_where_it_is_wished(me, episode, settings, wished, due):
    settings.NOTHING_BOOKED_IS_DUE = wished
    assert list_due_codes(me) == due
    make_visit(episode, me)
    assert list_due_codes(me) == []


def test_nobody_elses_visits(cast, me, episode):
    make_visit(episode, me, days=-1)
    assert list_due_codes(cast["hyndburn"]) == []
