"""After a carer's death their own visits stop, as a baby's do; visits of those who live go on without them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from interventions.diary.actions import change_appointment, move_appointment
from interventions.diary.models import Appointment
from interventions.diary.presenters import get_stop_reason, list_expected_names
from pairs.families.actions import add_caregiver
from pairs.service.refusals import ActionRefused
from tests.unit.diary.factories import build_visit, get_time, list_family_members, make_visit
from tests.unit.diary.test_calendar_feed import create_feed_address
from tests.unit.episodes.factories import make_contact, make_episode


@pytest.fixture
def family(me):
    """A mother who will die, a father and a baby, of an open episode."""
    episode = make_episode(me)
    family, mother = episode.family, episode.family.caregivers.get()
    father = add_caregiver(
        family=family, by=me, given_name="Dan", dyads=[(family.infants.get(), {"relationship": "father"})]
    )
    return episode, mother, father, family.infants.get()


def record_death(carer, days_ago=0):
    carer.change(died_on=timezone.localdate() - timedelta(days=days_ago))


def load_visits(*rows):
    return list(Appointment.objects.with_all().filter(pk__in=[row.pk for row in rows]).order_by("starts_at"))


def test_her_own_visit_stops_and_leaves_the_feed_and_the_others_go_on(me, client, family):
    episode, mother, father, baby = family
    hers = make_visit(episode, me, days=2, expected=[mother])
    hers_with_baby = make_visit(episode, me, days=3, expected=[mother, baby])
    both = make_visit(episode, me, days=4, expected=[mother, father, baby])
    path = create_feed_address(client)
    assert Client().get(path).content.decode().count("BEGIN:VEVENT") == 3
    record_death(mother)
    assert list(Appointment.objects.going_on()) == [both]
    assert [get_stop_reason(row) for row in load_visits(hers, hers_with_baby, both)] == ["loss", "loss", ""]
    assert list_expected_names(load_visits(both)[0]) == [baby.name, "Dan"]
    assert Client().get(path).content.decode().count("BEGIN:VEVENT") == 1


def test_she_is_not_expected_any_more(me, family):
    episode, mother, father, _ = family
    row = make_visit(episode, me, days=4, expected=[mother, father])
    alone = make_visit(episode, me, days=5, expected=[mother])
    record_death(mother)
    with pytest.raises(ActionRefused, match="died on") as refused:
        make_visit(episode, me, days=6, expected=[mother, father])
    assert set(refused.value.errors) == {"expected"}
    with pytest.raises(ActionRefused, match="died on"):
        change_appointment(appointment=row, visit=build_visit(me, [mother]), by=me)
    moved = move_appointment(appointment=row, starts_at=get_time(7), minutes=30, by=me)
    assert [each.person for each in moved.expected.all()] == [father]
    with pytest.raises(ActionRefused, match="has died"):
        move_appointment(appointment=alone, starts_at=get_time(8), minutes=30, by=me)


def test_a_booking_is_not_made_for_a_lost_baby_either(me, family):
    episode, _, father, baby = family
    baby.change(lost_on=timezone.localdate(), loss="death")
    with pytest.raises(ActionRefused, match="died on"):
        make_visit(episode, me, days=6, expected=[father, baby])


def test_after_a_loss_nothing_is_prepared_as_if_the_baby_lived(me, client, family):
    episode, mother, _, baby = family
    make_contact(episode, me, days_ago=3, notes={"next": "Bath time together"}, subjects={"next": "family"})
    row = make_visit(episode, me, days=1, expected=[mother, baby], note="Bring the mat")
    addresses = ("visit-before-you-knock", [row.pk]), ("before-you-knock", [episode.pk])
    pages = [client.get(reverse(*each[:1], args=each[1])).content.decode() for each in addresses]
    assert all("Bath time together" in page and "Bring the mat" in page for page in pages)
    baby.change(lost_on=timezone.localdate() - timedelta(days=2), loss="death")
    addresses += (("appointment", [row.pk]),)
    for name, ids in addresses:
        page = client.get(reverse(name, args=ids)).content.decode()
        for words in ("Bath time together", "Bring the mat", "No goal is set yet", "What next"):
            assert words not in page, (name, words)
    make_contact(
        episode, me, days_ago=1, infant=None, notes={"next": "Ring on Friday"}, subjects={"next": "family"}
    )
    assert "Ring on Friday" in client.get(reverse("before-you-knock", args=[episode.pk])).content.decode()


def test_the_page_read_before_the_visit_gives_no_way_of_reaching_her(me, client, family):
    episode, mother, _, _ = family
    mother.change(phone="01632 960333", safe_contact="Text first")
    row = make_visit(episode, me, days=1, expected=list_family_members(episode.family))
    record_death(mother)
    page = client.get(reverse("visit-before-you-knock", args=[row.pk])).content.decode()
    assert "01632 960333" not in page
    assert "Text first" not in page
    assert f"{mother.name} (died" in page
