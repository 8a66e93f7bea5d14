"""The rules of families: NHS numbers, how people are named and dated, when an NHS number is due to be traced."""

from datetime import date, timedelta

# NHS Data Dictionary: status 08, trace postponed while the baby is under six weeks old.
TRACE_AFTER = timedelta(days=42)


def nhs_number_digits(text: str) -> str:
    """The digits of a typed NHS number: spaces and dashes dropped."""
    return text.replace(" ", "").replace("-", "").replace("\u00a0", "")


def why_not_nhs_number(digits: str, *, test_numbers: bool) -> str:
    """'' for an NHS number that can be kept, else why not.

    NHS Data Dictionary: ten digits; weights 10 to 2; 11 less the remainder; 11 counts as 0, and 10 is never
    issued. Same-digit numbers pass the sum and are not numbers; those from 999 are for tests alone.
    """
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return "An NHS number has 10 digits."
    if len(set(digits)) == 1 or not _check_digit_holds(digits):
        return "Check the NHS number: its digits do not add up."
    if digits.startswith("999") and not test_numbers:
        return "Numbers that begin with 999 are for tests and are never issued."
    return ""


def _check_digit_holds(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def unusual_nhs_number(digits: str) -> bool:
    """Outside the ranges in ordinary use in England: worth a second look, no reason to refuse.

    Ranges: 300–319, 400–499 and 600–799 million (published package documentation; probable).
    """
    first_nine = int(digits[:9])
    return not any(
        low <= first_nine <= high
        for low, high in ((300_000_000, 319_999_999), (400_000_000, 499_999_999), (600_000_000, 799_999_999))
    )


def age_in_days(born: date, on: date) -> int:
    """Whole days of life."""
    return (on - born).days


def is_child(born: date | None, on: date) -> bool:
    """Under eighteen on that day: a carer may be a child too (Children Act 1989, s. 105). Unknown is not under."""
    if born is None:
        return False
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) < 18


def trace_due(*, born: date | None, nhs_number: str | None, lost: bool) -> date | None:
    """The day a born infant's missing NHS number must be traced by; None when there is nothing to trace."""
    return born + TRACE_AFTER if born and not nhs_number and not lost else None


def twin_text(order: int, plurality: int) -> str:
    """'' for a single baby, else which one: 'Twin 1 of 2', 'Triplet 2 of 3'."""
    words = {2: "Twin", 3: "Triplet", 4: "Quadruplet"}
    return f"{words.get(plurality, 'Baby')} {order} of {plurality}" if plurality > 1 else ""
