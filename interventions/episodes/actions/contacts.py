"""What is done with a care contact: recorded, signed, marked in error."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.episodes import start_using
from interventions.episodes.actions.notes import Subject, is_of_family, write_notes
from interventions.episodes.models import (
    CareContact,
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

Person = Infant | Caregiver


MERGED_MEANWHILE = (
    "A record of this family was merged with another a moment ago. Open the family's page again."
)


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
) -> CareContact:
    """One encounter: when, how and where, who came and who did not, what was worked on, and the note by part.

    ``subjects`` says whom a part of the note is about (an infant, a caregiver, a dyad, "couple" or "family");
    without it ``usual_subject`` decides.
    """
    episode = _locked_with_family(episode)
    _check_contact(episode, starts_at, participants)
    _check_in_sight([person for person, _ in participants])
    contact = CareContact.objects.create(
        episode=episode,
        starts_at=starts_at,
        minutes=minutes,
        mechanism=mechanism,
        location=location,
        practitioner=by,
    )
    contact.interventions.set(interventions)
    start_using(episode, interventions, timezone.localdate(starts_at))
    for person, attendance in participants:
        Participant.objects.create(care_contact=contact, attendance=attendance, **_of_person(person))
    write_notes(contact, notes, subjects or {}, by)
    return sign_contact(contact=contact, by=by) if sign else contact


def _locked_with_family(episode: Episode) -> Episode:
    """The family first, as a merge does: what is written while it moves the rows would stay behind, out of sight."""
    Family.objects.select_for_update(no_key=True).get(pk=episode.family_id)
    locked = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if locked.family_id != episode.family_id:
        raise Refused(MERGED_MEANWHILE)
    return locked


def _check_in_sight(people: Sequence[Person]) -> None:
    ids = {person.pk for person in people}
    held = [model.objects.live().filter(pk__in=ids).count() for model in (Infant, Caregiver)]
    if sum(held) < len(ids):
        raise Refused(MERGED_MEANWHILE)


def _check_contact(episode: Episode, starts_at: datetime, participants: Sequence[tuple[Person, str]]) -> None:
    day, today = timezone.localdate(starts_at), timezone.localdate()
    problem = why_not_contact_on(day=day, opened=episode.opened_on, ended=episode.ended_on, on=today)
    if problem:
        raise Refused({"held_on": problem})
    if not participants:
        raise Refused({"participants": "Say who was expected."})
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
    """The author says that it is so; from now on the words are frozen and can only be amended."""
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.signed_at:
        raise Refused("This contact is signed already.")
    if contact.practitioner_id != by.pk:
        raise Refused("Only the person who wrote this can sign it.")
    contact.signed_at = timezone.now()
    contact.save(update_fields=["signed_at"])
    contact.notes.filter(signed_at=None).update(signed_at=contact.signed_at)
    return contact


@transaction.atomic
def mark_contact_in_error(*, contact: CareContact, reason: str, by: User) -> CareContact:
    """The contact goes out of ordinary view, and its people and notes with it; governance is told."""
    if contact.entered_in_error_at:
        raise Refused("This contact is marked already.")
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return contact
