"""What an absence may be. Pure."""

from datetime import date

LONGEST_ABSENCE_DAYS = 400  # a slip of the year, not a rule about leave


def find_absence_errors(
    *, starts_on: date, ends_on: date, on: date, is_away_then: bool, cover: str, cover_is_away: bool,
    cover_may_write: bool, covers_themselves: bool, site: str,
) -> dict[str, str]:  # fmt: skip
    """{field: what is wrong}, every error at once.

    ``is_away_then``: another absence of theirs shares a day with this one. ``cover``: the cover's name, "" for none.
    """
    errors = {}
    if ends_on < starts_on:
        errors["ends_on"] = "Choose a last day that is not before the first day."
    elif ends_on < on:
        errors["ends_on"] = "This absence is over already. Choose today or a later day."
    elif (ends_on - starts_on).days > LONGEST_ABSENCE_DAYS:
        errors["ends_on"] = "This is more than a year. Check the years of both days."
    if is_away_then:
        errors["starts_on"] = "They are recorded as away on some of these days. Change that absence instead."
    if covers_themselves:
        errors["cover"] = "Choose another colleague: no one can cover their own absence."
    elif cover and not cover_may_write:
        errors["cover"] = f"{cover} does not write records at {site}. Choose a colleague who does."
    elif cover and cover_is_away:
        errors["cover"] = f"{cover} is away on some of these days. Choose another colleague."
    return errors
