"""What a referral says of somebody we hold, beside what is held: what may be filled in, what is stricter, what differs.

Nothing here forgets anything: a gap in the record is filled, of two safety answers the stricter holds until somebody
chooses, and everything else that differs waits to be chosen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pairs.families.phones import read_phone_keys

CAREGIVER, INFANT, DYAD = "caregiver", "infant", "dyad"
SAFE_WAYS = ("may_call", "may_text", "may_leave_message", "may_email", "may_post")
ADDRESS, SAFE_CONTACT, INTERPRETER = "address", "safe_contact", "needs_interpreter"
SAFETY_FIELDS = (*SAFE_WAYS, SAFE_CONTACT)
LABELS = {
    "given_name": "Given name",
    "family_name": "Family name",
    "birth_date": "Date of birth",
    "estimated_due_date": "Due date",
    "nhs_number": "NHS number",
    "sex": "Sex",
    "plurality": "Babies of this birth",
    "ethnicity": "Ethnic background",
    "phone": "Phone",
    "email": "E-mail",
    ADDRESS: "Address",
    "language": "Language",
    INTERPRETER: "Interpreter",
    "communication_needs": "Communication",
    "access_needs": "Access",
    SAFE_CONTACT: "How and when it is safe",
    "may_call": "Safe to call",
    "may_text": "Safe to text",
    "may_leave_message": "Safe to leave a message",
    "may_email": "Safe to e-mail",
    "may_post": "Safe to send post",
    "relationship": "Relationship",
    "main_carer": "Main carer",
    "lives_with": "Lives with the baby",
}
# An unticked box says nothing: only a tick is an answer.
TICKED_FIELDS = (INTERPRETER, "main_carer")
# A birth is registered, and a number looked up, by somebody: neither is filled in by itself.
NEVER_FILLED = {(INFANT, "birth_date"), (INFANT, "nhs_number"), (CAREGIVER, "nhs_number")}
CAREGIVER_FIELDS = (
    *("given_name", "family_name", "birth_date", "nhs_number", "ethnicity", "phone", "email", "language"),
    *(INTERPRETER, "communication_needs", "access_needs", *SAFE_WAYS),
)
INFANT_FIELDS = (
    *("given_name", "family_name", "birth_date", "estimated_due_date", "nhs_number", "sex", "ethnicity"),
    "plurality",
)
DYAD_FIELDS = ("relationship", "main_carer", "lives_with")
NOTHING_SAID = ("", None, "99")  # 99: ethnic background not known (NHS Data Dictionary)


@dataclass(frozen=True)
class Difference:
    """One fact of a record that a referral says otherwise. Days are ISO text, so that it can be stored as JSON."""

    of: str  # caregiver, infant or dyad
    id: str  # of that record
    field: str
    held: Any
    said: Any

    @property
    def label(self) -> str:
        return LABELS[self.field]

    @property
    def is_safety(self) -> bool:
        return self.field in SAFETY_FIELDS

    def to_json(self) -> dict[str, Any]:
        return {name: to_plain(value) for name, value in asdict(self).items()}


def to_plain(value: Any) -> Any:
    """Days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def is_said(field: str, value: Any) -> bool:
    """Whether the referral says anything of it."""
    return value is True if field in TICKED_FIELDS else value not in NOTHING_SAID


def are_same(field: str, held: Any, said: Any) -> bool:
    """The same fact, however it is written."""
    if field == "phone":
        return _have_same_numbers(str(held or ""), str(said or ""))
    if isinstance(held, str) and isinstance(said, str):
        return " ".join(held.casefold().split()) == " ".join(said.casefold().split())
    return held == said


def _have_same_numbers(held: str, said: str) -> bool:
    """Every number that is said is held; of words without a number, the same words."""
    numbers = read_phone_keys(said)
    return numbers <= read_phone_keys(held) if numbers else held.split() == said.split()


def _says_all(held: str, said: str) -> bool:
    """Every sentence that is said is held: whole sentences, since "Ring" is no part of "Never ring"."""
    return _split_sentences(said) <= _split_sentences(held)


def _split_sentences(text: str) -> set[str]:
    parts = re.split(r"[.;!\n]+(?:\s|$)", text.casefold())
    return {" ".join(part.split()) for part in parts if part.strip()}


def combine(of: str, field: str, held: Any, said: Any) -> tuple[Any, bool]:
    """(what the record says from now on, whether somebody still has to choose)."""
    if not is_said(field, said) or are_same(field, held, said):
        return held, False
    if field in TICKED_FIELDS:
        return (said, False) if field == INTERPRETER else (held, True)
    if field in SAFE_WAYS and held is not None:
        return False, True  # one of the two is a no
    if held in NOTHING_SAID:
        return (held, True) if (of, field) in NEVER_FILLED else (said, False)
    if field == SAFE_CONTACT:
        return (
            (held, False) if _says_all(str(held), str(said)) else (f"{str(said).rstrip('. ')}. {held}", True)
        )
    return held, True


def find_differences(
    of: str, pk: Any, held: Mapping[str, Any], said: Mapping[str, Any]
) -> Iterator[tuple[Difference, Any, bool]]:
    """(difference, what the record says from now on, whether somebody has to choose) of what is said anew."""
    for field, value in said.items():
        now, open_ = combine(of, field, held[field], value)
        if open_ or now != held[field]:
            yield Difference(of, str(pk), field, held[field], value), now, open_
