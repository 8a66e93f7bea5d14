"""Whether two dates of birth may be one day, written wrongly once. Pure."""

from datetime import date, timedelta

from pairs.matching.name_matching import is_one_slip_apart

# Further apart than this, two of one name may be parent and child.
MAX_YEARS_BETWEEN_SLIPS = 10
# A baby whose due date we hold is taken for one born this long before or after it: 22 weeks to 2 weeks over.
MAX_BEFORE_DUE_DATE, MAX_AFTER_DUE_DATE = timedelta(days=126), timedelta(days=21)


def is_turned(one: date, other: date) -> bool:
    """3 April and 4 March of the same year: day and month the wrong way round."""
    return one != other and (one.year, one.month, one.day) == (other.year, other.day, other.month)


def is_near(one: date, other: date) -> bool:
    """Another day, one slip off: a figure wrong or two exchanged, the next day, the next year; no generation apart.

    1 January of the same year stands for a day that nobody knew.
    """
    if one == other or is_turned(one, other):
        return False
    if abs(one.year - other.year) > MAX_YEARS_BETWEEN_SLIPS:
        return False
    same_day = (one.month, one.day) == (other.month, other.day)
    unknown = one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day))
    return (
        unknown
        or (same_day and abs(one.year - other.year) == 1)
        or abs(one - other) <= timedelta(days=1)
        or is_one_slip_apart(f"{one:%Y%m%d}", f"{other:%Y%m%d}")
    )


def was_due_when_born(born: date, due: date) -> bool:
    """Was a baby who was born that day expected about then?"""
    return -MAX_BEFORE_DUE_DATE <= born - due <= MAX_AFTER_DUE_DATE


def is_same_night(one: date, other: date) -> bool:
    """The same day, or the next: twins may be born around one midnight."""
    return abs(one - other) <= timedelta(days=1)
