"""Refiles a contact that was written in the wrong record; a hidden copy stays behind."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.contacts import (
    Person,
    build_participants,
    lock_with_family,
    validate_live_people,
    validate_participants,
)
from interventions.episodes.actions.episodes import start_using
from interventions.episodes.actions.notes import NoteSubject, build_subject_fields
from interventions.episodes.contact_rules import SAME_EPISODE_REFUSAL, ContactKind, CountersigningState
from interventions.episodes.models import CareContact, ContactColleague, Episode, NotePart
from interventions.episodes.rules import NAMELESS_SUBJECTS, find_contact_date_error
from pairs.access.prepared_writes import insert_rows
from pairs.families.actions import mark_entered_in_error
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all


@transaction.atomic
def refile_contact(
    *,
    contact: CareContact,
    to: Episode,
    participants: Sequence[tuple[Person, str]],
    reason: str,
    by: User,
    subjects: Mapping[str, NoteSubject] | None = None,
    babies: Mapping[UUID, str] | None = None,
) -> CareContact:
    """Copy the contact to the right episode, with its author and times and with that family's people.

    The original is marked as entered in error: hidden, kept for information governance, who are notified.
    """
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.is_entered_in_error:
        raise ActionRefused("This contact is already marked as entered in error.")
    to = lock_with_family(to)
    _validate_refiling(contact, to, participants)
    refiled = _copy_contact(contact, to)
    insert_rows(build_participants(refiled, participants, babies or {}))
    _copy_notes(contact, refiled, subjects or {})
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return refiled


def _validate_refiling(contact: CareContact, to: Episode, participants: Sequence[tuple[Person, str]]) -> None:
    day = timezone.localdate(contact.starts_at)
    on, nobody = timezone.localdate(), contact.kind != ContactKind.LIAISON and not participants
    refuse_all(
        {"belongs_to": SAME_EPISODE_REFUSAL if contact.episode_id == to.pk else ""},
        {"belongs_to": find_contact_date_error(day=day, opened=to.opened_on, ended=to.ended_on, on=on)},
        {"participants": "Choose who was expected." if nobody else ""},
        lambda: validate_participants(to, participants, day),
        lambda: validate_live_people([person for person, _ in participants]),
    )


def _copy_contact(contact: CareContact, to: Episode) -> CareContact:
    """Author and times stay. A trainee's note is to be countersigned again: it is about somebody else now."""
    same = ("kind", "starts_at", "minutes", "mechanism", "location", "practitioner_id", "signed_at")
    refiled = CareContact.objects.create(
        episode=to,
        refiled_from=contact,
        countersigning=CountersigningState.WAITING if contact.countersigning else "",
        **{name: getattr(contact, name) for name in same},
    )
    refiled.change(created_at=contact.created_at)
    ways = list(contact.interventions.all())
    refiled.interventions.set(ways)
    start_using(to, ways, timezone.localdate(contact.starts_at))
    for each in contact.colleagues.live():
        # The network member belongs to the other family: their name is copied, the foreign key is not.
        ContactColleague.objects.create(
            care_contact=refiled,
            name=each.name,
            role=each.role,
            organisation=each.organisation,
            user=each.user,
        )
    return refiled


def _copy_notes(contact: CareContact, refiled: CareContact, subjects: Mapping[str, NoteSubject]) -> None:
    """Copy each part with its author, times and amendments; its subject is of the right family."""
    copies: dict[UUID, NotePart] = {}
    for part in contact.notes.live().order_by("created_at", "pk"):
        said = subjects.get(part.part) or (part.subject if part.subject in NAMELESS_SUBJECTS else None)
        copy = NotePart.objects.create(
            care_contact=refiled,
            part=part.part,
            text=part.text,
            written_by_id=part.written_by_id,
            signed_at=part.signed_at,
            amends=copies.get(part.amends_id) if part.amends_id else None,
            amended_because=part.amended_because,
            **build_subject_fields(refiled, part.part, said),
        )
        copy.change(created_at=part.created_at)
        copies[part.pk] = copy
