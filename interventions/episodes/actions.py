"""What is done in the work: an episode opened and ended, contacts recorded, signed, amended, goals set."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import (
    CareContact,
    Episode,
    Goal,
    Intervention,
    InterventionUse,
    NotePart,
    Participant,
    leads_at,
)
from interventions.episodes.rules import (
    MOST_GOALS,
    usual_subject,
    why_not_agreed_on,
    why_not_attendance,
    why_not_contact_on,
    why_not_ended_on,
    why_not_opened_on,
)
from pairs.families.actions import mark_entered_in_error
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.models import Referral

Person = Infant | Caregiver
Subject = Infant | Caregiver | Dyad | str
MERGED_MEANWHILE = (
    "A record of this family was merged with another a moment ago. Open the family's page again."
)


@transaction.atomic
def open_episode(
    *,
    referral: Referral,
    lead: User,
    focus: Sequence[Dyad],
    interventions: Sequence[Intervention],
    thrive: str,
    opened_on: date,
    by: User,
    review_on: date | None = None,
) -> Episode:
    """Begin the work that an accepted referral asked for: its dyads in focus, its ways of working."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    family = referral.family
    if referral.status != "accepted" or family is None:
        raise Refused("Only an accepted referral with a family can have an episode.")
    if Episode.objects.filter(referral=referral).exists():
        raise Refused("The episode of this referral is open already.")
    _check_opening(referral, focus, opened_on)
    if not leads_at(family.site_id).filter(pk=lead.pk).exists():
        raise Refused({"lead": "Choose somebody who writes records at the family's site."})
    episode = Episode.objects.create(
        family=family,
        referral=referral,
        site=family.site,
        lead=lead,
        opened_on=opened_on,
        thrive=thrive,
        review_on=review_on,
    )
    episode.focus.set(focus)
    _start_using(episode, interventions, opened_on)
    return episode


def _check_opening(referral: Referral, focus: Sequence[Dyad], opened_on: date) -> None:
    received = timezone.localdate(referral.received_at)
    problem = why_not_opened_on(day=opened_on, received=received, on=timezone.localdate())
    if problem:
        raise Refused({"opened_on": problem})
    if not focus and referral.patient_id is None:
        raise Refused({"focus": "Choose at least one relationship to work with."})
    if referral.patient_id and any(dyad.caregiver_id != referral.patient_id for dyad in focus):
        raise Refused(
            {"focus": "This is a carer's own episode. Choose from their own relationships, or none."}
        )
    if any(dyad.family_id != referral.family_id for dyad in focus):
        raise Refused({"focus": "Choose from this family."})


def _start_using(episode: Episode, interventions: Iterable[Intervention], on: date) -> None:
    under_way = set(Intervention.objects.under_way(episode))
    for intervention in interventions:
        if intervention not in under_way:
            InterventionUse.objects.create(episode=episode, intervention=intervention, started_on=on)


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
    _start_using(episode, interventions, timezone.localdate(starts_at))
    for person, attendance in participants:
        Participant.objects.create(care_contact=contact, attendance=attendance, **_of_person(person))
    _write(contact, notes, subjects or {}, by)
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
        if not _of_family(person, episode.family_id):
            raise Refused({"participants": "Choose from this family."})
        problem = why_not_attendance(is_infant=isinstance(person, Infant), attendance=attendance)
        if problem:
            raise Refused({"participants": problem})


def _of_person(person: Person) -> dict[str, Person]:
    return {"infant" if isinstance(person, Infant) else "caregiver": person}


def _write(contact: CareContact, notes: Mapping[str, str], subjects: Mapping[str, Subject], by: User) -> None:
    for part, text in notes.items():
        if text.strip():
            about = _about(contact, part, subjects.get(part))
            NotePart.objects.create(care_contact=contact, part=part, text=text, written_by=by, **about)


def _about(contact: CareContact, part: str, subject: Subject | None) -> dict[str, Any]:
    """The fields of a note's part that say whom it is about."""
    if subject is None:
        subject = _usual(contact.episode, part)
    if isinstance(subject, str):
        return {"subject": subject}
    if not _of_family(subject, contact.episode.family_id):
        raise Refused({f"{part}_about": "Choose from this family."})
    name = str(subject._meta.model_name)
    return {"subject": name, name: subject}


