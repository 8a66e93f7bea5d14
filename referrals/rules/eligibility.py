"""Who can be referred: from conception to the day before the fifth birthday; nothing else excludes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pairs.families.birth_rules import MAX_AFTER_DUE, MAX_BEFORE_DUE
from referrals.rules.choices import EntryPoint

AGE_LIMIT_YEARS = 5
# Entry points where a family need not name anybody: triage completes the details with them.
ENTRY_POINTS_WITHOUT_NAMES = (EntryPoint.SELF,)


def get_fifth_birthday(born: date) -> date:
    """The day the child turns five; a child of 29 February turns five on 1 March."""
    try:
        return born.replace(year=born.year + AGE_LIMIT_YEARS)
    except ValueError:
        return date(born.year + AGE_LIMIT_YEARS, 3, 1)


def find_eligibility_error(*, born: date | None, due: date | None, on: date) -> str:
    """'' for a child from conception to the day before the fifth birthday, else the reason in plain words.

    Safeguarding involvement, diagnosis and severity play no part.
    """
    if born:
        if born > on:
            return "The date of birth is in the future. For an unborn baby give the due date instead."
        return (
            ""
            if on < get_fifth_birthday(born)
            else "The service is for children up to the day before they turn five."
        )
    if due is None:
        return "Give the date of birth, or the due date of an unborn baby."
    if due < on - MAX_AFTER_DUE:
        return "The due date has passed. Give the date of birth."
    return "" if due <= on + MAX_BEFORE_DUE else "The due date is more than 42 weeks away."


def find_naming_errors(*, entry_point: str, infants: int, carers: int) -> dict[str, str]:
    """{} when this entry point has enough people named, else errors by field."""
    if entry_point in ENTRY_POINTS_WITHOUT_NAMES:
        return {}
    missing = {
        "infants": ("Name at least one baby.", infants),
        "caregivers": ("Name at least one carer.", carers),
    }
    return {field: said for field, (said, named) in missing.items() if not named}


def find_reachability_errors(*, entry_point: str, carers: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """{} unless a self-referral gives no phone, e-mail or postal address: one of them is enough."""
    ways = ("phone", "email", "address_lines")
    if entry_point != EntryPoint.SELF or any(carer.get(way) for carer in carers for way in ways):
        return {}
    return {
        "caregivers": "Give a phone number, an e-mail address or a postal address, so that we can answer."
    }


def find_infant_errors(
    *, born: date | None, due: date | None, nhs_number: str, on: date, dates_needed: bool = True
) -> dict[str, str]:
    """{} for a baby who can be referred, else by field why not. Without ``dates_needed`` neither date is asked for."""
    if nhs_number and not born:
        return {"nhs_number": "A baby gets an NHS number at birth. Leave it empty for now."}
    if not (born or due or dates_needed):
        return {}
    problem = find_eligibility_error(born=born, due=due, on=on)
    field = "birth_date" if born or (due and due < on - MAX_AFTER_DUE) else "estimated_due_date"
    return {field: problem} if problem else {}


def assign_twin_orders(dates: list[date | None]) -> list[tuple[int, int]]:
    """(twin order, plurality) for each baby: those of the same due or birth date are of one pregnancy."""
    return [
        (dates[: number + 1].count(each), dates.count(each)) if each else (1, 1)
        for number, each in enumerate(dates)
    ]
