"""A keepsake's lines: what may stand in one that is about one infant and one carer alone."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

MOST_LINES = 40
TITLE = "What {infant} told us"


@dataclass(frozen=True)
class Told:
    """One signed part of a note in which the baby told us something, by whom it is about and who was there."""

    note_id: UUID
    subject: str
    infant_id: UUID | None
    dyad_id: UUID | None
    patient_id: UUID | None  # the carer whose own record the contact stands in; None: the baby's
    there: frozenset[UUID]  # carers who were there


def may_be_kept(told: Told, *, infant_id: UUID, dyad_id: UUID, carer_id: UUID) -> bool:
    """Is this line about this infant and this carer alone?

    A part about the dyad is theirs. A part about the infant is theirs when this carer was there: what another
    carer lived through with the child is for the other's keepsake. A part about a twin, a couple, a carer or the
    whole family, and anything from another carer's own record, never is.
    """
    if told.patient_id not in (None, carer_id):
        return False
    if told.subject == "dyad":
        return told.dyad_id == dyad_id
    return told.subject == "infant" and told.infant_id == infant_id and carer_id in told.there


# Given names that are ordinary words too: only with a capital letter do they name somebody.
ORDINARY = {
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


def names_somebody_else(text: str, *, others: Iterable[str], own: Collection[str]) -> str:
    """'' or the first name in the text that is another's of the family and not this infant's or carer's."""
    ours = {word.casefold() for name in own for word in _words(name)}
    there = _words(text)
    small = {word.casefold() for word in there}

    def named(name: str) -> bool:
        given = next(iter(re.findall(r"\w+", name)), "")
        plain = given.casefold()
        return plain not in ours and (given in there if plain in ORDINARY else bool(plain) and plain in small)

    return next(filter(named, sorted(others)), "")


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def why_not_kept(*, lines: int, title: str) -> dict[str, str]:
    """{} when a keepsake can be looked at on paper, else why not, by field."""
    errors = {"title": "" if title.strip() else "Give it a title."}
    errors |= {"lines": "" if lines else "Choose at least one line."}
    return {name: why for name, why in errors.items() if why}
