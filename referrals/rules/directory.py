"""When an entry of the signposting directory has to be looked at again."""

from datetime import date, timedelta


def needs_checking(*, checked_on: date | None, on: date, holds: timedelta) -> bool:
    """Has nobody made sure of it for as long as a check holds?"""
    return checked_on is None or checked_on + holds <= on
