"""Rules for the completeness of a record: never an alarm, one thing to ask at the next visit. Pure.

A gap is data quality (pairs.families.due.DATA_QUALITY): it interrupts nobody, and a baby who has died has none.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pairs.families.choices import AddressKind
from pairs.families.rules import get_trace_due_date

ETHNICITY_NOT_ASKED = "99"  # NHS Data Dictionary: ethnic category not known. Z, declined, is an answer.


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: which rule, about whom, and what to ask or look up."""

    code: str
    person: UUID
    who: str
    words: str


@dataclass(frozen=True, kw_only=True)
class InfantFacts:
    """What is known of an infant. ``main_carers``, ``carers``: how many, now."""

    id: UUID
    name: str
    ethnicity: str
    born: date | None
    lost: bool
    has_nhs_number: bool
    carers: int
    main_carers: int


@dataclass(frozen=True, kw_only=True)
class CarerFacts:
    """What is known of a carer. ``address``: kind of the current one, '' when there is none."""

    id: UUID
    name: str
    ethnicity: str
    language: str
    born: date | None
    reachable: bool  # a phone number or e-mail address
    asked_how: bool  # how it is safe to make contact was asked, whatever the answer
    responsibility_unknown: bool  # for at least one infant
    address: str
    has_postcode: bool
    has_area: bool
    stands_for_no_place: bool = False  # a pseudo-postcode or the forces' post: no directory has it


def find_infant_gaps(known: InfantFacts, on: date) -> list[Gap]:
    """Before birth the carrying parent speaks for the baby; six weeks after it the NHS number is looked for."""
    if known.lost:
        return []
    who = known.name or "Baby not yet named"
    trace = get_trace_due_date(
        born=known.born, nhs_number="known" if known.has_nhs_number else None, lost=False
    )
    rules = (
        ("nhs_number", bool(trace and trace <= on), "NHS number not known: trace it"),
        (
            "infant_ethnicity",
            bool(known.born) and known.ethnicity == ETHNICITY_NOT_ASKED,
            "Ethnicity not recorded",
        ),
        ("no_carer", known.carers == 0, "No carer recorded for the baby"),
        (
            "no_main_carer",
            known.carers > 0 and known.main_carers == 0,
            "No main carer recorded",
        ),
    )
    return [Gap(code, known.id, who, words) for code, holds, words in rules if holds]


def find_carer_gaps(known: CarerFacts) -> list[Gap]:
    """No fixed abode has no postcode to miss; a refuge has one, kept hidden."""
    who = known.name or "Carer, name not recorded"
    housed = known.address in (AddressKind.HOME, AddressKind.TEMPORARY)
    placeless = known.stands_for_no_place or known.address == AddressKind.NO_FIXED_ABODE
    no_area = known.has_postcode and not known.has_area and not placeless
    rules = (
        ("carer_name", not known.name, "Name not recorded"),
        ("birth_date", known.born is None, "Date of birth not recorded"),
        ("carer_ethnicity", known.ethnicity == ETHNICITY_NOT_ASKED, "Ethnicity not recorded"),
        ("language", not known.language, "Home language not recorded"),
        ("reachable", not known.reachable, "No phone number or e-mail address"),
        ("safe_contact", not known.asked_how, "Safe contact not recorded"),
        ("responsibility", known.responsibility_unknown, "Parental responsibility not known"),
        ("address", not known.address, "No current address"),
        ("postcode", housed and not known.has_postcode, "Address has no postcode"),
        ("area", no_area, "Postcode not matched: not in the directory, or mistyped"),
    )
    return [Gap(code, known.id, who, words) for code, holds, words in rules if holds]
