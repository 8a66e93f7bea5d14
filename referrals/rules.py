"""The rules of referral: who is eligible, which moves are legal, and how long a family has waited."""

from dataclasses import dataclass
from datetime import date

from pairs.families.life_rules import LONGEST_AFTER_DUE, LONGEST_BEFORE_DUE

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


DECIDED = {"accepted", "consultation", "not_accepted", "withdrawn"}
# The status each response leads to.
STATUS_OF_RESPONSE = {
    "direct": "accepted",
    "joint": "accepted",
    "consultation": "consultation",
    "none": "not_accepted",
}


def why_not_move(*, status: str, to: str, reason: str, destination: str) -> dict[str, str]:
    """{} for a move that may be made, else by field why not."""
    if not may_move(status, to):
        return {"": f"A referral that is “{dict(STATUSES)[status]}” cannot become “{dict(STATUSES)[to]}”."}
    missing = {}
    if to in NEEDS_REASON and not reason.strip():
        missing["reason"] = "Give the reason, in words the family would recognise."
    if to in NEEDS_DESTINATION and not destination.strip():
        missing["destination"] = "Say where the family can turn instead."
    return missing


def why_not_infant(*, born: date | None, due: date | None, nhs_number: str, on: date) -> dict[str, str]:
    """{} for a baby who can be referred, else by field why not."""
    if nhs_number and not born:
        return {"nhs_number": "A baby gets an NHS number at birth. Leave it empty for now."}
    problem = why_not_eligible(born=born, due=due, on=on)
    field = "birth_date" if born or (due and due < on - LONGEST_AFTER_DUE) else "estimated_due_date"
    return {field: problem} if problem else {}


def pregnancies(dates: list[date | None]) -> list[tuple[int, int]]:
    """(twin order, plurality) for each baby: those of the same due or birth date are of one pregnancy."""
    return [
        (dates[: number + 1].count(each), dates.count(each)) if each else (1, 1)
        for number, each in enumerate(dates)
    ]


# The service's own aim: a new referral is first read within four working hours.
FIRST_READ = "within four working hours"
_NEXT = {
    "received": f"The duty clinician reads it {FIRST_READ} and decides with the team what would help.",
    "read": "It has been read. The team decides what would help, and you will hear.",
    "more_asked": "The duty clinician will be in touch with you to ask for a little more.",
    "accepted": "The team will get in touch with the family, in the way they asked for.",
    "consultation": "A clinician will arrange a time to think about the family with you.",
    "not_accepted": "The duty clinician will tell you and the family where to turn instead.",
    "withdrawn": "Nothing more. You can refer again at any time.",
}


def next_step(status: str, *, shared: bool) -> str:
    """What happens next, for the referrer; until the family agrees to share, no more than received or decided."""
    if shared or status not in DECIDED:
        return _NEXT[status if shared else "received"]
    return "It has been decided. The family knows, and may tell you more."


def may_follow(*, permission: str, agreed: frozenset[str] | None) -> bool:
    """May the referrer know more than received and decided? What the family agreed or asked for since decides.

    ``agreed``: what a live agreement lets them be told; None where the family has said nothing yet, and the
    permission that the referral came with still stands.
    """
    return permission == "parent_agrees" if agreed is None else "involved" in agreed


# What a referrer hears as soon as the family has agreed to it, by what the agreement covers.
_AGREED_NEXT = {
    "involved": "The family has agreed that you may know that we are working with them.",
    "appointments": "You may ask the lead whether appointments were kept.",
    "plan": "You may ask the lead for the plan and its goals.",
    "progress": "You may ask the lead how it is going.",
    "measures": "You may ask the lead what the measures show.",
    "safeguarding": "We tell you about safeguarding at once, by phone.",
    "contact_details": "You may ask the lead how to reach the family.",
}


def agreed_steps(agreed: frozenset[str] | None) -> list[str]:
    """What the agreement opens to the referrer, a sentence each."""
    return [words for code, words in _AGREED_NEXT.items() if agreed and code in agreed]


def status_for_referrer(status: str, *, shared: bool) -> str:
    """The status in words; 'Received' or 'Decided' alone until the family has agreed to share."""
    if shared:
        return dict(STATUSES)[status]
    return "Decided" if status in DECIDED else "Received"
