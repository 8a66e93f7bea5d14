"""The rules of families: NHS numbers, how people are named and dated, when an NHS number is due to be traced."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

from pairs.families.choices import AddressKind
from pairs.geography.rules import is_pseudo
from pairs.web.typed_text import read_nhs_digits

# NHS Data Dictionary: status 08, trace postponed while the baby is under six weeks old.
TRACE_AFTER = timedelta(days=42)


def strip_nhs_number(text: str) -> str:
    """The digits of a typed or pasted NHS number, without what stood between them.

    A spreadsheet drops the 0 that a Scottish number (of somebody born before the tenth of a month) begins with:
    nine digits that are one with it are read so, and asked about like every number from outside England.
    """
    digits = read_nhs_digits(text)
    with_zero = f"0{digits}"
    lost = (
        len(digits) == 9
        and _is_chi_number(with_zero)
        and not find_nhs_number_error(with_zero, test_numbers=False)
    )
    return with_zero if lost else digits


def find_nhs_number_error(digits: str, *, test_numbers: bool) -> str:
    """'' for an NHS number that can be kept, else why not.

    NHS Data Dictionary: ten digits; weights 10 to 2; 11 less the remainder; 11 counts as 0, and 10 is never
    issued. Same-digit numbers pass the sum and are not numbers; those from 999 are for tests alone.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return "An NHS number has 10 digits."
    if len(set(digits)) == 1 or not _has_valid_check_digit(digits):
        return "Check the NHS number: its digits do not add up."
    if digits.startswith("999") and not test_numbers:
        return "Numbers that begin with 999 are for tests and are never issued."
    return ""


