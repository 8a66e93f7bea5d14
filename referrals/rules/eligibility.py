"""Who can be referred: from conception to the day before the fifth birthday; nothing else excludes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from pairs.families.ages import add_years
from pairs.families.birth_rules import MAX_AFTER_DUE, MAX_BABIES, MAX_BEFORE_DUE, find_loss_errors
from pairs.families.rules import takes_post
from referrals.rules.choices import EntryPoint

AGE_LIMIT_YEARS = 5
# Entry points where a family need not name anybody: triage completes the details with them.
ENTRY_POINTS_WITHOUT_NAMES = (EntryPoint.SELF,)
CARRIERS_MESSAGE = (
    "More people are marked as pregnant than there are babies. "
    "Tick only the person who is or was pregnant with the baby."
)


def get_fifth_birthday(born: date) -> date:
    """The day the child turns five; a child of 29 February turns five on 1 March."""
    return add_years(born, AGE_LIMIT_YEARS)


def find_eligibility_error(*, born: date | None, due: date | None, on: date) -> str:
    """'' for a child from conception to the day before the fifth birthday, else the reason in plain words.

    Safeguarding involvement, diagnosis and severity play no part.
    """
    if born:
        if born > on:
            return "The date of birth is in the future. For an unborn baby enter the due date instead."
        return (
            ""
            if on < get_fifth_birthday(born)
            else "The service is for children up to the day before they turn five."
        )
    if due is None:
        return "Enter the date of birth, or the due date of an unborn baby."
    if due < on - MAX_AFTER_DUE:
        return "The due date has passed. Enter the date of birth."
    return "" if due <= on + MAX_BEFORE_DUE else "The due date is more than 42 weeks away."


def find_naming_errors(*, entry_point: str, infants: int, carers: int) -> dict[str, str]:
    """{} when this entry point has enough people named, else errors by field."""
    if entry_point in ENTRY_POINTS_WITHOUT_NAMES:
        return {}
    missing = {
        "infants": ("Enter at least one baby. Names can wait.", infants),
        "caregivers": ("Enter at least one carer.", carers),
    }
    return {field: said for field, (said, named) in missing.items() if not named}


def find_reachability_errors(*, entry_point: str, carers: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """{} unless a self-referral gives no phone, e-mail or postal address: one of them is enough."""
    if entry_point != EntryPoint.SELF or any(map(_is_reachable, carers)):
        return {}
    return {
        "caregivers": "Enter a phone number, e-mail address or postal address, so that we can contact you."
    }


def _is_reachable(carer: Mapping[str, Any]) -> bool:
    """By phone, e-mail or post. Words for "no fixed abode" in the box for an address are no address."""
    posted = takes_post(lines=carer.get("address_lines") or "", postcode=carer.get("postcode") or "")
    return bool(carer.get("phone") or carer.get("email") or posted)


def find_safe_ways(carer: Mapping[str, Any], unsafe: Collection[str]) -> list[str]:
    """Ways to answer somebody, of those they gave, that they have not forbidden: call, text, email, post."""
    posted = takes_post(lines=carer.get("address_lines") or "", postcode=carer.get("postcode") or "")
    given = {
        "call": carer.get("phone"),
        "text": carer.get("phone"),
        "email": carer.get("email"),
        "post": posted,
    }
    return [way for way, holds in given.items() if holds and way not in unsafe]


def find_infant_errors(
    *,
    born: date | None,
    due: date | None,
    nhs_number: str,
    on: date,
    dates_needed: bool = True,
    loss: str = "",
    lost_on: date | None = None,
) -> dict[str, str]:
    """{} for a baby who can be referred, else by field why not. Without ``dates_needed`` neither date is asked for.

    A baby who has died is named with the day: grieving parents are helped, and a twin stays a twin.
    """
    if loss and lost_on:
        wrong = find_loss_errors(loss=loss, lost_on=lost_on, born=born, on=on)
        return wrong or (
            {} if born or due else {"estimated_due_date": "Enter the due date; a best guess will do."}
        )
    if nhs_number and not born:
        return {"nhs_number": "A baby gets an NHS number at birth. Leave it empty for now."}
    if not (born or due or dates_needed):
        return {}
    problem = find_eligibility_error(born=born, due=due, on=on)
    field = "birth_date" if born or (due and due < on - MAX_AFTER_DUE) else "estimated_due_date"
    return {field: problem} if problem else {}


def find_twin_errors(*, plurality: int | None, order: int | None) -> dict[str, str]:
    """{} where which baby it is fits how many there are of the birth, else by field why not."""
    if plurality is not None and not 1 <= plurality <= MAX_BABIES:
        return {"plurality": f"Give a number of babies from 1 to {MAX_BABIES}."}
    if order is not None and not 1 <= order <= (plurality or 0):
        return {"twin_order": "This is more than the number of babies in this birth."}
    return {}


def find_carrier_errors(*, infants: int, carriers: int) -> dict[str, str]:
    """{} unless more people are said to carry a baby than there are babies: which of them does is asked."""
    if carriers <= max(infants, 1):
        return {}
    return {"caregivers": CARRIERS_MESSAGE}
