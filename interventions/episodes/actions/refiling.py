"""A contact that was written in the wrong record is put into the right one; its sealed copy stays behind."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions.contacts import (
    Person,
    check_in_sight,
    check_people,
    locked_with_family,
    write_participants,
)
from interventions.episodes.actions.episodes import start_using
from interventions.episodes.actions.notes import Subject, about
from interventions.episodes.contact_rules import MOVED_TO_ITSELF
from interventions.episodes.models import CareContact, ContactColleague, Episode, NotePart
from interventions.episodes.rules import why_not_contact_on
from pairs.families.actions import mark_entered_in_error
from pairs.service.models import User
from pairs.service.refusals import Refused


@transaction.atomic
def refile_contact(
    *,
    contact: CareContact,
    to: Episode,
    participants: Sequence[tuple[Person, str]],
    reason: str,
    by: User,
    subjects: Mapping[str, Subject] | None = None,
    babies: Mapping[UUID, str] | None = None,
) -> CareContact:
    """The same contact in the episode where it belongs: its author's, at its own times, with that family's people.

    The copy on the wrong record is entered in error: out of ordinary view, kept for governance, who are told.
    """
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.is_entered_in_error:
        raise Refused("This contact is marked already.")
    if contact.episode_id == to.pk:
        raise Refused({"belongs_to": MOVED_TO_ITSELF})
    to = locked_with_family(to)
    _check(contact, to, participants)
    refiled = _copy_contact(contact, to)
    write_participants(refiled, participants, babies or {})
    _copy_notes(contact, refiled, subjects or {})
    mark_entered_in_error(record=contact, reason=reason, by=by)
    return refiled


def _check(contact: CareContact, to: Episode, participants: Sequence[tuple[Person, str]]) -> None:
    day = timezone.localdate(contact.starts_at)
    if problem := why_not_contact_on(
        day=day, opened=to.opened_on, ended=to.ended_on, on=timezone.localdate()
    ):
        raise Refused({"belongs_to": problem})
    if contact.kind != "liaison" and not participants:
        raise Refused({"participants": "Say who was expected."})
    check_people(to, participants)
    check_in_sight([person for person, _ in participants])


def _copy_contact(contact: CareContact, to: Episode) -> CareContact:
    """Who wrote it and when stays. What a trainee wrote is read again: it is about somebody else now."""
    same = ("kind", "starts_at", "minutes", "mechanism", "location", "practitioner_id", "signed_at")
    refiled = CareContact.objects.create(
        episode=to,
        refiled_from=contact,
        countersigning="waiting" if contact.countersigning else "",
        **{name: getattr(contact, name) for name in same},
    )
    refiled.change(created_at=contact.created_at)
    ways = list(contact.interventions.all())
    refiled.interventions.set(ways)
    start_using(to, ways, timezone.localdate(contact.starts_at))
    for each in contact.colleagues.live():
        # The village is the other family's: who they were stays, the pointer does not.
        ContactColleague.objects.create(
            care_contact=refiled,
            name=each.name,
            role=each.role,
            organisation=each.organisation,
            user=each.user,
        )
    return refiled


def _copy_notes(contact: CareContact, refiled: CareContact, subjects: Mapping[str, Subject]) -> None:
    """Every part with its author, its times and what it amends; about somebody of the right family."""
    copies: dict[UUID, NotePart] = {}
    for part in contact.notes.live().order_by("created_at", "pk"):
        said = subjects.get(part.part) or (part.subject if part.subject in ("couple", "family") else None)
        copy = NotePart.objects.create(
            care_contact=refiled,
            part=part.part,
            text=part.text,
            written_by_id=part.written_by_id,
            signed_at=part.signed_at,
            amends=copies.get(part.amends_id) if part.amends_id else None,
            amended_because=part.amended_because,
            **about(refiled, part.part, said),
        )
        copy.change(created_at=part.created_at)
        copies[part.pk] = copy