def _has_valid_check_digit(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


# The first three digits. England, Wales and the Isle of Man: the NHS North West genomics guide to its FHIR profile, the
# published package nhs-number and others agree. Northern Ireland and Ireland: the package's documentation.
ENGLISH_NHS_NUMBERS = (*range(400, 500), *range(600, 800))
NORTHERN_IRISH_NUMBERS, IRISH_NUMBERS = range(320, 400), range(800, 860)
NEVER_ISSUED_NUMBERS = (*range(500, 600), *range(900, 1000))


def is_unusual_nhs_number(digits: str) -> bool:
    """Outside the ranges in ordinary use in England: worth a second look, no reason to refuse."""
    return int(digits[:3]) not in ENGLISH_NHS_NUMBERS


def describe_unusual_nhs_number(digits: str) -> str:
    """What a number from outside the English ranges looks like, in a sentence; '' where nothing is known of it."""
    first = int(digits[:3])
    if _is_chi_number(digits):
        return "It looks like a Scottish CHI number."
    if first in NORTHERN_IRISH_NUMBERS:
        return "It looks like a number from Northern Ireland."
    if first in IRISH_NUMBERS:
        return "It looks like an Irish health identifier."
    return "Numbers in this range are not issued." if first in NEVER_ISSUED_NUMBERS else ""


def _is_chi_number(digits: str) -> bool:
    """Ten digits of which the first six are a day of birth, DDMMYY: 010100… to 311299…"""
    try:
        datetime.strptime(digits[:6], "%d%m%y")
    except ValueError:
        return False
    return len(digits) == 10


def get_age_in_years(born: date, on: date) -> int:
    """Birthdays had; somebody born on 29 February has theirs on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


ADULT_AGE_YEARS = 18  # Children Act 1989, section 105


def is_child(born: date | None, on: date) -> bool:
    """Under eighteen on that day: a carer may be a child too. Unknown is not under."""
    return born is not None and 0 <= get_age_in_years(born, on) < ADULT_AGE_YEARS


def describe_child_carer(born: date | None, on: date) -> str:
    """'' for an adult, or where no date of birth is known; else what to say of a carer under eighteen."""
    return f"Aged {get_age_in_years(born, on)}, legally a child" if born and is_child(born, on) else ""


def find_life_date_errors(*, born: date | None, died: date | None, on: date) -> dict[str, str]:
    """Why these days of birth and death cannot be, by field; {} when they can."""
    errors: dict[str, str] = {}
    if born and born > on:
        errors["birth_date"] = "The date of birth is in the future."
    if died and died > on:
        errors["died_on"] = "This date is in the future."
    elif died and born and died < born:
        errors["died_on"] = "This is before the date of birth."
    return errors


def find_span_errors(*, since: date | None, until: date | None, on: date) -> dict[str, str]:
    """Why something cannot have lasted from the one day to the other, by field; {} when it can."""
    errors: dict[str, str] = {}
    if since and since > on:
        errors["since"] = "This date is in the future. Record it when it has happened."
    if until and until > on:
        errors["until"] = "This date is in the future. Record it when it has happened."
    elif until and since and until < since:
        errors["until"] = "This is before it began."
    return errors


# A way of reaching somebody, and what to do while they have said no, or have not been asked.
CONTACT_WAYS = (
    ("may_call", "Do not call", "Not asked whether a call is safe"),
    ("may_text", "Do not text", "Not asked whether a text is safe"),
    ("may_leave_message", "Do not leave a message", "Not asked whether a message may be left: leave none"),
    ("may_email", "Do not e-mail", "Not asked whether e-mail is safe"),
    ("may_post", "Do not send post", "Not asked whether post is safe"),
)


def list_contact_limits(answers: dict[str, bool | None]) -> list[str]:
    """What not to do when reaching somebody, by their answers. Not asked is never read as yes."""
    said = [
        refused if answers.get(name) is False else not_asked
        for name, refused, not_asked in CONTACT_WAYS
        if answers.get(name) is not True
    ]
    if len(said) == len(CONTACT_WAYS) and not any(answers.get(name) is False for name, _, _ in CONTACT_WAYS):
        return ["Safe ways of contact not recorded"]
    return said


V = TypeVar("V")


def list_replaced_values(versions: Sequence[tuple[datetime, V]]) -> list[tuple[V, datetime]]:
    """Values that were replaced and when, newest first; from every version kept, oldest first. Empty ones are none."""
    replaced = [
        (value, later)
        for (_, value), (later, new) in pairwise(versions)
        if value not in (None, "") and new != value
    ]
    return replaced[::-1]


def find_address_errors(*, kind: str, lines: str, postcode: str) -> dict[str, str]:
    """Why this is no address; {} when it is. A refuge and no fixed abode need no lines."""
    if kind in (AddressKind.REFUGE, AddressKind.NO_FIXED_ABODE) or lines.strip() or postcode:
        return {}
    return {"lines": "Enter as much of the address as you know."}


# How people write it in the box for an address, without its stops: as a line of its own, or within one.
NO_FIXED_ABODE_LINES = ("nfa", "n f a", "nfd", "homeless", "street homeless", "none", "no address")
_NO_FIXED_ABODE_PATTERN = re.compile(
    r"\bno (?:fixed|settled|permanent|perm|current) (?:abode|address|home|accommodation)\b|\bno abode\b"
    r"|\bhomeless\b(?! (?:hostel|shelter|unit|centre|project|accommodation|team|service))"
    r"|\b(?:living|sleeping|lives|sleeps) in (?:a |the |her |his |their )?(?:car|van|tent)\b"
    r"|\bsofa ?surf|\brough sleep|\bsleep(?:s|ing)? rough\b"
)
# What is written where nobody knows it: no fixed abode is something else, but a letter arrives at neither.
UNKNOWN_ADDRESS_LINES = frozenset(
    ("not known", "unknown", "address unknown", "address not known", "nk", "tbc", "n a")
)
_PSEUDO_POSTCODE_PATTERN = re.compile(r"\bZZ99 ?[0-9][A-Z]{2}\b", re.IGNORECASE)


def says_no_fixed_abode(lines: str) -> bool:
    """Does somebody say in the box for an address that there is none, alone or beside where they stay for now?"""
    plain = _PSEUDO_POSTCODE_PATTERN.sub(" ", lines).replace(".", "").lower()
    parts = [
        " ".join(re.findall(r"[^\W_]+", part)) for part in re.split(r"[\n,;:/()]| [-\u2013\u2014] ", plain)
    ]
    return any(part in NO_FIXED_ABODE_LINES or _NO_FIXED_ABODE_PATTERN.search(part) for part in parts)


def takes_post(*, lines: str, postcode: str, kind: str = AddressKind.HOME) -> bool:
    """Does a letter arrive there? Not without lines, not where there is no fixed abode, nor at a pseudo-postcode."""
    if kind == AddressKind.NO_FIXED_ABODE or is_pseudo(postcode) or _PSEUDO_POSTCODE_PATTERN.search(lines):
        return False
    words = " ".join(re.findall(r"[^\W_]+", lines.lower()))
    return bool(words) and words not in UNKNOWN_ADDRESS_LINES and not says_no_fixed_abode(lines)


def format_address_lines(*, kind: str, kind_name: str, lines: str, postcode: str, in_full: bool) -> list[str]:
    """An address as lines. A refuge is named and its lines hidden, but for those who may see it ``in_full``."""
    hidden = kind == AddressKind.REFUGE and not in_full
    where = [] if hidden else [line.strip() for line in [*lines.splitlines(), postcode] if line.strip()]
    return where if kind == AddressKind.HOME and where else [kind_name, *where]


def get_trace_due_date(*, born: date | None, nhs_number: str | None, lost: bool) -> date | None:
    """The day a born infant's missing NHS number must be traced by; None when there is nothing to trace."""
    return born + TRACE_AFTER if born and not nhs_number and not lost else None


def describe_twin(order: int, plurality: int) -> str:
    """'' for a single baby, else which one: 'Twin 1 of 2', 'Triplet 2 of 3'."""
    words = {2: "Twin", 3: "Triplet", 4: "Quadruplet"}
    return f"{words.get(plurality, 'Baby')} {order} of {plurality}" if plurality > 1 else ""


# The service's own rule (docs: an alert unseen by 16:00 goes to the supervisors).
ALERT_SEEN_BY = time(16)
SATURDAY = 5


def get_escalation_time(raised: datetime) -> datetime:
    """When an unseen alert goes to the supervisors: at 16:00 of its own working day, else of the next one.

    ``raised`` and the result are local times. Bank holidays count as working days: then somebody is notified
    who need not have been, which harms nobody.
    """
    day = raised.date() if raised.time() < ALERT_SEEN_BY else raised.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, ALERT_SEEN_BY, tzinfo=raised.tzinfo)


def get_last_escalation_time(raised: datetime, now: datetime) -> datetime | None:
    """The last moment up to now at which an alert that is still unseen was to be passed on; None before the first.

    After its first 16:00 that is 16:00 of each working day. All are local times.
    """
    first = get_escalation_time(raised)
    if now < first:
        return None
    day = now.date() if now.time() >= ALERT_SEEN_BY else now.date() - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return max(first, datetime.combine(day, ALERT_SEEN_BY, tzinfo=now.tzinfo))
