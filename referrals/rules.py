"""The rules of referral: who is eligible, which moves are legal, and how long a family has waited."""

from dataclasses import dataclass
from datetime import date, timedelta

STATUSES = [
    ("received", "Received"),
    ("read", "Read"),
    ("more_asked", "More asked for"),
    ("accepted", "Accepted"),
    ("consultation", "Consultation"),
    ("not_accepted", "Not for us now"),
    ("withdrawn", "Withdrawn"),
]
RESPONSES = [
    ("direct", "Direct work"),
    ("joint", "Joint working"),
    ("consultation", "Consultation"),
    ("none", "Not for us now"),
]
PERMISSION_BASES = [
    ("parent_agrees", "The parent agrees to this referral"),
    ("lawful_basis", "There is a lawful basis without the parent's agreement"),
]
# i-THRIVE needs-based groupings, as the service uses them (provisional at triage).
THRIVE_GROUPINGS = [
    ("advice", "Getting Advice"),
    ("help", "Getting Help"),
    ("more_help", "Getting More Help"),
    ("risk_support", "Getting Risk Support"),
    ("thriving", "Thriving"),
]
PREFERRED_PLACES = [
    ("", "No preference"),
    ("home", "At home"),
    ("hub", "Family hub"),
    ("phone", "By phone"),
    ("video", "By video"),
]

# From each status, where a referral may go. A decision may be re-opened; nothing ends without a decision.
MOVES = {
    "received": {"read", "more_asked", "accepted", "consultation", "not_accepted", "withdrawn"},
    "read": {"more_asked", "accepted", "consultation", "not_accepted", "withdrawn"},
    "more_asked": {"read", "accepted", "consultation", "not_accepted", "withdrawn"},
    "accepted": set(),
    "consultation": {"read"},
    "not_accepted": {"read"},
    "withdrawn": {"read"},
}
NEEDS_REASON = {"not_accepted", "withdrawn", "more_asked"}
NEEDS_DESTINATION = {"not_accepted"}

FIFTH_BIRTHDAY = 5
# Under-40-weeks pregnancies end at most about three weeks after the due date; beyond that the date is a slip.
LONGEST_AFTER_DUE = timedelta(weeks=4)
LONGEST_BEFORE_DUE = timedelta(weeks=42)


def may_move(status: str, to: str) -> bool:
    """Is the move from one status to another legal?"""
    return to in MOVES[status]


def fifth_birthday(born: date) -> date:
    """The day the child turns five; a child of 29 February turns five on 1 March."""
    try:
        return born.replace(year=born.year + FIFTH_BIRTHDAY)
    except ValueError:
        return date(born.year + FIFTH_BIRTHDAY, 3, 1)


def why_not_eligible(*, born: date | None, due: date | None, on: date) -> str:
    """'' for a child from conception to the day before the fifth birthday, else the reason in plain words.

    Safeguarding involvement, diagnosis and severity play no part.
    """
    if born:
        if born > on:
            return "The date of birth is in the future. For an unborn baby give the due date instead."
        return (
            ""
            if on < fifth_birthday(born)
            else "The service is for children up to the day before they turn five."
        )
    if due is None:
        return "Give the date of birth, or the due date of an unborn baby."
    if due < on - LONGEST_AFTER_DUE:
        return "The due date has passed. Give the date of birth."
    return "" if due <= on + LONGEST_BEFORE_DUE else "The due date is more than 42 weeks away."


@dataclass(frozen=True)
class Wait:
    """How long a referral has waited for a decision, in whole days."""

    days: int
    decided: bool


def wait_for_decision(*, received: date, decided: date | None, on: date) -> Wait:
    """Days from the day of receipt to the decision, or to ``on`` while there is none."""
    return Wait(days=((decided or on) - received).days, decided=decided is not None)


def source_group(code: str) -> str:
    """The NHS Data Dictionary group of a source of referral, by its first letter."""
    groups = {
        "A": "Primary health care", "B": "Self or carer", "C": "Local authority", "D": "Employer", "E": "Justice",
        "F": "Child health", "G": "Independent or voluntary", "H": "Acute", "I": "Other mental health trust",
    }  # fmt: skip
    return groups.get(code[:1], "Other")
