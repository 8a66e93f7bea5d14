"""The lines that a keepsake of one infant and one carer may choose from: signed, still on the record, their own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from interventions.endings.rules.keepsakes import Told, may_be_kept, names_somebody_else
from interventions.episodes.models import NotePart, Participant
from pairs.access.records import live_q
from pairs.families.models import Dyad
from pairs.village.disclosure import Matter, may_be_told, told_by_mistake
from pairs.village.known import caregiver, known_of


@dataclass(frozen=True)
class Line:
    """One line to choose: the note's words, the day, and who else was there."""

    note_id: UUID
    on: date
    text: str
    also_there: tuple[str, ...] = ()


def lines_for(dyad: Dyad, *, amended: bool = False) -> list[Line]:
    """What the baby told us, oldest first, in the newest words of each part (``amended``: in the older ones too).

    Two queries.
    """
    carers = _carers_there(dyad)
    found = []
    for note in _told(dyad, amended):
        there = carers.get(note.care_contact_id, {})
        told = Told(note.pk, note.subject, note.infant_id, note.dyad_id, note.patient_id, frozenset(there))
        if may_be_kept(told, infant_id=dyad.infant_id, dyad_id=dyad.pk, carer_id=dyad.caregiver_id):
            others = tuple(sorted(name for pk, name in there.items() if pk != dyad.caregiver_id))
            on = timezone.localdate(note.care_contact.starts_at)
            found.append(Line(note.pk, on, note.text, others))
    return found


def _told(dyad, amended):
    """Signed parts in this family's own record; one that was amended gives way to its amendment."""
    notes = NotePart.objects.live().filter(
        live_q("care_contact__"),
        live_q("care_contact__episode__"),
        part="baby_told",
        signed_at__isnull=False,
        care_contact__countersigning__in=("", "done"),
        care_contact__episode__family=dyad.family_id,
    )
    if not amended:
        notes = notes.exclude(pk__in=NotePart.objects.live().exclude(amends=None).values("amends"))
    notes = notes.exclude(text="").select_related("care_contact__episode__referral")
    notes = notes.order_by("care_contact__starts_at", "created_at")
    for note in notes:
        note.patient_id = note.care_contact.episode.referral.patient_id
    return notes


def _carers_there(dyad):
    """{contact id: {carer id: name}} of everybody grown up who was there."""
    there = Participant.objects.live().present().exclude(caregiver=None)
    rows = there.filter(care_contact__episode__family=dyad.family_id)
    found: dict[UUID, dict[UUID, str]] = {}
    for row in rows.select_related("caregiver"):
        found.setdefault(row.care_contact_id, {})[row.caregiver_id] = str(row.caregiver)
    return found


class Guard:
    """Judges words that are to stand in one keepsake. Loaded once."""

    def __init__(self, dyad: Dyad, on: date):
        dyads = Dyad.objects.live().filter(family=dyad.family_id).select_related("infant", "caregiver")
        others = {each.caregiver.name for each in dyads if each.caregiver_id != dyad.caregiver_id}
        others |= {each.infant.name for each in dyads if each.infant_id != dyad.infant_id}
        self.others, self.own = others - {""}, (dyad.infant.name, dyad.caregiver.name)
        self.reader, self.known = caregiver(dyad.caregiver), known_of(dyad.family)
        self.infant_id, self.on = dyad.infant_id, on

    @property
    def why_not_at_all(self) -> str:
        """'' or why this carer may not be told of this child today, by the one table of who may be told what."""
        about = Matter("progress", infant_id=self.infant_id)
        return may_be_told(self.reader, about, self.on, self.known).problem

    def why_not(self, text: str) -> str:
        """'' or why these words may not stand: they name another child or carer, or hold an address or number."""
        found = names_somebody_else(text, others=self.others, own=self.own)
        if found:
            return f"This names {found}. A keepsake is about these two alone."
        return told_by_mistake(text, self.reader, self.on, self.known)
