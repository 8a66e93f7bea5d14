"""The rules of families: NHS numbers, how people are named and dated, when an NHS number is due to be traced."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

from pairs.families.choices import AddressKind

# NHS Data Dictionary: status 08, trace postponed while the baby is under six weeks old.
TRACE_AFTER = timedelta(days=42)


def strip_nhs_number(text: str) -> str:
    """The digits of a typed NHS number: spaces and dashes dropped."""
    return text.replace(" ", "").replace("-", "").replace("\u00a0", "")


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


def is_unusual_nhs_number(digits: str) -> bool:
    """Outside the ranges in ordinary use in England: worth a second look, no reason to refuse.

    Ranges: 300–319, 400–499 and 600–799 million (published package documentation; probable).
    """
    first_nine = int(digits[:9])
    return not any(
        low <= first_nine <= high
        for low, high in ((300_000_000, 319_999_999), (400_000_000, 499_999_999), (600_000_000, 799_999_999))
    )


def get_age_in_days(born: date, on: date) -> int:
    """Whole days of life."""
    return (on - born).days


def get_age_in_years(born: date, on: date) -> int:
    """Birthdays had; somebody born on 29 February has theirs on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


ADULT_AGE_YEARS = 18  # Children Act 1989, section 105


def is_child(born: date | None, on: date) -> bool:
    """Under eighteen on that day: a carer may be a child too. Unknown is not under."""
    return born is not None and 0 <= get_age_in_years(born, on) < ADULT_AGE_YEARS


def describe_child_carer(born: date | None, on: date) -> str:
    """'' for an adult, or where no date of birth is known; else what to say of a carer under eighteen."""
    return f"Aged {get_age_in_years(born, on)}: a child too" if born and is_child(born, on) else ""


def find_life_date_errors(*, born: date | None, died: date | None, on: date) -> dict[str, str]:
    """Why these days of birth and death cannot be, by field; {} when they can."""
    errors: dict[str, str] = {}
    if born and born > on:
        errors["birth_date"] = "The date of birth is in the future."
    if died and died > on:
        errors["died_on"] = "This day is still to come."
    elif died and born and died < born:
        errors["died_on"] = "This is before the date of birth."
    return errors


def find_span_errors(*, since: date | None, until: date | None, on: date) -> dict[str, str]:
    """Why something cannot have lasted from the one day to the other, by field; {} when it can."""
    errors: dict[str, str] = {}
    if since and since > on:
        errors["since"] = "This day is still to come. Record it once it has come."
    if until and until > on:
        errors["until"] = "This day is still to come. Record it once it has come."
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
        return ["Not asked yet which ways of reaching them are safe"]
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
    return {"lines": "Give the address, as much of it as you know."}


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


def find_keep_apart_conflicts(cautions: Iterable[tuple[object, object, object]], present: set) -> list:
    """The cautions, given as (caution, one id, other id), whose two people are both present."""
    return [caution for caution, one, other in cautions if one in present and other in present]
