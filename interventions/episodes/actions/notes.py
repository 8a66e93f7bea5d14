"""What is written: a note's parts and whom each is about, rewritten until signed, then amended."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interventions.episodes.contact_rules import after_amending
from interventions.episodes.models import (
    CareContact,
    Episode,
    NotePart,
)
from interventions.episodes.rules import (
    usual_subject,
)
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import NOBODY
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.service.models import RoleAtSite, User
from pairs.service.refusals import Refused

Subject = Infant | Caregiver | Dyad | str
Facts = Mapping[str, list]


def write_notes(
    contact: CareContact,
    notes: Mapping[str, str],
    subjects: Mapping[str, Subject],
    by: User,
    facts: Facts | None = None,
) -> None:
    """A row for each part that says something, signed when the contact is. ``facts``: parts_of_subjects, if asked."""
    shared = {"care_contact": contact, "written_by": by, "signed_at": contact.signed_at}
    written = {part: text for part, text in notes.items() if text.strip()}
    whose = {part: about(contact, part, subjects.get(part), facts) for part in written}
    NotePart.objects.bulk_create(
        NotePart(part=part, text=text, **shared, **whose[part]) for part, text in written.items()
    )


def about(
    contact: CareContact, part: str, subject: Subject | None, facts: Facts | None = None
) -> dict[str, Any]:
    """The fields of a note's part that say whom it is about."""
    if subject is None:
        subject = _usual(part, facts or _subjects_of(contact.episode))
    if isinstance(subject, str):
        return {"subject": subject}
    if not is_of_family(subject, contact.episode.family_id):
        raise Refused({f"{part}_about": "Choose from this family."})
    name = str(subject._meta.model_name)
    return {"subject": name, name: subject}


def is_of_family(subject: Infant | Caregiver | Dyad, family_id: UUID) -> bool:
    """A baby may also be here through a dyad, held in another family's record."""
    if subject.family_id == family_id:
        return True
    return isinstance(subject, Infant) and Infant.objects.of_family(family_id).filter(pk=subject.pk).exists()


def parts_of_subjects(episode: UUID, family: UUID) -> dict[str, QuerySet]:
    """{part: QuerySet} by the ids of an episode and its family: whom a note may be about unless it says so."""
    patient = Episode.objects.filter(pk=episode).values("referral__patient")
    return {
        "patient": Caregiver.objects.filter(pk__in=patient).only("family"),
        "infants": Infant.objects.active().of_family(family).only("family")[:2],
        "dyads": Dyad.objects.filter(episodes=episode).only("family")[:2],
    }


_SUBJECTS = PreparedRecords(lambda scope, episode, family: parts_of_subjects(episode, family))


def _subjects_of(episode: Episode) -> Facts:
    return _SUBJECTS.rows(NOBODY, episode=episode.pk, family=episode.family_id)


def _usual(part: str, facts: Facts) -> Subject:
    for patient in facts["patient"]:
        return patient
    infants, dyads = facts["infants"], facts["dyads"]
    usual = usual_subject(part, infants=len(infants), dyads=len(dyads))
    if usual == "infant":
        return infants[0]
    return dyads[0] if usual == "dyad" else usual


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
    write_notes(contact, {part: text for part, text in notes.items() if part not in written}, {}, by)
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
    _wait_again(part.care_contact, by)
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


def _wait_again(contact: CareContact, by: User) -> None:
    """New words of a trainee's, or those a reader asked for, wait to be countersigned."""
    trainee = is_trainee_at(by, contact.site_id)
    state = after_amending(contact.countersigning, trainee=trainee)
    if state != contact.countersigning:
        contact.change(countersigning=state)


def is_trainee_at(user: User, site_id: UUID) -> bool:
    """Does this person work at the site as a trainee?"""
    return trainee_roles(user.pk, site_id).exists()


def trainee_roles(user_id: UUID, site_id: UUID) -> QuerySet[RoleAtSite]:
    """A row for somebody who works at the site as a trainee."""
    return RoleAtSite.objects.filter(site=site_id, role="trainee", group__user=user_id)
