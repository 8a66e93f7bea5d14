"""The one road to a sealed birth identity: a court or the adopted adult, two people, a few days."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.audit.models import AccessEntry
from pairs.families.actions import record_adoption
from pairs.families.models import Infant
from pairs.service.models import RoleAtSite, Site, User
from pairs.service.refusals import ActionRefused
from pairs.subject_access.choices import SealedGround
from pairs.subject_access.models import SealedReading
from pairs.subject_access.sealed import ask_for_sealed_reading, decide_sealed_reading, find_reading_obstacle

pytestmark = pytest.mark.django_db
BIRTH_NAME = "Marigoldine"


@pytest.fixture
def adoption(cast, family):
    Infant.objects.filter(family=family).update(given_name=BIRTH_NAME)
    return record_adoption(
        infant=family.infants.get(),
        adopted_on=timezone.localdate(),
        given_name="Wilfred",
        family_name="Newname",
        site=Site.objects.get(code="hyndburn"),
        by=cast["governance"],
    )


@pytest.fixture
def second(cast):
    """A second person of information governance at the same site."""
    person = User.objects.create_user(username="governance2", display_name="Greta Second")
    for group in cast["governance"].groups.all():
        person.groups.add(group)
    assert RoleAtSite.objects.exists()
    return person


def ask(adoption, by, ground=SealedGround.COURT):
    return ask_for_sealed_reading(
        adoption=adoption,
        ground=ground,
        authority="Order of the family court",
        reason="To answer the order",
        by=by,
    )


def decide(reading, by, approved=True, days=2):
    until = timezone.localdate() + timedelta(days=days) if approved else None
    return decide_sealed_reading(
        reading=reading, approved=approved, until=until, decision_note="I read the order", by=by
    )


def test_a_child_who_was_adopted_is_no_adult(adoption, cast):
    with pytest.raises(ActionRefused, match="not yet 18"):
        ask(adoption, cast["governance"], SealedGround.ADOPTED_ADULT)
    born = timezone.localdate() - timedelta(days=19 * 366)
    Infant.objects.filter(pk=adoption.birth_infant_id).update(birth_date=born)
    adoption.birth_infant.refresh_from_db()
    assert ask(adoption, cast["governance"], SealedGround.ADOPTED_ADULT).pk


def test_nobody_approves_their_own_and_it_is_decided_once(adoption, cast, second):
    reading = ask(adoption, cast["governance"])
    with pytest.raises(ActionRefused, match="yourself"):
        decide(reading, cast["governance"])
    decide(reading, second, approved=False)
    with pytest.raises(ActionRefused, match="already been decided"):
        decide(reading, second)


def test_it_is_read_for_some_days_at_most(adoption, cast, second):
    reading = ask(adoption, cast["governance"])
    for days in (-1, 8):
        with pytest.raises(ActionRefused, match="Choose a day"):
            decide(reading, second, days=days)
    decided = decide(reading, second, days=7)
    assert find_reading_obstacle(decided, cast["governance"]) == ""
    SealedReading.objects.update(until=timezone.localdate() - timedelta(days=1))
    decided.refresh_from_db()
    assert "last day" in find_reading_obstacle(decided, cast["governance"])


def test_the_page_shows_it_to_the_two_after_approval_and_each_opening_is_logged(
    adoption, cast, second, sign_in_as
):
    reading = ask(adoption, cast["governance"])
    path = reverse("read-sealed-record", args=[reading.pk])
    client = sign_in_as("governance")
    assert BIRTH_NAME not in client.get(path).text
    decide(reading, second)
    assert BIRTH_NAME in client.get(path).text
    entry = AccessEntry.objects.filter(view="read-sealed-record").latest("at")
    assert adoption.family_id in entry.opened
    assert "court order" in entry.reason
    SealedReading.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert BIRTH_NAME not in client.get(path).text


def test_a_third_person_does_not_read_it(adoption, cast, second):
    decided = decide(ask(adoption, cast["governance"]), second)
    third = User.objects.create_user(username="governance3")
    assert find_reading_obstacle(decided, third)


@pytest.mark.parametrize("who", ["blackburn", "supervisor", "duty", "administrator", "manager"])
def test_no_other_role_knows_of_it(adoption, cast, sign_in_as, who):
    reading = ask(adoption, cast["governance"])
    client = sign_in_as(who)
    for name in ("sealed-reading", "read-sealed-record"):
        assert client.get(reverse(name, args=[reading.pk])).status_code in (403, 404)
