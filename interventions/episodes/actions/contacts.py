"""What is done with a care contact: recorded, signed, marked in error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.episodes import start_using
from interventions.episodes.actions.notes import (
    Facts,
    Subject,
    is_of_family,
    is_trainee_at,
    parts_of_subjects,
    trainee_roles,
    write_notes,
)
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
from pairs.access.asking import Question
from pairs.access.prepared import PreparedQuery
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import NOBODY, Scope
from pairs.families.actions import mark_entered_in_error
from pairs.families.models import Caregiver, Infant
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


def write_care_contact(
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
    """Inside the caller's transaction, one encounter: when, how and where, who came, what was worked on, and the note.

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
    people = [person for person, _ in participants]
    facts = _facts_of(episode, people, by)
    _check_found(people, facts)
    contact = CareContact.objects.create(
        episode=episode,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        mechanism=mechanism,
        location=location,
        practitioner=by,
        **_signed(facts) if sign else {},
    )
    _write_interventions(contact, interventions)
    start_using(episode, interventions, timezone.localdate(starts_at), facts["under_way"])
    write_participants(contact, participants, babies or {})
    _write_colleagues(contact, others)
    write_notes(contact, notes, subjects or {}, by, facts)
    return contact


record_care_contact = transaction.atomic(write_care_contact)


def _facts_of(episode: Episode, people: Sequence[Person], by: User) -> Facts:
    """What is asked before a contact of a locked episode is written, in one query."""
    ids = {"episode": episode.pk, "family": episode.family_id, "site": episode.site_id, "user": by.pk}
    return _FACTS.rows(NOBODY, **ids, people=[person.pk for person in people])


def _facts(scope: Scope, *, episode: UUID, family: UUID, site: UUID, user: UUID, people: UUID) -> Mapping:
    return {
        **parts_of_subjects(episode, family),
        **_in_sight(people),
        "under_way": Question(Intervention.objects.under_way(episode), {"pk": "pk"}, _pk_of),
        "trainee": Question(trainee_roles(user, site), {"pk": "pk"}, _pk_of),
    }


def _in_sight(people: UUID) -> dict[str, Question]:
    live = {"infants_in_sight": Infant.objects.live(), "carers_in_sight": Caregiver.objects.live()}
    return {name: Question(rows.filter(pk__in=[people]), {"pk": "pk"}, _pk_of) for name, rows in live.items()}


def _pk_of(row: dict) -> list:
    return [row["pk"]]


_FACTS = PreparedRecords(_facts)
_IN_SIGHT = PreparedRecords(lambda scope, people: _in_sight(people))


def _signed(facts: Facts) -> dict[str, Any]:
    """What signing at once adds: as sign_contact does afterwards."""
    return {"signed_at": timezone.now(), "countersigning": after_signing(trainee=bool(facts["trainee"]))}


def _write_interventions(contact: CareContact, interventions: Sequence[Intervention]) -> None:
    through = CareContact.interventions.through
    through.objects.bulk_create(
        through(carecontact=contact, intervention=each) for each in dict.fromkeys(interventions)
    )


def write_participants(
    contact: CareContact, participants: Sequence[tuple[Person, str]], babies: Mapping[UUID, str]
) -> None:
    """A row for each person; for a baby also how they were there."""
    on = timezone.localdate(contact.starts_at)
    rows = []
    for person, attendance in participants:
        facts: dict[str, bool] = {}
        if isinstance(person, Infant):
            facts = _baby(contact, person, attendance, babies.get(person.pk, ""), on)
        rows.append(Participant(care_contact=contact, attendance=attendance, **_of_person(person), **facts))
    Participant.objects.bulk_create(rows)


def _baby(contact: CareContact, infant: Infant, attendance: str, said: str, on: date) -> dict[str, bool]:
    how, born = contact.mechanism, infant.birth_date is not None and infant.birth_date <= on
    problem = why_not_baby(attendance=attendance, mechanism=how, born=born, said=said)
    if problem:
        raise Refused({"participants": problem})
    return vars(baby_facts(attendance=attendance, mechanism=how, born=born, said=said))


def _write_colleagues(contact: CareContact, others: Sequence[Colleague]) -> None:
    family = contact.episode.family_id
    if any(other.member and other.member.family_id != family for other in others):
        raise Refused({"others": "Choose from this family's village."})
    ContactColleague.objects.bulk_create(
        ContactColleague(care_contact=contact, **vars(other)) for other in others
    )


def locked_with_family(episode: Episode) -> Episode:
    """The family first, as a merge does: what is written while it moves the rows would stay behind, out of sight.

    Rows are locked in the order of ``of``; whoever waited sees them as they are then, and finds none that moved.
    """
    locked = _LOCKED.first(NOBODY, episode=episode.pk, family=episode.family_id)
    if locked is None:
        raise Refused(MERGED_MEANWHILE)
    return locked


_LOCKED = PreparedQuery(
    lambda scope, episode, family: (
        Episode.objects.select_related("family")
        .filter(pk=episode, family=family)
        .select_for_update(of=("family", "self"), no_key=True)
    )
)


def check_in_sight(people: Sequence[Person]) -> None:
    """Nobody who was merged away, sealed or entered in error."""
    _check_found(people, _IN_SIGHT.rows(NOBODY, people=[person.pk for person in people]))


def _check_found(people: Sequence[Person], facts: Facts) -> None:
    if len(facts["infants_in_sight"]) + len(facts["carers_in_sight"]) < len({person.pk for person in people}):
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
    if contact.is_entered_in_error:
        raise Refused("This contact is marked already.")
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return contact
