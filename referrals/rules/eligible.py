"""Who can be referred: from conception to the day before the fifth birthday; nothing else excludes."""

from datetime import date

from pairs.families.life_rules import LONGEST_AFTER_DUE, LONGEST_BEFORE_DUE

FIFTH_BIRTHDAY = 5


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
