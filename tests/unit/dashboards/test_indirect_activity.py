"""Work about a baby without them, and referrals that made no record: what counts for the clock, and for whom."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import CareContact, NotePart
from referrals.actions.consultations import hold_consultation, withdraw_consultation
from referrals.actions.decisions import decide_referral
from referrals.actions.steps import withdraw_referral
from tests.unit.dashboards.test_waits import list_clocks, list_waits_due, make_named_episode
from tests.unit.referrals.factories import REPLIES, make_test_referral

pytestmark = pytest.mark.django_db


def days_ago(days):
    """Meanwhile it is so many days ago: when a referral was received is never changed afterwards."""
    return patch("django.utils.timezone.now", return_value=timezone.now() - timedelta(days=days))


@pytest.fixture
def me(cast):
    return cast["blackburn"]


@pytest.fixture
def twins(me):
    """An episode about two babies, begun 24 days ago."""
    return make_named_episode(me, days_ago=24, infants=2)


def talk_to_colleague(episode, by, days_ago=5, **about):
    """Liaison with a note about somebody; about nobody in particular where nobody is named."""
    contact = CareContact.objects.create(
        episode=episode, kind="liaison", starts_at=timezone.now() - timedelta(days=days_ago), minutes=20,
        mechanism="02", location="X01", practitioner=by,
    )  # fmt: skip
    NotePart.objects.create(care_contact=contact, part="happened", text="Made up.", written_by=by, **about)


def test_liaison_about_a_named_baby_is_a_first_contact_of_that_baby(me, twins):
    one, two = twins.family.infants.order_by("twin_order")
    talk_to_colleague(twins, me, subject="infant", infant=one)
    assert list_clocks(me)["R-T"].clock.contact is None  # the other one waits
    talk_to_colleague(twins, me, days_ago=3, subject="dyad", dyad=two.dyads.first())
    assert list_clocks(me)["R-T"].clock.contact == timezone.localdate() - timedelta(days=5)


@pytest.mark.parametrize(("subject", "counts"), [("family", True), ("caregiver", False)])
def test_liaison_about_the_family_is_about_its_babies_and_about_a_carer_it_is_not(me, twins, subject, counts):
    about = {"caregiver": twins.family.caregivers.first()} if subject == "caregiver" else {}
    talk_to_colleague(twins, me, subject=subject, **about)
    assert (list_clocks(me)["R-T"].clock.contact is not None) == counts


@pytest.fixture
def asked(cast):
    """A referral answered by a consultation 10 days ago, received 30 days ago; and the consultation."""
    with days_ago(30):
        referral = make_test_referral(cast["healthvisitor"])
    with days_ago(10):
        decide_referral(
            referral=referral, by=cast["duty"], response="consultation", thrive="advice", reason="Thought about it",
            replies=REPLIES,
        )  # fmt: skip
    return referral, referral.consultations.get()


def test_a_referral_answered_by_a_consultation_waits_until_it_is_held(cast, asked):
    referral, consultation = asked
    row = list_clocks(cast["duty"])[referral.reference]
    assert row.href == reverse("consultation", args=[consultation.pk])
    assert [each.why for each in list_waits_due(cast["duty"])] == ["Day 30. Still missing: the consultation."]
    hold_consultation(
        consultation=consultation, held_on=timezone.localdate(), minutes=30, thoughts="x", outcome="advice",
        by=cast["duty"],
    )  # fmt: skip
    assert not list_clocks(cast["duty"])


def test_it_ends_when_the_consultation_is_held_and_not_at_the_decision(cast, asked):
    """Decided ten days ago, held four days ago, referred again today: one spell, whose first contact was the talk."""
    _, consultation = asked
    held = timezone.localdate() - timedelta(days=4)
    consultation.change(status="held", held_on=held, outcome="advice")
    again = make_test_referral(cast["healthvisitor"])
    clock = list_clocks(cast["duty"])[again.reference].clock
    assert (clock.days(timezone.localdate()), clock.contact) == (30, held)


@pytest.mark.parametrize(("closed", "start"), [(5, 9), (6, 0)])
def test_a_referral_withdrawn_before_anybody_accepted_it_is_of_the_same_spell(cast, closed, start):
    """Received nine days ago and withdrawn: nobody has a record, and the next one names the same baby."""
    with days_ago(9):
        first = make_test_referral(cast["healthvisitor"])
    with days_ago(closed):
        withdraw_referral(referral=first, asked_by="family", reason="x", replies=REPLIES, by=cast["duty"])
    again = make_test_referral(cast["healthvisitor"])
    assert list_clocks(cast["duty"])[again.reference].clock.days(timezone.localdate()) == start


def test_withdrawn_referrals_with_five_days_between_are_a_chain(cast):
    """Three of one baby, each withdrawn a day later and the next five days after that: the wait is from the first."""
    for received in (18, 12, 6):
        with days_ago(received):
            made = make_test_referral(cast["healthvisitor"])
        with days_ago(received - 1):
            withdraw_referral(referral=made, asked_by="family", reason="x", replies=REPLIES, by=cast["duty"])
    again = make_test_referral(cast["healthvisitor"])
    assert list_clocks(cast["duty"])[again.reference].clock.days(timezone.localdate()) == 18


def test_a_consultation_that_is_withdrawn_ends_the_referral_at_its_decision(cast, asked):
    referral, consultation = asked
    withdraw_consultation(consultation=consultation, reason="They moved", by=cast["duty"])
    assert referral.reference not in list_clocks(cast["duty"])
    again = make_test_referral(cast["healthvisitor"])
    assert list_clocks(cast["duty"])[again.reference].clock.days(timezone.localdate()) == 0
