"""Actions on a care contact: record, sign, mark as entered in error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.episodes import start_using
from interventions.episodes.actions.notes import (
    NoteSubject,
    PreparedFacts,
    build_notes,
    build_subject_queries,
    is_of_family,
    is_trainee_at,
    query_trainee_roles,
)
from interventions.episodes.contact_rules import (
    compute_infant_presence,
    find_contact_kind_errors,
    find_presence_error,
    get_contact_kind,
    get_state_after_signing,
)
from interventions.episodes.models import (
    CareContact,
    ContactColleague,
    Episode,
    Intervention,
    Participant,
)
from interventions.episodes.rules import (
    find_attendance_error,
    find_contact_date_error,
)
from pairs.access.batch_query import Query
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.prepared_records import PreparedRecords
from pairs.access.prepared_writes import insert_rows
from pairs.access.scope import NOBODY, Scope
from pairs.families.actions import mark_entered_in_error
from pairs.families.last_day import validate_living
from pairs.families.models import Caregiver, Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.village.models import VillageMember

Person = Infant | Caregiver


MERGED_MEANWHILE = "A record in this family has just been merged with another. Open the family's page again."


@dataclass(frozen=True)
class Colleague:
    """A colleague at a contact: from another service (typed or from the family's network), or our own."""

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
    subjects: Mapping[str, NoteSubject] | None = None,
    kind: str = "",
    babies: Mapping[UUID, str] | None = None,
    others: Sequence[Colleague] = (),
) -> CareContact:
    """Record one contact inside the caller's transaction: when, how, where, who came, and the note.

    ``subjects`` says whom a part of the note is about (an infant, a caregiver, a dyad, "couple" or "family");
    without it the default applies. ``kind``: one of the contact kinds; without it, from the mechanism.
    ``babies``: {infant id: level of presence} where it was not the usual one.
    ``others``: colleagues at a joint contact, or the other side of a liaison.
    """
    episode = lock_with_family(episode)
    kind = kind or get_contact_kind(mechanism)
    _validate_kind(kind, mechanism, participants, others)
    _validate_contact(episode, starts_at, participants)
    people = [person for person, _ in participants]
    facts = _load_contact_facts(episode, people, by)
    _validate_all_live(people, facts)
    contact = CareContact(
        episode=episode,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        mechanism=mechanism,
        location=location,
        practitioner=by,
        **_build_signature(facts) if sign else {},
    )
    insert_rows(
        [contact],
        _build_interventions(contact, interventions),
        build_participants(contact, participants, babies or {}),
        _build_colleagues(contact, others),
        build_notes(contact, notes, subjects or {}, by, facts),
    )
    _begin_interventions(contact, interventions, facts)
    return contact


def _begin_interventions(
    contact: CareContact, interventions: Sequence[Intervention], facts: Mapping[str, Any]
) -> None:
    """``contact.uses_begun``: those that were not under way."""
    day = timezone.localdate(contact.starts_at)
    contact.uses_begun = start_using(contact.episode, interventions, day, facts["under_way"])


record_care_contact = transaction.atomic(write_care_contact)


def _validate_kind(
    kind: str, mechanism: str, participants: Sequence[tuple[Person, str]], others: Sequence[Colleague]
) -> None:
    wrong = find_contact_kind_errors(
        kind=kind, mechanism=mechanism, people=len(participants), colleagues=len(others)
    )
    if wrong:
        raise ActionRefused(wrong)


def _load_contact_facts(episode: Episode, people: Sequence[Person], by: User) -> PreparedFacts:
    """Load what is needed to write a contact of a locked episode, in one query."""
    ids = {"episode": episode.pk, "family": episode.family_id, "site": episode.site_id, "user": by.pk}
    return _PREPARED_FACTS.rows(NOBODY, **ids, people=[person.pk for person in people])


def _build_fact_queries(
    scope: Scope, *, episode: UUID, family: UUID, site: UUID, user: UUID, people: UUID
) -> Mapping:
    return {
        **build_subject_queries(episode, family),
        **_build_live_people_queries(people),
        "under_way": Query(Intervention.objects.under_way(episode), {"pk": "pk"}, _get_pk),
        "trainee": Query(query_trainee_roles(user, site), {"pk": "pk"}, _get_pk),
    }


def _build_live_people_queries(people: UUID) -> dict[str, Query]:
    live = {"infants_in_sight": Infant.objects.live(), "carers_in_sight": Caregiver.objects.live()}
    return {name: Query(rows.filter(pk__in=[people]), {"pk": "pk"}, _get_pk) for name, rows in live.items()}


def _get_pk(row: dict) -> list:
    return [row["pk"]]


_PREPARED_FACTS = PreparedRecords(_build_fact_queries)
_PREPARED_LIVE_PEOPLE = PreparedRecords(lambda scope, people: _build_live_people_queries(people))


def _build_signature(facts: PreparedFacts) -> dict[str, Any]:
    """The fields set when a contact is signed on saving; the same as sign_contact sets later."""
    return {
        "signed_at": timezone.now(),
        "countersigning": get_state_after_signing(trainee=bool(facts["trainee"])),
    }


