"""Visits booked, changed, moved, cancelled, taken up again, kept: what each act leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interventions.diary.actions import (
    add_room,
    book_appointment,
    cancel_appointment,
    change_appointment,
    change_room,
    move_appointment,
    record_appointment_outcome,
    restore_appointment,
)
from interventions.diary.models import Appointment
from interventions.episodes.actions import end_episode
from pairs.families.actions import record_loss
from pairs.matching.actions import merge_families
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from reporting.dashboards.moves.actions import call_back_move
from tests.unit.diary.factories import build_visit, get_time, list_family_members, make_visit
from tests.unit.episodes.factories import make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.moves.factories import TO_SITE, make_accepted_move, make_offered_move, make_working_family


def test_a_visit_is_booked_with_everything(me, cast, episode):
    row = make_visit(
        episode,
        me,
        colleagues=[cast["supervisor"]],
        place="By the swings",
        travel_minutes=20,
        interpreter=True,
    )
    assert (row.family_id, row.site_id, row.status) == (episode.family_id, episode.site_id, "planned")
    assert row.expected.count() == 2
    assert list(row.colleagues.all()) == [cast["supervisor"]]
    assert row.work == episode


def test_weekly_visits_are_a_row_each_at_the_same_time(me, episode):
    first = make_visit(episode, me, days=2, times=4)
    rows = list(Appointment.objects.filter(series=first.series).in_time())
    assert len(rows) == 4
    assert {timezone.localtime(row.starts_at).hour for row in rows} == {10}
    assert rows[3].starts_at.date() - rows[0].starts_at.date() == timedelta(days=21)


def test_a_first_visit_before_the_episode(me):
    family = make_family()
    referral = make_accepted_referral(family)
    row = book_appointment(
        work=referral, starts_at=get_time(2), visit=build_visit(me, list_family_members(family)), by=me
    )
    assert row.work is None
    waiting = make_accepted_referral(family, reference="R-T-2", status="received")
    with pytest.raises(ActionRefused, match="accepted"):
        book_appointment(
            work=waiting, starts_at=get_time(3), visit=build_visit(me, list_family_members(family)), by=me
        )


@pytest.mark.parametrize(("other", "field"), [({"expected": []}, "expected"), ({"days": 400}, "starts_on")])
def test_errors_are_shown_beside_their_field(me, episode, other, field):
    with pytest.raises(ActionRefused) as refused:
        make_visit(episode, me, **other)
    assert list(refused.value.errors) == [field]
    assert not Appointment.objects.exists()


def test_nothing_is_booked_after_the_end(me, episode):
    end_episode(
        episode=episode, ended_on=episode.opened_on, reason="02", summary="x", held_next_by="x", by=me
    )
    with pytest.raises(ActionRefused, match="ended"):
        make_visit(episode, me)


def test_a_moved_visit_links_to_the_new_one_with_all_its_details(me, cast, episode):
    old = make_visit(episode, me, colleagues=[cast["supervisor"]], note="Bring the mat")
    new = move_appointment(appointment=old, starts_at=get_time(5, 14), minutes=45, by=me)
    old.refresh_from_db()
    assert (old.status, old.moved_to) == ("moved", new)
    assert (new.status, new.minutes, new.note) == ("planned", 45, "Bring the mat")
    assert list(new.colleagues.all()) == [cast["supervisor"]]
    assert new.expected.count() == 2
    with pytest.raises(ActionRefused, match="no longer planned"):
        move_appointment(appointment=old, starts_at=get_time(6), minutes=45, by=me)


def test_a_visit_is_cancelled_with_a_reason_and_restored(me, episode):
    row = make_visit(episode, me)
    with pytest.raises(ActionRefused):
        cancel_appointment(appointment=row, whose="cancelled_family", why=" ", by=me)
    row = cancel_appointment(appointment=row, whose="cancelled_family", why="She has a cold", by=me)
    assert (row.status, row.why) == ("cancelled_family", "She has a cold")
    row = restore_appointment(appointment=row, by=me)
    assert (row.status, row.why) == ("planned", "")


@pytest.mark.parametrize(("following", "left"), [(False, 3), (True, 1)])
def test_one_of_a_series_or_all_that_follow(me, episode, following, left):
    first = make_visit(episode, me, times=4)
    second = Appointment.objects.filter(series=first.series).in_time()[1]
    cancel_appointment(appointment=second, whose="cancelled_service", why="Leave", following=following, by=me)
    assert Appointment.objects.planned().count() == left


@pytest.mark.parametrize(
    ("attendance", "status"),
    [("attended", "kept"), ("not_brought", "kept"), ("cancelled_family", "cancelled_family")],
)
def test_the_contact_decides_the_visits_status(me, episode, attendance, status):
    row = make_visit(episode, me, days=-1)
    carer = "did_not_attend" if attendance == "not_brought" else attendance
    contact = make_contact(episode, me, infant=attendance, carer=carer)
    row = record_appointment_outcome(appointment=row, contact=contact, by=me)
    assert (row.status, row.care_contact) == (status, contact)
    with pytest.raises(ActionRefused):
        record_appointment_outcome(appointment=row, contact=contact, by=me)


def test_another_familys_contact_changes_no_visit(me, episode):
    row = make_visit(episode, me, days=-1)
    other = make_contact(make_episode(me, reference="O"), me)
    with pytest.raises(ActionRefused, match="another family"):
        record_appointment_outcome(appointment=row, contact=other, by=me)


def test_after_a_loss_the_visit_can_stay_booked_for_the_parents(me, episode):
    row = make_visit(episode, me)
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    assert not Appointment.objects.going_on().exists()
    change_appointment(appointment=row, visit=build_visit(me, list(episode.family.caregivers.all())), by=me)
    assert list(Appointment.objects.going_on()) == [row]


def test_the_surviving_twins_visits_go_on(me):
    episode = make_episode(me, infants=2)
    make_visit(episode, me)
    one = episode.family.infants.order_by("twin_order").first()
    make_visit(episode, me, days=4, expected=[one, *episode.family.caregivers.all()])
    record_loss(infant=one, loss="death", lost_on=timezone.localdate(), by=me)
    assert Appointment.objects.going_on().count() == 1


def test_an_ended_episodes_visits_stop(me, episode):
    make_visit(episode, me)
    end_episode(
        episode=episode, ended_on=episode.opened_on, reason="02", summary="x", held_next_by="x", by=me
    )
    assert not Appointment.objects.going_on().exists()


def test_room_names_are_unique_within_a_site_and_retired_rooms_stay(me, cast, episode):
    site = Site.objects.get(code="blackburn-with-darwen")
    room = add_room(site=site, name="Blue room", access="No steps", by=cast["supervisor"])
    with pytest.raises(ActionRefused, match="already"):
        add_room(site=site, name="blue ROOM", access="", by=cast["supervisor"])
    row = make_visit(episode, me, room=room, location="K01")
    change_room(room=room, name="Blue room", access="", in_use=False, by=cast["supervisor"])
    row.refresh_from_db()
    assert row.room == room
    with pytest.raises(ActionRefused, match="no longer available to book"):
        make_visit(episode, me, days=6, room=row.room)
    assert add_room(site=site, name="Blue room", access="", by=cast["supervisor"])


def test_booked_visits_go_along_when_a_family_moves_and_come_back(cast):
    family = make_working_family(cast)
    mine, theirs = family.episodes.get(), cast["hyndburn"]
    row = make_visit(mine, theirs, practitioner=theirs)
    move = make_accepted_move(cast, make_offered_move(cast, family))
    row.refresh_from_db()
    assert (row.site.code, row.practitioner) == (TO_SITE, cast["blackburn"])
    call_back_move(move=move, why="A mistake", by=cast["duty"])
    row.refresh_from_db()
    assert (row.site.code, row.practitioner) == ("hyndburn", theirs)


def test_visits_go_along_when_two_records_of_a_family_become_one(me, episode):
    make_visit(episode, me)
    other = make_episode(me, reference="O")
    make_visit(other, me, days=5)
    merge_families(kept=episode.family, merged=other.family, reason="One family", by=me)
    assert set(Appointment.objects.live().values_list("family", flat=True)) == {episode.family_id}
    assert Appointment.objects.going_on().count() == 2
