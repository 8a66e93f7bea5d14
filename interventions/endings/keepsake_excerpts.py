"""Note excerpts allowed in a keepsake of one infant and one carer: signed, live and about these two."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from interventions.endings.rules.keepsakes import ExcerptSource, find_other_name, may_be_in_keepsake
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.models import NotePart, Participant
from interventions.episodes.models.contacts import NotePartQuerySet
from interventions.episodes.rules import NoteHeading
from pairs.access.records import live_q
from pairs.families.models import Dyad
from pairs.village.disclosure import Matter, find_undisclosable_error, may_be_told
from pairs.village.disclosure_facts import build_caregiver_recipient, load_disclosure_facts


@dataclass(frozen=True)
class KeepsakeExcerpt:
    """One excerpt to choose: the note's text, the date, and which other carers were there."""

    note_id: UUID
    on: date
    text: str
    also_there: tuple[str, ...] = ()


def list_keepsake_excerpts(dyad: Dyad, *, amended: bool = False) -> list[KeepsakeExcerpt]:
    """The allowed "what the baby told us" parts, oldest first; ``amended`` also includes superseded versions.

    Two queries.
    """
    carers = _load_carers_present(dyad)
    found = []
    for note in _query_signed_parts(dyad, amended):
        there = carers.get(note.care_contact_id, {})
        told = ExcerptSource(
            note.pk, note.subject, note.infant_id, note.dyad_id, note.patient_id, frozenset(there)
        )
        if may_be_in_keepsake(told, infant_id=dyad.infant_id, dyad_id=dyad.pk, carer_id=dyad.caregiver_id):
            others = tuple(sorted(name for pk, name in there.items() if pk != dyad.caregiver_id))
            on = timezone.localdate(note.care_contact.starts_at)
            found.append(KeepsakeExcerpt(note.pk, on, note.text, others))
    return found


def _query_signed_parts(dyad: Dyad, amended: bool) -> NotePartQuerySet:
    """Signed parts in this family's own record; unless ``amended``, without those that were amended."""
    notes = NotePart.objects.live().filter(
        live_q("care_contact__"),
        live_q("care_contact__episode__"),
        part=NoteHeading.BABY_TOLD,
        signed_at__isnull=False,
        care_contact__countersigning__in=("", CountersigningState.DONE),
        care_contact__episode__family=dyad.family_id,
    )
    if not amended:
        notes = notes.exclude(pk__in=NotePart.objects.live().exclude(amends=None).values("amends"))
    notes = notes.exclude(text="").select_related("care_contact__episode__referral")
    notes = notes.order_by("care_contact__starts_at", "created_at")
    for note in notes:
        note.patient_id = note.care_contact.episode.referral.patient_id
    return notes


def _load_carers_present(dyad: Dyad) -> dict[UUID, dict[UUID, str]]:
    """{contact id: {carer id: name}} of the carers who attended."""
    there = Participant.objects.live().present().exclude(caregiver=None)
    rows = there.filter(care_contact__episode__family=dyad.family_id)
    found: dict[UUID, dict[UUID, str]] = {}
    for row in rows.select_related("caregiver"):
        found.setdefault(row.care_contact_id, {})[row.caregiver_id] = str(row.caregiver)
    return found


class KeepsakePolicy:
    """Decides which texts are allowed in one keepsake. Loads its facts once."""

    def __init__(self, dyad: Dyad, on: date) -> None:
        dyads = Dyad.objects.live().filter(family=dyad.family_id).select_related("infant", "caregiver")
        others = {each.caregiver.name for each in dyads if each.caregiver_id != dyad.caregiver_id}
        others |= {each.infant.name for each in dyads if each.infant_id != dyad.infant_id}
        self.others, self.own = others - {""}, (dyad.infant.name, dyad.caregiver.name)
        self.reader, self.known = (
            build_caregiver_recipient(dyad.caregiver),
            load_disclosure_facts(dyad.family),
        )
        self.infant_id, self.on = dyad.infant_id, on

    @property
    def disclosure_problem(self) -> str:
        """Why the disclosure rules do not let this carer be told about this child today; '' when they do."""
        about = Matter("progress", infant_id=self.infant_id)
        return may_be_told(self.reader, about, self.on, self.known).problem

    def why_not(self, text: str) -> str:
        """Why a text is not allowed: it names others or contains an address or number; '' when it is."""
        found = find_other_name(text, others=self.others, own=self.own)
        if found:
            return f"This names {found}. A keepsake is only about this baby and carer."
        return find_undisclosable_error(text, self.reader, self.on, self.known)
