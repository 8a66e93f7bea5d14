"""The kinds of evidence that two people are one: what each means, and in which words a page says it. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from pairs.matching.name_matching import is_one_slip_apart
from pairs.matching.rules.dates import is_near, is_same_night, is_turned, was_due_when_born
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.names import (
    ALIKE,
    OTHER,
    SAME,
    UNSAID,
    NameWords,
    compare_given_names,
    compare_parts,
    is_half_in_other_box,
    is_swapped,
    read_name,
)


@dataclass(frozen=True)
class PersonDescription:
    """A baby or a carer, from a record or from somebody's words. What is not known is empty."""

    kind: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    due_date: date | None = None
    nhs_number: str = ""
    phones: frozenset[str] = field(default_factory=frozenset)  # keys; a baby's are the carers'
    emails: frozenset[str] = field(default_factory=frozenset)
    postcodes: frozenset[str] = field(default_factory=frozenset)
    carers: frozenset[Any] = field(default_factory=frozenset)  # ids, of a baby
    known_as: str = ""
    pregnancy: UUID | None = None
    twin: tuple[int, int] = (1, 1)  # which of how many
    id: UUID | None = None
    family: UUID | None = None

    @property
    def name_words(self) -> NameWords:
        return read_name(self.given_name, self.family_name, self.known_as)


# In the order in which a page says them.
EVIDENCE_LABELS = {
    "number": "same NHS number",
    "name": "same name",
    "alike": "similar spelling",
    "swapped": "same names in a different order",
    "given": "same given name, different family name",
    "family": "same family name, different given name",
    "half": "one name not recorded, the other similar",
    "unnamed": "not yet named in one of them",
    "renamed": "not yet named in one of them, different family names",
    "born": "same date of birth",
    "turned": "day and month of birth swapped",
    "near": "similar dates of birth",
    "due": "same due date",
    "expected": "due date of one is close to birth date of the other",
    "phone": "same phone",
    "email": "same e-mail",
    "postcode": "same postcode",
    "near postcode": "similar postcodes",
    "carer": "same carer",
    "other number": "different NHS numbers",
    "other date": "different dates of birth",
    "other name": "different given names",
    "pregnancy": "same pregnancy",
    "other twin": "another of the same birth",
}


def find_evidence(one: PersonDescription, other: PersonDescription) -> frozenset[str]:
    """Codes of what speaks for the two being one person, and against it. Either may come first."""
    return frozenset(
        (*_compare_names(one, other), *_compare_dates(one, other), *_compare_everything_else(one, other))
    )


def label_evidence(found: frozenset[str], kind: str, *, described: bool = False) -> tuple[str, ...]:
    """In words. ``described``: one of the two is named in a referral, and so are their carers."""
    return tuple(_label(code, kind, described) for code in EVIDENCE_LABELS if code in found)


def _label(code: str, kind: str, described: bool) -> str:
    if kind == PersonKind.INFANT and code in ("phone", "email"):
        return f"a carer with the {EVIDENCE_LABELS[code]}"
    return "a carer who is or may be the same" if code == "carer" and described else EVIDENCE_LABELS[code]


# ---------------------------------------------------------------- names, dates, the rest


def _compare_names(one: PersonDescription, other: PersonDescription) -> Iterator[str]:
    """One code of how the names agree; beside it, whether the given names are two babies' or two carers'."""
    mine, theirs = one.name_words, other.name_words
    given, family = compare_given_names(mine, theirs), compare_parts(mine.family, theirs.family)
    if given == family == SAME:
        yield "name"
    elif {given, family} <= {SAME, ALIKE}:
        yield "alike"
    elif is_swapped(mine, theirs):
        yield "swapped"
    elif one.kind == PersonKind.INFANT and given == UNSAID:
        yield "unnamed" if family != OTHER else "renamed"
    elif given == OTHER and is_half_in_other_box(mine, theirs):
        yield "half"
    else:
        yield from PARTIAL_NAMES.get((_simplify(given), _simplify(family)), ())


def _simplify(agreement: str) -> str:
    return SAME if agreement == ALIKE else agreement


# (given name, family name) of names that do not agree as a whole.
PARTIAL_NAMES: dict[tuple[str, str], tuple[str, ...]] = {
    (SAME, OTHER): ("given",),
    (SAME, UNSAID): ("half",),
    (UNSAID, SAME): ("half",),
    (OTHER, SAME): ("family", "other name"),
    (OTHER, OTHER): ("other name",),
    (OTHER, UNSAID): ("other name",),
}


def _compare_dates(one: PersonDescription, other: PersonDescription) -> Iterator[str]:
    born, theirs = one.birth_date, other.birth_date
    if born and theirs:
        tests = {"born": born == theirs, "turned": is_turned(born, theirs), "near": is_near(born, theirs)}
        yield next((code for code, holds in tests.items() if holds), "other date")
        if is_same_night(born, theirs):
            yield "same night"
    elif not born and not theirs and one.due_date and one.due_date == other.due_date:
        yield "due"
    elif any(
        day and due and was_due_when_born(day, due)
        for day, due in ((born, other.due_date), (theirs, one.due_date))
    ):
        yield "expected"


def _compare_everything_else(one: PersonDescription, other: PersonDescription) -> Iterator[str]:
    if one.nhs_number and other.nhs_number:
        yield "number" if one.nhs_number == other.nhs_number else "other number"
    for code, shared in SHARED_DETAILS.items():
        if shared(one) & shared(other):
            yield code
    if _has_near_postcode(one, other):
        yield "near postcode"
    if one.pregnancy and one.pregnancy == other.pregnancy:
        yield "pregnancy"
    if one.twin[1] > 1 and one.twin[1] == other.twin[1] and one.twin[0] != other.twin[0]:
        yield "other twin"


def _get_details(name: str, person: PersonDescription) -> frozenset[Any]:
    return getattr(person, name)


SHARED_DETAILS: dict[str, Callable[[PersonDescription], frozenset[Any]]] = {
    "phone": partial(_get_details, "phones"),
    "email": partial(_get_details, "emails"),
    "postcode": partial(_get_details, "postcodes"),
    "carer": partial(_get_details, "carers"),
}


def _has_near_postcode(one: PersonDescription, other: PersonDescription) -> bool:
    """One letter or figure of the postcode wrong, or two exchanged."""
    if one.postcodes & other.postcodes:
        return False
    return any(is_one_slip_apart(mine, theirs) for mine in one.postcodes for theirs in other.postcodes)
