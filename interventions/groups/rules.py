"""Rules of groups: session dates and states, expected attendance, joining, leaving, capacity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interventions.episodes.rules import PRESENT_ATTENDANCES, Attendance

PLANNED, TO_REGISTER, REGISTERED, CANCELLED = "planned", "to_register", "registered", "cancelled"
MAX_DATE_DISTANCE = timedelta(days=3 * 366)
MAX_SESSIONS = 40  # created at once; the longest programme of the catalogue has twenty


def list_weekly_session_starts(first: datetime, count: int) -> list[datetime]:
    """Weekly starts at the same local time (naive: the time zone is added afterwards)."""
    return [first + timedelta(weeks=number) for number in range(count)]


def find_planning_date_error(*, day: date, on: date) -> str:
    """Why a session may not be planned for that day, else ''. It only catches a mistyped year."""
    if abs(day - on) > MAX_DATE_DISTANCE:
        return "This is more than three years from today. Check the year."
    return ""


def get_session_state(*, starts_at: datetime, now: datetime, cancelled: bool, registered: bool) -> str:
    """The state of a session."""
    if cancelled:
        return CANCELLED
    if registered:
        return REGISTERED
    return TO_REGISTER if starts_at <= now else PLANNED


def find_moving_error(*, starts_at: datetime, now: datetime, cancelled: bool, registered: bool) -> str:
    """Why a session may not be moved; '' when it may. One that has begun was held, or is cancelled: never moved."""
    if cancelled:
        return "This session was cancelled. Add another one."
    if registered:
        return "This session is registered. Its time is in the families' records."
    if starts_at <= now:
        return "This session’s time has passed. Write its register, or cancel it if it was not held."
    return ""


def find_register_error(*, starts_at: datetime, now: datetime, cancelled: bool) -> str:
    """Why the register may not be written; '' when it may."""
    if cancelled:
        return "This session was cancelled."
    return "This session is in the future." if starts_at > now else ""


@dataclass(frozen=True)
class Guest:
    """The facts about one person on the roster that the register needs."""

    is_infant: bool
    born: bool = True
    lost: bool = False
    died: bool = False
    then_alive: bool = False  # of whoever has died: the session was on their last day or before it


def get_expected_attendance(guest: Guest, of_place: Iterable[Guest]) -> str | None:
    """The default attendance of a person; None if the register must not ask about them.

    It never asks about somebody who had died by then. If every infant of the place has died, or for one not yet
    born or who has died since, the row stays empty: nothing is assumed.
    """
    if guest.lost or guest.died:
        return "" if guest.then_alive else None
    infants = [each for each in of_place if each.is_infant]
    grieving = bool(infants) and all(each.lost for each in infants)
    unborn = guest.is_infant and not guest.born
    return "" if grieving or unborn else Attendance.ATTENDED


def is_grieving(of_place: Iterable[Guest]) -> bool:
    """Whether every infant of this place has died."""
    infants = [each for each in of_place if each.is_infant]
    return bool(infants) and all(each.lost for each in infants)


def compute_family_minutes(attendances: Sequence[str], minutes: int) -> int:
    """The length of the session for a family: 0 if nobody of the family was there."""
    return minutes if PRESENT_ATTENDANCES & set(attendances) else 0


def find_joining_date_error(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """Why a family may not join from that day; '' when it may."""
    if why := find_planning_date_error(day=day, on=on):
        return why
    if day < opened:
        return "This is before the episode began."
    return "This is after the episode ended." if ended and day > ended else ""


def find_leaving_date_error(*, day: date, joined: date, on: date) -> str:
    """Why that day cannot have been a family's last in the group; '' when it can."""
    if day > on:
        return "This date is in the future."
    return "This is before they joined." if day < joined else ""


def find_closing_date_error(*, day: date, first: date | None, on: date) -> str:
    """Why that day cannot have been the group's last; '' when it can."""
    if day > on:
        return "This date is in the future."
    return "This is before the first session." if first and day < min(first, on) else ""


def find_capacity_error(*, taken: int, more: int, capacity: int) -> str:
    """Why there are not enough places for ``more`` families; '' when there are."""
    if taken + more <= capacity:
        return ""
    return f"There are {capacity} places, and {taken} are taken. Change the number of places, or choose fewer families."


def find_given_names(text: str, names: Iterable[str]) -> list[str]:
    """The given names of at least two letters that occur in the text as whole words."""
    words = {
        word.strip(".,;:!?()'’\"“”").casefold().removesuffix("’s").removesuffix("'s") for word in text.split()
    }
    return sorted({name for name in names if len(name) > 1 and name.casefold() in words})
