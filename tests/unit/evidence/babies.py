"""Babies to count, as plain as can be: each with a referral, an episode and contacts in October 2026 or before."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from interventions.episodes.models import CareContact, Episode, Participant
from pairs.families.models import Dyad, Family, Infant
from pairs.service.models import Place
from referrals.models import Referral, ReferredInfant
from tests.unit.families.factories import make_family

NUMBERS = count(1)


def at(day, month=10):
    """Ten in the morning of a day of 2026."""
    return datetime(2026, month, day, 10, tzinfo=ZoneInfo("Europe/London"))


def babies(number, by, *, first_seen, attended=1):
    """So many babies of families of their own, each seen so often in October; for the first time at ``first_seen``."""
    found = []
    for _ in range(number):
        family = make_family(reference=f"N{next(NUMBERS)}")
        infant, episode = family.infants.get(), work_with(family, by)
        if first_seen.month != 10:
            see(episode, first_seen, infant)
        for day in range(attended):
            see(episode, at(10 + day), infant)
        found.append(infant)
    return found


def work_with(family: Family, by, received=None) -> Episode:
    """An accepted referral and its episode, with every baby of the family in both."""
    received = received or at(1, month=9)
    referral = Referral.objects.create(
        reference=f"R-N{next(NUMBERS)}", site=family.site, place=family.place or Place.objects.first(), family=family,
        entry_point="professional", source_code="A2", received_at=received, permission="parent_agrees",
        noticed="Made up.", status="accepted", decided_at=received,
    )  # fmt: skip
    for order, infant in enumerate(family.infants.live(), 1):
        ReferredInfant.objects.create(referral=referral, order=order, became=infant, ethnicity="A")
    episode = Episode.objects.create(
        family=family, referral=referral, site=family.site, lead=by, opened_on=received.date()
    )
    episode.focus.set(family.dyads.live())
    return episode


def see(episode: Episode, moment, *people: Infant, attendance="attended") -> CareContact:
    """One visit to these babies."""
    contact = CareContact.objects.create(
        episode=episode,
        starts_at=moment,
        minutes=60,
        mechanism="01",
        location="A01",
        practitioner=episode.lead,
    )
    for infant in people:
        Participant.objects.create(care_contact=contact, infant=infant, attendance=attendance)
    return contact


def enter_again(infant: Infant) -> Infant:
    """The same baby a second time in the same family: in the referral, in focus, and at October's last visit."""
    again = Infant.objects.create(
        family=infant.family, reference=f"PI-N{next(NUMBERS)}", given_name=infant.given_name,
        birth_date=infant.birth_date,
    )  # fmt: skip
    dyad = infant.dyads.get()
    double = Dyad.objects.create(
        family=infant.family, infant=again, caregiver=dyad.caregiver, relationship=dyad.relationship
    )
    episode = dyad.episodes.get()
    episode.focus.add(double)
    ReferredInfant.objects.create(referral=episode.referral, order=9, became=again, ethnicity="A")
    contact = episode.contacts.order_by("starts_at").last()
    Participant.objects.create(care_contact=contact, infant=again, attendance="attended")
    return again
