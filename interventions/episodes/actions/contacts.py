"""What is done with a care contact: recorded, signed, marked in error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.episodes import start_using
from interventions.episodes.actions.notes import Subject, is_of_family, is_trainee_at, write_notes
from interventions.episodes.contact_rules import (
    after_signing,
    baby_facts,
    kind_of,
    why_not_baby,
    why_not_kind,
)
from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    Episode,
    Intervention,
    Participant,
)
from interventions.episodes.rules import (
    why_not_attendance,
    why_not_contact_on,
)
from pairs.families.actions import mark_entered_in_error
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import User
from pairs.service.refusals import Refused
from pairs.village.models import VillageMember

Person = Infant | Caregiver


MERGED_MEANWHILE = (
    "A record of this family was merged with another a moment ago. Open the family's page again."
)


@dataclass(frozen=True)
class Colleague:
    """Somebody besides the family: of another service (typed, or as the village knows them), or one of ours."""

    name: str = ""
    role: str = ""
    organisation: str = ""
    member: VillageMember | None = None
    user: User | None = None


@transaction.atomic
def record_care_contact(
    *,
    episode: Episode,
    starts_at: datetime,
    minutes: int,
    mechanism: str,
    location: str,
    participants: Sequence[tuple[Person, str]],
    interventions: Sequence[Intervention],
    notes: Mapping[str, str],
    sign: bool,
    by: User,
    subjects: Mapping[str, Subject] | None = None,
    kind: str = "",
    babies: Mapping[UUID, str] | None = None,
    others: Sequence[Colleague] = (),
) -> CareContact:
    """One encounter: when, how and where, who came and who did not, what was worked on, and the note by part.

    ``subjects`` says whom a part of the note is about (an infant, a caregiver, a dyad, "couple" or "family");
    without it ``usual_subject`` decides. ``kind``: of contact_rules.KINDS; without it the mechanism says it.
    ``babies``: how a baby was there ({infant's id: a level of contact_rules.BABY}), where it was not as usual.
    ``others``: who worked along at a joint contact, or with whom a liaison was.
    """
    episode = locked_with_family(episode)
    kind = kind or kind_of(mechanism)
    wrong = why_not_kind(kind=kind, mechanism=mechanism, people=len(participants), colleagues=len(others))
    if wrong:
        raise Refused(wrong)
    _check_contact(episode, starts_at, participants)
    check_in_sight([person for person, _ in participants])
    contact = CareContact.objects.create(
        episode=episode,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        mechanism=mechanism,
        location=location,
        practitioner=by,
    )
    contact.interventions.set(interventions)
    start_using(episode, interventions, timezone.localdate(starts_at))
    write_participants(contact, participants, babies or {})
    _write_colleagues(contact, others)
    write_notes(contact, notes, subjects or {}, by)
    return sign_contact(contact=contact, by=by) if sign else contact


def write_participants(
    contact: CareContact, participants: Sequence[tuple[Person, str]], babies: Mapping[UUID, str]
) -> None:
    """A row for each person; for a baby also how they were there."""
    on = timezone.localdate(contact.starts_at)
    for person, attendance in participants:
        facts: dict[str, bool] = {}
        if isinstance(person, Infant):
            facts = _baby(contact, person, attendance, babies.get(person.pk, ""), on)
        Participant.objects.create(care_contact=contact, attendance=attendance, **_of_person(person), **facts)


def _baby(contact: CareContact, infant: Infant, attendance: str, said: str, on: date) -> dict[str, bool]:
    how, born = contact.mechanism, infant.birth_date is not None and infant.birth_date <= on
    problem = why_not_baby(attendance=attendance, mechanism=how, born=born, said=said)
    if problem:
        raise Refused({"participants": problem})
    return vars(baby_facts(attendance=attendance, mechanism=how, born=born, said=said))


def _write_colleagues(contact: CareContact, others: Sequence[Colleague]) -> None:
    for other in others:
        if other.member and other.member.family_id != contact.episode.family_id:
            raise Refused({"others": "Choose from this family's village."})
        ContactColleague.objects.create(care_contact=contact, **vars(other))


def locked_with_family(episode: Episode) -> Episode:
    """The family first, as a merge does: what is written while it moves the rows would stay behind, out of sight."""
    Family.objects.select_for_update(no_key=True).get(pk=episode.family_id)
    locked = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if locked.family_id != episode.family_id:
        raise Refused(MERGED_MEANWHILE)
    return locked


def check_in_sight(people: Sequence[Person]) -> None:
    """Nobody who was merged away, sealed or entered in error."""
    ids = {person.pk for person in people}
    held = [model.objects.live().filter(pk__in=ids).count() for model in (Infant, Caregiver)]
    if sum(held) < len(ids):
        raise Refused(MERGED_MEANWHILE)


def _check_contact(episode: Episode, starts_at: datetime, participants: Sequence[tuple[Person, str]]) -> None:
    day, today = timezone.localdate(starts_at), timezone.localdate()
    problem = why_not_contact_on(day=day, opened=episode.opened_on, ended=episode.ended_on, on=today)
    if problem:
        raise Refused({"held_on": problem})
    check_people(episode, participants)


def check_people(episode: Episode, participants: Sequence[tuple[Person, str]]) -> None:
    """Each of this family, once, and with an attendance that can be said of them."""
    if len({person.pk for person, _ in participants}) < len(participants):
        raise Refused({"participants": "Each person is named once."})
    for person, attendance in participants:
        if not is_of_family(person, episode.family_id):
            raise Refused({"participants": "Choose from this family."})
        problem = why_not_attendance(is_infant=isinstance(person, Infant), attendance=attendance)
        if problem:
            raise Refused({"participants": problem})


def _of_person(person: Person) -> dict[str, Person]:
    return {"infant" if isinstance(person, Infant) else "caregiver": person}


@transaction.atomic
def sign_contact(*, contact: CareContact, by: User) -> CareContact:
    """The author says that it is so; from now on the words are frozen and can only be amended.

    A trainee's note then waits for somebody to countersign it.
    """
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.signed_at:
        raise Refused("This contact is signed already.")
    if contact.practitioner_id != by.pk:
        raise Refused("Only the person who wrote this can sign it.")
    contact.signed_at = timezone.now()
    contact.countersigning = after_signing(trainee=is_trainee_at(by, contact.site_id))
    contact.save(update_fields=["signed_at", "countersigning"])
    contact.notes.filter(signed_at=None).update(signed_at=contact.signed_at)
    return contact


@transaction.atomic
def mark_contact_in_error(*, contact: CareContact, reason: str, by: User) -> CareContact:
    """The contact goes out of ordinary view, and its people and notes with it; governance is told."""
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.entered_in_error_at:
        raise Refused("This contact is marked already.")
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return contact