def _build_interventions(contact: CareContact, interventions: Sequence[Intervention]) -> list[Any]:
    through = CareContact.interventions.through
    return [through(carecontact=contact, intervention=each) for each in dict.fromkeys(interventions)]


def build_participants(
    contact: CareContact, participants: Sequence[tuple[Person, str]], babies: Mapping[UUID, str]
) -> list[Participant]:
    """A row for each person; for an infant with their level of presence."""
    on = timezone.localdate(contact.starts_at)
    rows = []
    for person, attendance in participants:
        facts: dict[str, bool] = {}
        if isinstance(person, Infant):
            facts = _build_infant_presence(contact, person, attendance, babies.get(person.pk, ""), on)
        rows.append(
            Participant(care_contact=contact, attendance=attendance, **_to_person_field(person), **facts)
        )
    return rows


def _build_infant_presence(
    contact: CareContact, infant: Infant, attendance: str, said: str, on: date
) -> dict[str, bool]:
    how, born = contact.mechanism, infant.birth_date is not None and infant.birth_date <= on
    problem = find_presence_error(attendance=attendance, mechanism=how, born=born, said=said)
    if problem:
        raise ActionRefused({"participants": problem})
    return vars(compute_infant_presence(attendance=attendance, mechanism=how, born=born, said=said))


def _build_colleagues(contact: CareContact, others: Sequence[Colleague]) -> list[ContactColleague]:
    family = contact.episode.family_id
    if any(other.member and other.member.family_id != family for other in others):
        raise ActionRefused({"others": "Choose from this family's village."})
    return [ContactColleague(care_contact=contact, **vars(other)) for other in others]


def lock_with_family(episode: Episode) -> Episode:
    """Lock the family first, as a merge does: rows written during a merge would be left behind and hidden.

    Rows are locked in the order of ``of``. After waiting, the query re-reads them and misses any moved.
    """
    locked = _PREPARED_LOCK.first(NOBODY, episode=episode.pk, family=episode.family_id)
    if locked is None:
        raise ActionRefused(MERGED_MEANWHILE)
    return locked


_PREPARED_LOCK = PreparedQuery(
    lambda scope, episode, family: (
        Episode.objects.select_related("family")
        .filter(pk=episode, family=family)
        .select_for_update(of=("family", "self"), no_key=True)
    )
)


def validate_live_people(people: Sequence[Person]) -> None:
    """Refuse people who were merged away, sealed or entered in error."""
    _validate_all_live(people, _PREPARED_LIVE_PEOPLE.rows(NOBODY, people=[person.pk for person in people]))


def _validate_all_live(people: Sequence[Person], facts: PreparedFacts) -> None:
    if len(facts["infants_in_sight"]) + len(facts["carers_in_sight"]) < len({person.pk for person in people}):
        raise ActionRefused(MERGED_MEANWHILE)


def _validate_contact(
    episode: Episode, starts_at: datetime, participants: Sequence[tuple[Person, str]]
) -> None:
    day, today = timezone.localdate(starts_at), timezone.localdate()
    refuse_all(
        {
            "held_on": find_contact_date_error(
                day=day, opened=episode.opened_on, ended=episode.ended_on, on=today
            )
        },
        lambda: validate_participants(episode, participants, day),
    )


def validate_participants(episode: Episode, participants: Sequence[tuple[Person, str]], day: date) -> None:
    """Each person belongs to this family, lived on that day, appears once and has a valid attendance."""
    validate_living("participants", [person for person, _ in participants], day)
    if len({person.pk for person, _ in participants}) < len(participants):
        raise ActionRefused({"participants": "Name each person only once."})
    for person, attendance in participants:
        if not is_of_family(person, episode.family_id):
            raise ActionRefused({"participants": "Choose from this family."})
        problem = find_attendance_error(is_infant=isinstance(person, Infant), attendance=attendance)
        if problem:
            raise ActionRefused({"participants": problem})


def _to_person_field(person: Person) -> dict[str, Person]:
    return {"infant" if isinstance(person, Infant) else "caregiver": person}


@transaction.atomic
def sign_contact(*, contact: CareContact, by: User) -> CareContact:
    """The author signs the note; from then on its text is frozen and can only be amended.

    A trainee's note then waits to be countersigned.
    """
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.signed_at:
        raise ActionRefused("This contact is already signed.")
    if contact.practitioner_id != by.pk:
        raise ActionRefused("Only the person who wrote this can sign it.")
    contact.signed_at = timezone.now()
    contact.countersigning = get_state_after_signing(trainee=is_trainee_at(by, contact.site_id))
    contact.save(update_fields=["signed_at", "countersigning"])
    contact.notes.filter(signed_at=None).update(signed_at=contact.signed_at)
    return contact


@transaction.atomic
def mark_contact_in_error(*, contact: CareContact, reason: str, by: User) -> CareContact:
    """Hide the contact with its participants and notes; information governance is notified."""
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.is_entered_in_error:
        raise ActionRefused("This contact is already marked as entered in error.")
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return contact