def _of_family(subject: Infant | Caregiver | Dyad, family_id: UUID) -> bool:
    """A baby may also be here through a dyad, held in another family's record."""
    if subject.family_id == family_id:
        return True
    return isinstance(subject, Infant) and Infant.objects.of_family(family_id).filter(pk=subject.pk).exists()


def _usual(episode: Episode, part: str) -> Subject:
    if patient := episode.referral.patient:
        return patient
    infants = list(Infant.objects.active().of_family(episode.family_id)[:2])
    dyads = list(episode.focus.all()[:2])
    usual = usual_subject(part, infants=len(infants), dyads=len(dyads))
    if usual == "infant":
        return infants[0]
    return dyads[0] if usual == "dyad" else usual


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
def rewrite_notes(*, contact: CareContact, notes: Mapping[str, str], by: User) -> CareContact:
    """Go on writing a note that is not signed yet."""
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.signed_at:
        raise Refused("This contact is signed. Amend the part that needs it.")
    if contact.practitioner_id != by.pk:
        raise Refused("Only the person who wrote this can change it.")
    written = {note.part: note for note in contact.notes.live()}
    for part, text in notes.items():
        if part in written:
            written[part].text = text
            written[part].save(update_fields=["text"])
    _write(contact, {part: text for part, text in notes.items() if part not in written}, {}, by)
    return contact


@transaction.atomic
def amend_note(*, part: NotePart, text: str, reason: str, by: User) -> NotePart:
    """New words beside the signed ones, with the reason; both stay."""
    part = NotePart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.signed_at is None:
        raise Refused("This note is not signed yet. Change it where it stands.")
    if NotePart.objects.filter(amends=part).exists():
        raise Refused("Somebody has amended this already. Amend the newest text.")
    if not reason.strip():
        raise Refused({"reason": "Say why the note is amended."})
    if not text.strip():
        raise Refused({"text": "Write what the note should say."})
    return NotePart.objects.create(
        care_contact=part.care_contact,
        part=part.part,
        subject=part.subject,
        infant=part.infant,
        dyad=part.dyad,
        caregiver=part.caregiver,
        text=text,
        written_by=by,
        signed_at=timezone.now(),
        amends=part,
        amended_because=reason,
    )


@transaction.atomic
def mark_contact_in_error(*, contact: CareContact, reason: str, by: User) -> CareContact:
    """The contact goes out of ordinary view, and its people and notes with it; governance is told."""
    if contact.entered_in_error_at:
        raise Refused("This contact is marked already.")
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return contact


@transaction.atomic
def set_goal(*, episode: Episode, dyad: Dyad, words: str, by: User) -> Goal:
    """What the family hopes for, in their words; up to three at a time."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on:
        raise Refused("This episode has ended.")
    if Goal.objects.live().filter(episode=episode).count() >= MOST_GOALS:
        raise Refused(f"There are {MOST_GOALS} goals already: few enough to hold in mind.")
    if dyad.family_id != episode.family_id:
        raise Refused({"dyad": "Choose from this family."})
    return Goal.objects.create(episode=episode, dyad=dyad, words=words, set_on=timezone.localdate())


@transaction.atomic
def agree_plan(*, episode: Episode, agreed_on: date, by: User) -> Episode:
    """The day on which the family first agreed the plan; given again, it puts a wrong day right."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    problem = why_not_agreed_on(
        day=agreed_on, opened=episode.opened_on, ended=episode.ended_on, on=timezone.localdate()
    )
    if problem:
        raise Refused({"agreed_on": problem})
    return episode.change(plan_agreed_on=agreed_on)


@transaction.atomic
def end_episode(
    *, episode: Episode, ended_on: date, reason: str, summary: str, held_next_by: str, by: User
) -> Episode:
    """A good ending: why, what changed in the family's words, and who holds them next."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on:
        raise Refused("This episode has ended already.")
    last = CareContact.objects.live().filter(episode=episode).newest_first().first()
    last_day = timezone.localdate(last.starts_at) if last else None
    problem = why_not_ended_on(
        day=ended_on, opened=episode.opened_on, last_contact=last_day, on=timezone.localdate()
    )
    if problem:
        raise Refused({"ended_on": problem})
    episode.ended_on, episode.ending_reason = ended_on, reason
    episode.ending_summary, episode.held_next_by = summary, held_next_by
    episode.save(update_fields=["ended_on", "ending_reason", "ending_summary", "held_next_by"])
    for use in episode.uses.filter(ended_on=None):
        use.ended_on = max(ended_on, use.started_on)
        use.save(update_fields=["ended_on"])
    return episode
