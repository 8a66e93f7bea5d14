"""A family at Blackburn with Darwen with an open episode: Maya and Sara, Tom, and two attended contacts."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from interventions.episodes.models import CareContact, Episode, Goal, Participant
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.models import Place, Site
from referrals.models import Referral


@dataclass
class OutcomesWorld:
    """The people and the work, with `days` counted back from today."""

    cast: dict
    family: Family
    maya: Infant
    sara: Caregiver
    tom: Caregiver
    dyad: Dyad
    father: Dyad
    episode: Episode
    goal: Goal

    @property
    def today(self):
        return timezone.localdate()

    def get_days_ago(self, days):
        return self.today - timedelta(days=days)

    def add_contact(self, days, attendance="attended", mechanism="01"):
        starts = timezone.make_aware(datetime.combine(self.get_days_ago(days), time(10)))
        contact = CareContact.objects.create(
            episode=self.episode,
            starts_at=starts,
            minutes=60,
            mechanism=mechanism,
            location="A01",
            practitioner=self.cast["blackburn"],
        )
        Participant.objects.create(care_contact=contact, infant=self.maya, attendance=attendance)
        return contact


@pytest.fixture
def world(cast):
    site = Site.objects.get(code="blackburn-with-darwen")
    place, today = Place.objects.get(code="blackburn-with-darwen"), timezone.localdate()
    family = Family.objects.create(site=site, place=place)
    maya = Infant.objects.create(
        family=family, given_name="Maya", reference="PI-2026-00001", birth_date=today - timedelta(days=200)
    )
    sara = Caregiver.objects.create(family=family, given_name="Sara")
    tom = Caregiver.objects.create(family=family, given_name="Tom")
    dyad = Dyad.objects.create(
        family=family, infant=maya, caregiver=sara, relationship="mother", main_carer=True
    )
    father = Dyad.objects.create(family=family, infant=maya, caregiver=tom, relationship="father")
    referral = Referral.objects.create(
        reference="R-2026-00001",
        site=site,
        place=place,
        family=family,
        entry_point="professional",
        source_code="A2",
        received_at=timezone.now() - timedelta(days=120),
        permission="parent_agreed",
        noticed="Looks away",
    )
    episode = Episode.objects.create(
        family=family,
        referral=referral,
        site=site,
        lead=cast["blackburn"],
        opened_on=today - timedelta(days=100),
    )
    episode.focus.add(dyad)
    goal = Goal.objects.create(
        episode=episode, dyad=dyad, words="To enjoy bath time", set_on=today - timedelta(days=90)
    )
    return OutcomesWorld(cast, family, maya, sara, tom, dyad, father, episode, goal)


@pytest.fixture
def equal_answers():
    """All eighteen items answered with one value."""
    return lambda value: dict.fromkeys(range(1, 19), value)


@pytest.fixture
def sign_in_as(client, cast):
    """Sign one of the cast in."""

    def sign_in(username):
        client.force_login(cast[username])
        return client

    return sign_in
