"""Actions on a note: write its parts and their subjects, rewrite until signed, then amend."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interventions.episodes.contact_rules import get_state_after_amending
from interventions.episodes.models import (
    CareContact,
    Episode,
    NotePart,
)
from interventions.episodes.rules import SubjectKind, get_default_subject
from pairs.access.prepared_records import PreparedRecords
from pairs.access.prepared_writes import insert_rows
from pairs.access.scope import NOBODY
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.service.models import RoleAtSite, User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.service.roles import Role

NoteSubject = Infant | Caregiver | Dyad | str
PreparedFacts = Mapping[str, list]


def build_notes(
    contact: CareContact,
    notes: Mapping[str, str],
    subjects: Mapping[str, NoteSubject],
    by: User,
    facts: PreparedFacts | None = None,
) -> list[NotePart]:
    """A row for each non-empty part, signed if the contact is. ``facts``: subject rows if loaded."""
    shared = {"care_contact": contact, "written_by": by, "signed_at": contact.signed_at}
    written = {part: text for part, text in notes.items() if text.strip()}
    whose = {part: build_subject_fields(contact, part, subjects.get(part), facts) for part in written}
    return [NotePart(part=part, text=text, **shared, **whose[part]) for part, text in written.items()]


def build_subject_fields(
    contact: CareContact, part: str, subject: NoteSubject | None, facts: PreparedFacts | None = None
) -> dict[str, Any]:
    """The fields of a note part that say whom it is about."""
    if subject is None:
        subject = _choose_default_subject(part, facts or _load_subject_facts(contact.episode))
    if isinstance(subject, str):
        return {"subject": subject}
    if not is_of_family(subject, contact.episode.family_id):
        raise ActionRefused({f"{part}_about": "Choose from this family."})
    name = str(subject._meta.model_name)
    return {"subject": name, name: subject}


def is_of_family(subject: Infant | Caregiver | Dyad, family_id: UUID) -> bool:
    """Whether the subject belongs to the family; an infant of another family's record may through a dyad."""
    if subject.family_id == family_id:
        return True
    return isinstance(subject, Infant) and Infant.objects.of_family(family_id).filter(pk=subject.pk).exists()


def build_subject_queries(episode: UUID, family: UUID) -> dict[str, QuerySet]:
    """{part: QuerySet} of the possible default subjects of a note, by ids of an episode and its family."""
    patient = Episode.objects.filter(pk=episode).values("referral__patient")
    return {
        "patient": Caregiver.objects.filter(pk__in=patient).only("family"),
        "infants": Infant.objects.active().of_family(family).only("family")[:2],
        "dyads": Dyad.objects.filter(episodes=episode).only("family")[:2],
    }


_PREPARED_SUBJECTS = PreparedRecords(lambda scope, episode, family: build_subject_queries(episode, family))


def _load_subject_facts(episode: Episode) -> PreparedFacts:
    return _PREPARED_SUBJECTS.rows(NOBODY, episode=episode.pk, family=episode.family_id)


def _choose_default_subject(part: str, facts: PreparedFacts) -> NoteSubject:
    for patient in facts["patient"]:
        return patient
    infants, dyads = facts["infants"], facts["dyads"]
    usual = get_default_subject(part, infants=len(infants), dyads=len(dyads))
    if usual == SubjectKind.INFANT:
        return infants[0]
    return dyads[0] if usual == SubjectKind.DYAD else usual


@transaction.atomic
def rewrite_notes(*, contact: CareContact, notes: Mapping[str, str], by: User) -> CareContact:
    """Save changes to a note that is not signed yet."""
    contact = CareContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if contact.signed_at:
        raise ActionRefused("This contact is signed. Amend the part that needs it.")
    if contact.practitioner_id != by.pk:
        raise ActionRefused("Only the person who wrote this can change it.")
    written = {note.part: note for note in contact.notes.live()}
    for part, text in notes.items():
        if part in written:
            written[part].text = text
            written[part].save(update_fields=["text"])
    added = {part: text for part, text in notes.items() if part not in written}
    insert_rows(build_notes(contact, added, {}, by))
    return contact


@transaction.atomic
def amend_note(*, part: NotePart, text: str, reason: str, by: User) -> NotePart:
    """Add an amendment to a signed part, with the reason; both texts stay."""
    part = NotePart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    if part.signed_at is None:
        raise ActionRefused("This note is not signed yet. Edit the draft instead.")
    if NotePart.objects.filter(amends=part).exists():
        raise ActionRefused("Someone has already amended this. Amend the latest version.")
    refuse_all(
        {
            "reason": "" if reason.strip() else "Enter why the note is amended.",
            "text": "" if text.strip() else "Enter what the note should say.",
        }
    )
    _update_countersigning(part.care_contact, by)
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


def _update_countersigning(contact: CareContact, by: User) -> None:
    """An amendment by a trainee, or one that was asked for, waits to be countersigned."""
    trainee = is_trainee_at(by, contact.site_id)
    state = get_state_after_amending(contact.countersigning, trainee=trainee)
    if state != contact.countersigning:
        contact.change(countersigning=state)


def is_trainee_at(user: User, site_id: UUID) -> bool:
    """Whether the user works at the site as a trainee."""
    return query_trainee_roles(user.pk, site_id).exists()


def query_trainee_roles(user_id: UUID, site_id: UUID) -> QuerySet[RoleAtSite]:
    """The user's trainee roles at the site."""
    return RoleAtSite.objects.filter(site=site_id, role=Role.TRAINEE, group__user=user_id)
