"""Which signed notes may be shared with a carer: for letters, shared pages, keepsakes and subject access.

It never filters what staff see. Everything that shows a note's text to a carer must use this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.models import Episode, NotePart
from interventions.episodes.models.contacts import NotePartQuerySet
from interventions.episodes.rules import SubjectKind
from pairs.access.records import live_q
from pairs.families.models import Caregiver, Dyad
from pairs.village.disclosure import (
    DisclosureFacts,
    Matter,
    Recipient,
    Verdict,
    find_undisclosable_error,
    may_be_told,
)
from pairs.village.disclosure_facts import build_caregiver_recipient as recipient_of
from pairs.village.disclosure_facts import load_disclosure_facts

ABOUT_BOTH = Verdict(may=False, why="It is about two carers: read it with both of them together.")
ABOUT_ALL = Verdict(may=False, why="It is about the whole family, and another carer is in it.")
ONLY_CARER = Verdict(may=True, why="They are the family's only carer.")
NOTES_MATTER = "progress"  # the kind of disclosure matter that a note's text is


@dataclass(frozen=True)
class NotePartFacts:
    """The facts of a note part that the rule needs: its subject, whose episode it is from, and its text."""

    subject: str  # a rules.SubjectKind
    infant_id: UUID | None = None
    caregiver_id: UUID | None = None  # the carer it is about, alone or in a dyad
    patient_id: UUID | None = None  # the carer whose own episode it is, if any
    text: str = ""


def may_be_given(
    part: NotePartFacts, recipient: Recipient, on: date, facts: DisclosureFacts, *, only_carer: bool = False
) -> Verdict:
    """Whether this part may be shared with this carer; never one about, or naming, another carer.

    ``only_carer``: is the recipient the only carer the family has?
    """
    verdict = _judge_subject(part, recipient, on, facts, only_carer=only_carer)
    if not verdict:
        return verdict
    slip = find_undisclosable_error(part.text, recipient, on, facts)
    return Verdict(may=False, why=slip) if slip else verdict


def _judge_subject(
    part: NotePartFacts, recipient: Recipient, on: date, facts: DisclosureFacts, *, only_carer: bool
) -> Verdict:
    if part.patient_id is not None and part.patient_id != recipient.caregiver_id:
        return may_be_told(recipient, _build_own_record_matter(part), on, facts)
    if part.subject == SubjectKind.COUPLE:
        return ABOUT_BOTH
    if part.subject == SubjectKind.FAMILY:
        return _judge_family_part(recipient, on, facts, only_carer=only_carer)
    if part.subject == SubjectKind.INFANT:
        return may_be_told(recipient, Matter(NOTES_MATTER, infant_id=part.infant_id), on, facts)
    matter = Matter(NOTES_MATTER, infant_id=part.infant_id, caregiver_id=part.caregiver_id, carer_only=True)
    return may_be_told(recipient, matter, on, facts)


def _build_own_record_matter(part: NotePartFacts) -> Matter:
    return Matter(NOTES_MATTER, infant_id=part.infant_id, caregiver_id=part.patient_id, carer_only=True)


def _judge_family_part(
    recipient: Recipient, on: date, facts: DisclosureFacts, *, only_carer: bool
) -> Verdict:
    """A part about the whole family may be shared with its only carer, unless a limit forbids it."""
    if not only_carer:
        return ABOUT_ALL
    limited = any(
        each.live(on) and each.is_against(recipient) and each.covers(Matter(NOTES_MATTER))
        for each in facts.limits
    )
    return may_be_told(recipient, Matter(NOTES_MATTER), on, facts) if limited else ONLY_CARER


def list_shareable_notes(
    carer: Caregiver, *, episodes: Iterable[Episode] | None = None, infant_id: UUID | None = None, on: date
) -> list[NotePart]:
    """The current signed parts that may be shared with this carer, oldest contact first.

    ``episodes``: only of these (of the carer's family). ``infant_id``: only about this infant, in
    person or in a dyad with this carer. The caller has fetched the carer in scope and logs what is shown.
    """
    rows = _query_standing_parts(carer.family_id, episodes)
    if infant_id is not None:
        rows = rows.filter(Q(infant=infant_id) | Q(dyad__infant=infant_id))
    recipient, facts, only = recipient_of(carer), load_disclosure_facts(carer.family), _is_only_carer(carer)
    return [row for row in rows if may_be_given(to_part_facts(row), recipient, on, facts, only_carer=only)]


def to_part_facts(row: NotePart) -> NotePartFacts:
    """The facts of a row that was fetched with its dyad and its episode's referral."""
    return NotePartFacts(
        subject=row.subject,
        infant_id=row.dyad.infant_id if row.dyad else row.infant_id,
        caregiver_id=row.dyad.caregiver_id if row.dyad else row.caregiver_id,
        patient_id=row.care_contact.episode.referral.patient_id,
        text=row.text,
    )


def _query_standing_parts(family_id: UUID, episodes: Iterable[Episode] | None) -> NotePartQuerySet:
    """Signed parts of live contacts and episodes, without those superseded by an amendment."""
    rows = NotePart.objects.live().filter(
        live_q("care_contact__"),
        live_q("care_contact__episode__"),
        signed_at__isnull=False,
        amended_by=None,
        care_contact__countersigning__in=("", CountersigningState.DONE),
        care_contact__episode__family=family_id,
    )
    if episodes is not None:
        rows = rows.filter(care_contact__episode__in=list(episodes))
    rows = rows.select_related("care_contact__episode__referral", "dyad", "infant", "caregiver")
    return rows.order_by("care_contact__starts_at", "created_at")


def _is_only_carer(carer: Caregiver) -> bool:
    """Whether nobody else is or was a carer of the family, in a dyad or otherwise."""
    others = Caregiver.objects.live().filter(family=carer.family_id).exclude(pk=carer.pk)
    dyads = Dyad.objects.live().filter(family=carer.family_id).exclude(caregiver=carer)
    return not (others.exists() or dyads.exists())
