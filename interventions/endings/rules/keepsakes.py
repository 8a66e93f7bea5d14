"""Rules for the lines of a keepsake, which is about one infant and one carer alone."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from interventions.episodes.rules import SubjectKind

MAX_LINES = 40
DEFAULT_TITLE = "What {infant} told us"


@dataclass(frozen=True)
class ExcerptSource:
    """Whom one signed "what the baby told us" part is about, and which carers were there."""

    note_id: UUID
    subject: str
    infant_id: UUID | None
    dyad_id: UUID | None
    patient_id: UUID | None  # the carer whose own record the contact stands in; None: the baby's
    there: frozenset[UUID]  # carers who were there


def may_be_in_keepsake(told: ExcerptSource, *, infant_id: UUID, dyad_id: UUID, carer_id: UUID) -> bool:
    """Whether this line is about this infant and this carer alone.

    A part about the dyad is. A part about the infant is when this carer was there: what another
    carer experienced with the child is for theirs. A part about a twin, a couple, a carer or the
    whole family, and anything from another carer's own record, never is.
    """
    if told.patient_id not in (None, carer_id):
        return False
    if told.subject == SubjectKind.DYAD:
        return told.dyad_id == dyad_id
    return told.subject == SubjectKind.INFANT and told.infant_id == infant_id and carer_id in told.there


# Given names that are also ordinary words: they count as a name only with a capital letter.
NAMES_THAT_ARE_WORDS = {
    "angel",
    "art",
    "bill",
    "faith",
    "grace",
    "hope",
    "joy",
    "mark",
    "may",
    "rose",
    "sky",
    "summer",
    "will",
}


def find_other_name(text: str, *, others: Iterable[str], own: Collection[str]) -> str:
    """The first name in the text that belongs to another family member; '' when there is none."""
    ours = {word.casefold() for name in own for word in _split_words(name)}
    there = _split_words(text)
    small = {word.casefold() for word in there}

    def is_named(name: str) -> bool:
        given = next(iter(re.findall(r"\w+", name)), "")
        plain = given.casefold()
        return plain not in ours and (
            given in there if plain in NAMES_THAT_ARE_WORDS else bool(plain) and plain in small
        )

    return next(filter(is_named, sorted(others)), "")


def _split_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def find_keepsake_errors(*, lines: int, title: str) -> dict[str, str]:
    """Why a keepsake cannot be previewed yet, by field; {} when it can."""
    errors = {"title": "" if title.strip() else "Enter a title."}
    errors |= {"lines": "" if lines else "Choose at least one line."}
    return {name: why for name, why in errors.items() if why}
