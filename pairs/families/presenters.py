"""Carers, dyads and addresses in words: rows for summary lists, the same on every page that shows them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.choices import ParentalResponsibility
from pairs.families.completeness import ETHNICITY_NOT_ASKED
from pairs.families.history import load_earlier_values
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.families.rules import describe_child_carer, format_address_lines, list_contact_limits
from pairs.families.safe_contact import describe_safe_contact
from pairs.web.formats import format_day
from pairs.web.url_cache import reverse_cached

ETHNICITY_LABELS = dict(ETHNIC_CATEGORIES)
CONTACT_WAY_FIELDS = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")
LIVING_TOGETHER_LABELS = {True: "lives together", False: "lives apart", None: ""}


def list_carer_contact_limits(carer: Caregiver) -> list[str]:
    """What not to do when reaching a carer, in words."""
    if carer.died_on:
        return [f"Died {format_day(carer.died_on)}: do not write or call"]
    return list_contact_limits({name: getattr(carer, name) for name in CONTACT_WAY_FIELDS})


def describe_infant_ethnicity(infant: Infant, carried_by: Caregiver | None) -> str:
    """An infant's ethnic background; before birth, until it is asked, the carrying parent's, labelled as theirs."""
    if carried_by and infant.birth_date is None and infant.ethnicity == ETHNICITY_NOT_ASKED:
        label = ETHNICITY_LABELS[carried_by.ethnicity]
        return f"{label} (that of {carried_by.name_or_role}, until the baby is born)"
    return ETHNICITY_LABELS[infant.ethnicity]


def describe_life_dates(carer: Caregiver) -> str:
    """Born, died, and a child too: in a line."""
    on = timezone.localdate()
    parts = [format_day(carer.birth_date), describe_child_carer(carer.birth_date, carer.died_on or on)]
    return ". ".join(filter(None, [*parts, f"Died {format_day(carer.died_on)}" if carer.died_on else ""]))


def describe_relationship(dyad: Dyad) -> str:
    """What one infant and one carer are to each other, in a line."""
    details = [
        dyad.get_relationship_display(),
        "main carer" if dyad.main_carer else "",
        LIVING_TOGETHER_LABELS[dyad.lives_with],
    ]
    if dyad.parental_responsibility != ParentalResponsibility.UNKNOWN:
        has = "has" if dyad.parental_responsibility == ParentalResponsibility.YES else "does not have"
        details.append(f"{has} parental responsibility")
    return ", ".join(filter(None, details))


def list_address_lines(address: Address, *, in_full: bool = False) -> list[str]:
    """An address as lines, a refuge's hidden."""
    return format_address_lines(
        kind=address.kind,
        kind_name=address.get_kind_display(),
        lines=address.lines,
        postcode=address.postcode,
        in_full=in_full,
    )


def format_span(record: Address | Dyad) -> str:
    """'from 3 May 2026 to 4 June 2026', as far as it is known."""
    parts = [
        f"from {format_day(record.since)}" if record.since else "",
        f"to {format_day(record.until)}" if record.until else "",
    ]
    return " ".join(filter(None, parts))


def format_until_lines(values: list[tuple[str, date]], words: Callable[..., Any] = str) -> list[str]:
    """'Until 3 May 2026: 07700 …', one line each."""
    return [f"Until {format_day(until)}: {words(value)}" for value, until in values]


def build_detail_rows(carer: Caregiver) -> list[dict[str, str]]:
    """Who they are."""
    return [
        {"key": "Name said as", "value": carer.said_as, "missing": "Not recorded"},
        {"key": "Date of birth", "value": describe_life_dates(carer), "missing": "Not recorded"},
        {"key": "NHS number", "value": _space_nhs_number(carer.nhs_number), "missing": "Not recorded"},
    ]


def _space_nhs_number(number: str | None) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""


def build_contact_rows(carer: Caregiver, before: dict[str, list[tuple[str, date]]]) -> list[dict[str, Any]]:
    """How to reach them, with earlier numbers and what they need."""
    interpreter = ", with an interpreter" if carer.needs_interpreter else ""
    return [
        {"key": "Phone", "value": carer.phone, "missing": "Not recorded"},
        {"key": "E-mail", "value": carer.email, "missing": "Not recorded"},
        {"key": "Safe contact", "value": describe_safe_contact(carer).sentence},
        {
            "key": "Language",
            "value": (carer.language + interpreter).removeprefix(", "),
            "missing": "Not recorded",
        },
        {
            "key": "Communication needs",
            "value": carer.communication_needs,
            "missing": "Nothing recorded",
        },
        {"key": "Access needs", "value": carer.access_needs, "missing": "Nothing recorded"},
        *_build_earlier_row("Earlier phone numbers", before["phone"]),
        *_build_earlier_row("Earlier e-mail addresses", before["email"]),
    ]


def _build_earlier_row(key: str, values: list[tuple[str, date]]) -> list[dict[str, Any]]:
    return [{"key": key, "value": format_until_lines(values)}] if values else []


def build_background_rows(carer: Caregiver) -> list[dict[str, Any]]:
    """What they told us about themselves."""
    disability = [carer.get_disability_display() if carer.disability else "", carer.disability_details]
    return [
        {"key": "Gender", "value": carer.gender, "missing": "Not asked"},
        {"key": "Disability", "value": ". ".join(filter(None, disability)), "missing": "Not asked"},
        {
            "key": "Care experienced",
            "value": carer.get_care_experienced_display() if carer.care_experienced else "",
            "missing": "Not asked",
        },
        {
            "key": "Groups",
            "value": [str(group) for group in carer.exclusion_groups.all()],
            "missing": "None chosen",
        },
    ]


def load_carer_history(carer: Caregiver) -> dict[str, list[tuple[str, date]]]:
    """Earlier phone numbers, e-mail addresses and ethnic backgrounds."""
    return load_earlier_values(carer, "phone", "email", "ethnicity")


def build_address_row(address: Address) -> dict[str, Any]:
    """One address for a list: where, since when, and its page."""
    where = ", ".join(list_address_lines(address))
    return {
        "whose": str(address.person),
        "where": where,
        "span": format_span(address),
        "href": reverse_cached("address", address.pk),
        "ended": address.until is not None,
    }
