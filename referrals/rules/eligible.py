"""Who can be referred: from conception to the day before the fifth birthday; nothing else excludes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pairs.families.life_rules import LONGEST_AFTER_DUE, LONGEST_BEFORE_DUE

FIFTH_BIRTHDAY = 5
# Doors where a family may ask with no more than its own words: triage completes the rest together with them.
MAY_NAME_NOBODY = ("self",)


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


def why_not_named(*, door: str, infants: int, carers: int) -> dict[str, str]:
    """{} when enough people are named for this door, else by field who is missing."""
    if door in MAY_NAME_NOBODY:
        return {}
    missing = {
        "infants": ("Name at least one baby.", infants),
        "caregivers": ("Name at least one carer.", carers),
    }
    return {field: said for field, (said, named) in missing.items() if not named}


def why_not_reachable(*, door: str, carers: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """{} unless a family asks for help and leaves no way to answer it: one of phone, e-mail and address will do."""
    ways = ("phone", "email", "address_lines")
    if door != "self" or any(carer.get(way) for carer in carers for way in ways):
        return {}
    return {
        "caregivers": "Give a phone number, an e-mail address or a postal address, so that we can answer."
    }


def why_not_infant(
    *, born: date | None, due: date | None, nhs_number: str, on: date, dates_needed: bool = True
) -> dict[str, str]:
    """{} for a baby who can be referred, else by field why not. Without ``dates_needed`` neither date is asked for."""
    if nhs_number and not born:
        return {"nhs_number": "A baby gets an NHS number at birth. Leave it empty for now."}
    if not (born or due or dates_needed):
        return {}
    problem = why_not_eligible(born=born, due=due, on=on)
    field = "birth_date" if born or (due and due < on - LONGEST_AFTER_DUE) else "estimated_due_date"
    return {field: problem} if problem else {}


def pregnancies(dates: list[date | None]) -> list[tuple[int, int]]:
    """(twin order, plurality) for each baby: those of the same due or birth date are of one pregnancy."""
    return [
        (dates[: number + 1].count(each), dates.count(each)) if each else (1, 1)
        for number, each in enumerate(dates)
    ]
