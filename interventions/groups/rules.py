"""The rules of groups: when sessions are, what state each is in, who is expected, who may join and leave when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interventions.episodes.rules import PRESENT

PLANNED, TO_REGISTER, REGISTERED, CANCELLED = "planned", "to_register", "registered", "cancelled"
YEARS = timedelta(days=3 * 366)
MOST_SESSIONS = 40  # made at once: the longest programme of the catalogue has twenty


def weekly(first: datetime, count: int) -> list[datetime]:
    """The same weekday and time by the wall's clock, week by week (naive: the zone is put on afterwards)."""
    return [first + timedelta(weeks=number) for number in range(count)]


def why_not_planned_on(*, day: date, on: date) -> str:
    """'' when a session may be that day, else why not: a slip of the year, and no rule of the service."""
    if abs(day - on) > YEARS:
        return "This is more than three years from today. Check the year."
    return ""


def session_state(*, starts_at: datetime, now: datetime, cancelled: bool, registered: bool) -> str:
    """Where a session stands."""
    if cancelled:
        return CANCELLED
    if registered:
        return REGISTERED
    return TO_REGISTER if starts_at <= now else PLANNED


def why_not_registered(*, starts_at: datetime, now: datetime, cancelled: bool) -> str:
    """'' when the register may be written, else why not."""
    if cancelled:
        return "This session was cancelled."
    return "This session is still to come." if starts_at > now else ""


@dataclass(frozen=True)
class Guest:
    """One person on the roster, as the register asks about them."""

    is_infant: bool
    born: bool = True
    lost: bool = False
    died: bool = False


def expected(guest: Guest, of_place: Iterable[Guest]) -> str | None:
    """What the register says of a person before anybody changes it; None: nobody asks about them.

    Of a baby or a carer who has died nobody asks. Where every baby of the place has died, and for one who is not
    born yet, nothing is assumed: the row waits, empty, for somebody who knows.
    """
    if guest.lost or guest.died:
        return None
    infants = [each for each in of_place if each.is_infant]
    grieving = bool(infants) and all(each.lost for each in infants)
    unborn = guest.is_infant and not guest.born
    return "" if grieving or unborn else "attended"


def is_grieving(of_place: Iterable[Guest]) -> bool:
    """Has every baby of this place died?"""
    infants = [each for each in of_place if each.is_infant]
    return bool(infants) and all(each.lost for each in infants)


def minutes_of(attendances: Sequence[str], minutes: int) -> int:
    """How long the session was for a family: no time at all when nobody of it was there."""
    return minutes if PRESENT & set(attendances) else 0


def why_not_joined_on(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """'' when a family may join from that day, else why not."""
    if why := why_not_planned_on(day=day, on=on):
        return why
    if day < opened:
        return "This is before the episode began."
    return "This is after the episode ended." if ended and day > ended else ""


def why_not_left_on(*, day: date, joined: date, on: date) -> str:
    """'' when that day may have been the last in the group, else why not."""
    if day > on:
        return "This day is still to come."
    return "This is before they joined." if day < joined else ""


def why_not_closed_on(*, day: date, first: date | None, on: date) -> str:
    """'' when that day may have been the group's last, else why not."""
    if day > on:
        return "This day is still to come."
    return "This is before the first session." if first and day < min(first, on) else ""


def why_full(*, taken: int, more: int, capacity: int) -> str:
    """'' when there are places for so many more families, else why not."""
    if taken + more <= capacity:
        return ""
    return f"There are {capacity} places, and {taken} are taken. Change how many there are, or choose fewer."


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names (given names, two letters at least) that stand in the text as words of their own."""
    words = {
        word.strip(".,;:!?()'’\"“”").casefold().removesuffix("’s").removesuffix("'s") for word in text.split()
    }
    return sorted({name for name in names if len(name) > 1 and name.casefold() in words})
