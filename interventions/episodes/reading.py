"""What of the signed notes may be given to one carer: for letters, shared pages, keepsakes and subject access.

It never filters what staff see. Whoever puts a note's words before a carer asks here, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from interventions.episodes.models import Episode, NotePart
from pairs.access.records import live_q
from pairs.families.models import Caregiver, Dyad
from pairs.village.disclosure import Known, Matter, Recipient, Verdict, may_be_told, told_by_mistake
from pairs.village.known import caregiver as recipient_of
from pairs.village.known import known_of

ABOUT_BOTH = Verdict(may=False, why="It is about two carers: read it with both of them together.")
ABOUT_ALL = Verdict(may=False, why="It is about the whole family, and another carer is in it.")
THE_ONLY_CARER = Verdict(may=True, why="They are the family's only carer.")
NOTES = "progress"  # what a note's words are, among the things that may be told


@dataclass(frozen=True)
class Part:
    """One part of a note as the rule sees it: about whom, from whose own record, and its words."""

    subject: str  # of rules.SUBJECTS
    infant_id: UUID | None = None
    caregiver_id: UUID | None = None  # the carer it is about: alone, or in a dyad
    patient_id: UUID | None = None  # the carer whose own help the episode is, if it is
    text: str = ""


def may_be_given(
    part: Part, recipient: Recipient, on: date, known: Known, *, only_carer: bool = False
) -> Verdict:
    """May this part be given to this carer? A part about another carer, or with one in it, never is.

    ``only_carer``: is the recipient the only carer the family has?
    """
    verdict = _about(part, recipient, on, known, only_carer=only_carer)
    if not verdict:
        return verdict
    slip = told_by_mistake(part.text, recipient, on, known)
    return Verdict(may=False, why=slip) if slip else verdict


def _about(part: Part, recipient: Recipient, on: date, known: Known, *, only_carer: bool) -> Verdict:
    if part.patient_id is not None and part.patient_id != recipient.caregiver_id:
        return may_be_told(recipient, _own_record(part), on, known)
    if part.subject == "couple":
        return ABOUT_BOTH
    if part.subject == "family":
        return _of_the_family(recipient, on, known, only_carer=only_carer)
    if part.subject == "infant":
        return may_be_told(recipient, Matter(NOTES, infant_id=part.infant_id), on, known)
    matter = Matter(NOTES, infant_id=part.infant_id, caregiver_id=part.caregiver_id, carer_only=True)
    return may_be_told(recipient, matter, on, known)


def _own_record(part: Part) -> Matter:
    return Matter(NOTES, infant_id=part.infant_id, caregiver_id=part.patient_id, carer_only=True)


def _of_the_family(recipient: Recipient, on: date, known: Known, *, only_carer: bool) -> Verdict:
    """What is about everybody is told where there is nobody else to tell of, and no limit against it."""
    if not only_carer:
        return ABOUT_ALL
    limited = any(
        each.live(on) and each.is_against(recipient) and each.covers(Matter(NOTES)) for each in known.limits
    )
    return may_be_told(recipient, Matter(NOTES), on, known) if limited else THE_ONLY_CARER


def notes_for(
    carer: Caregiver, *, episodes: Iterable[Episode] | None = None, infant_id: UUID | None = None, on: date
) -> list[NotePart]:
    """The standing signed parts that may be given to this carer, oldest contact first.

    ``episodes``: of these alone (they must be of the carer's family). ``infant_id``: about this infant alone, in
    themself or with this carer. The caller has fetched the carer in scope, and logs what is shown.
    """
    rows = _standing(carer.family_id, episodes)
    if infant_id is not None:
        rows = rows.filter(Q(infant=infant_id) | Q(dyad__infant=infant_id))
    recipient, known, only = recipient_of(carer), known_of(carer.family), _is_only_carer(carer)
    return [row for row in rows if may_be_given(part_of(row), recipient, on, known, only_carer=only)]


def part_of(row: NotePart) -> Part:
    """A row (fetched with its dyad and its episode's referral) as the rule sees it."""
    return Part(
        subject=row.subject,
        infant_id=row.dyad.infant_id if row.dyad else row.infant_id,
        caregiver_id=row.dyad.caregiver_id if row.dyad else row.caregiver_id,
        patient_id=row.care_contact.episode.referral.patient_id,
        text=row.text,
    )


def _standing(family_id, episodes):
    """Signed, of live contacts and episodes, and not those that an amendment has taken the place of."""
    rows = NotePart.objects.live().filter(
        live_q("care_contact__"),
        live_q("care_contact__episode__"),
        signed_at__isnull=False,
        amended_by=None,
        care_contact__countersigning__in=("", "done"),
        care_contact__episode__family=family_id,
    )
    if episodes is not None:
        rows = rows.filter(care_contact__episode__in=list(episodes))
    rows = rows.select_related("care_contact__episode__referral", "dyad", "infant", "caregiver")
    return rows.order_by("care_contact__starts_at", "created_at")


def _is_only_carer(carer):
    """Nobody else is, or was, in a relationship with a baby of the family, nor a carer of it otherwise."""
    others = Caregiver.objects.live().filter(family=carer.family_id).exclude(pk=carer.pk)
    dyads = Dyad.objects.live().filter(family=carer.family_id).exclude(caregiver=carer)
    return not (others.exists() or dyads.exists())
