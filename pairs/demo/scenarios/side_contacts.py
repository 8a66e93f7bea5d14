"""Contacts besides visits: texts, talks with the health visitor, a trainee's call to countersign."""

from datetime import date, timedelta
from random import Random
from typing import Any

from interventions.episodes.contact_rules import ContactKind, CountersigningState
from interventions.episodes.rules import Location, Mechanism
from pairs.demo import texts_side_contacts as words
from pairs.demo.people import make_id
from pairs.demo.scenarios.records import (
    Act,
    ContactRecord,
    CountersignRecord,
    EpisodeRecord,
    FamilyScenario,
    NotePartRecord,
)
from pairs.demo.staff import STAFFED

CONTACTS_PER_TALK = 3  # contacts
EPISODES_PER_CALL = 5  # episodes
DAY = timedelta(days=1)
COUNTERSIGN_WAIT = timedelta(days=30)
TRAINEE, TRAINS_AT = "trainee", STAFFED[1]


def build_side_contacts(
    rng: Random, scenario: FamilyScenario, work: EpisodeRecord, until: date
) -> list[ContactRecord]:
    """A text the day before each contact, a talk the day before that now and then."""
    met = [contact for contact in work.contacts if contact.starts_at - 2 * DAY > work.act.at]
    found = [_build_message(rng, scenario, work, contact) for contact in met]
    found += [_build_liaison(rng, work, contact) for contact in met[::CONTACTS_PER_TALK]]
    if len(met) < 3 or scenario.number % EPISODES_PER_CALL:
        return found
    if scenario.referral.site == TRAINS_AT and work.lead != TRAINEE:
        found.append(_build_trainee_call(rng, scenario, work, met[-1], until))
    return found


def _build_message(
    rng: Random, scenario: FamilyScenario, work: EpisodeRecord, near: ContactRecord
) -> ContactRecord:
    to = [(make_id(rng), "caregiver", scenario.carers[0].id, "attended")]
    said = [
        NotePartRecord(make_id(rng), "happened", "caregiver", rng.choice(words.TEXTS), scenario.carers[0].id)
    ]
    return _build_side_contact(
        rng,
        near,
        work.lead,
        kind=ContactKind.MESSAGE,
        minutes=0,
        mechanism=Mechanism.TEXT_MESSAGE,
        came=to,
        parts=said,
    )


def _build_liaison(rng: Random, work: EpisodeRecord, near: ContactRecord) -> ContactRecord:
    colleague = [(make_id(rng), *rng.choice(words.COLLEAGUES))]
    said = [NotePartRecord(make_id(rng), "happened", "family", rng.choice(words.TALKS))]
    return _build_side_contact(
        rng,
        near,
        work.lead,
        kind=ContactKind.LIAISON,
        before=2,
        minutes=15,
        mechanism=Mechanism.TELEPHONE,
        others=colleague,
        parts=said,
    )


def _build_trainee_call(
    rng: Random, scenario: FamilyScenario, work: EpisodeRecord, near: ContactRecord, until: date
) -> ContactRecord:
    """By telephone with the carer; countersigned by the lead an hour later, but for those of the last weeks."""
    to = [(make_id(rng), "caregiver", scenario.carers[0].id, "attended")]
    said = [
        NotePartRecord(make_id(rng), "happened", "caregiver", rng.choice(words.CALLS), scenario.carers[0].id)
    ]
    call = _build_side_contact(
        rng, near, TRAINEE, kind=ContactKind.FAMILY, minutes=20, mechanism=Mechanism.TELEPHONE, came=to, parts=said,
        countersigning=CountersigningState.WAITING,
    )  # fmt: skip
    if until - call.starts_at.date() > COUNTERSIGN_WAIT:
        call.countersigned = CountersignRecord(make_id(rng), Act(call.act.at + timedelta(hours=1), work.lead))
    return call


def _build_side_contact(
    rng: Random, near: ContactRecord, by: str, *, minutes: int, before: int = 1, **what: Any
) -> ContactRecord:
    starts = near.starts_at - before * DAY
    written = starts + timedelta(minutes=minutes + rng.randrange(3, 50), seconds=rng.randrange(60))
    usual = {"came": [], "parts": [], "uses": [], "location": Location.ELSEWHERE, "signed": True}
    return ContactRecord(
        id=make_id(rng), act=Act(written, by), starts_at=starts, minutes=minutes, **usual | what
    )
