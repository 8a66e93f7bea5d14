"""The rules of the diary: when a visit may be booked, what is usual, what clashes, when a booking stops by itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

PLANNED, KEPT, MOVED = "planned", "kept", "moved"
BY_FAMILY, BY_US = "cancelled_family", "cancelled_service"
STATUSES = [
    (PLANNED, "Planned"),
    (KEPT, "Kept"),
    (BY_FAMILY, "Cancelled by the family"),
    (BY_US, "Cancelled by us"),
    (MOVED, "Moved"),
]
CANCELLED = {BY_FAMILY, BY_US}
WHO_CANCELS = [(BY_FAMILY, "The family"), (BY_US, "We did")]

HUB = "K01"  # of episodes.rules.LOCATIONS: the family hub
AHEAD = timedelta(days=366)
MOST_WEEKS = 26
WEEK = timedelta(days=7)
FIRST_TIME = time(10)  # offered when nothing is known of a family yet
# The service's own choice: people come a little early and leave a little late. No rule asks for this number.
COMING_AND_GOING = timedelta(minutes=15)


def why_not_booked(*, starts_at: datetime, now: datetime, ended: date | None) -> str:
    """'' when a visit may be booked for then, else why not. Both moments in the clock of the place."""
    if starts_at.date() < now.date():
        return "This day has passed. If the contact happened, log it instead."
    if starts_at > now + AHEAD:
        return "This is more than a year ahead. Check the year."
    return "The episode has ended. Nothing more is booked for it." if ended else ""


def why_not_on_the_clock(starts_at: datetime) -> str:
    """'' for a time that exists; when the clocks go forward, an hour of the night does not."""
    there_and_back = datetime.fromtimestamp(starts_at.timestamp(), starts_at.tzinfo)
    if there_and_back.replace(tzinfo=None) == starts_at.replace(tzinfo=None):
        return ""
    return "The clocks go forward that night: this time does not exist."


def usual_slot(last: datetime | None, now: datetime) -> datetime:
    """Same weekday and time as last time, in the first such week to come; else a week from now, at ten."""
    if last is None:
        return _working_day(datetime.combine(now.date() + WEEK, FIRST_TIME, tzinfo=now.tzinfo))
    weeks = max((now.date() - last.date()).days // 7 + 1, 1)
    return last + weeks * WEEK  # wall-clock time: the same hour, whatever the clocks do in between


def _working_day(moment: datetime) -> datetime:
    while moment.weekday() >= 5:  # Saturday, Sunday
        moment += timedelta(days=1)
    return moment


def weekly(first: datetime, times: int) -> list[datetime]:
    """The first and the same weekday and wall-clock time of the weeks after it."""
    return [first + week * WEEK for week in range(times)]


def outcome_of(attendances: Collection[str]) -> str:
    """What became of a booking, from the attendances of the contact that was written up for it."""
    for status in (BY_FAMILY, BY_US):
        if attendances and set(attendances) == {status}:
            return status
    return KEPT


def why_it_stops(*, expected: Iterable[tuple[bool, bool]], ended: bool) -> str:
    """'' while a booking goes on, else "loss" or "ended". ``expected``: (is a baby, is lost) of each person.

    A booking made for a baby stops when every baby expected there is lost. It goes on with a surviving twin; and
    one that expects only the parents goes on: grieving parents are visited.
    """
    babies = [lost for is_baby, lost in expected if is_baby]
    if babies and all(babies):
        return "loss"
    return "ended" if ended else ""


@dataclass(frozen=True)
class Slot:
    """When, who goes, where and for whom: all that a clash is seen by."""

    id: UUID | None
    starts_at: datetime
    minutes: int
    family: UUID
    staff: frozenset[UUID] = field(default_factory=frozenset)
    room: UUID | None = None
    travel: int = 0

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def leaves_at(self) -> datetime:
        """When whoever goes has to set off."""
        return self.starts_at - timedelta(minutes=self.travel)


PERSON, ROOM, FAMILY = "person", "room", "family"


def clash(one: Slot, other: Slot) -> list[str]:
    """In which ways two bookings are in each other's way: the same person, the same room, the same family."""
    found = []
    if one.staff & other.staff and one.leaves_at < other.ends_at and other.leaves_at < one.ends_at:
        found.append(PERSON)
    if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
        found += [ROOM] if one.room and one.room == other.room else []
        found += [FAMILY] if one.family == other.family else []
    return found


def clashes(slots: Sequence[Slot]) -> dict[UUID | None, list[tuple[str, Slot]]]:
    """{booking: [(way, the other booking)]} of all that clash. A day's work is few: each is held against each."""
    found: dict[UUID | None, list[tuple[str, Slot]]] = defaultdict(list)
    in_order = sorted(slots, key=lambda slot: (slot.leaves_at, str(slot.id)))
    for number, one in enumerate(in_order):
        for other in in_order[number + 1 :]:
            if other.leaves_at >= one.ends_at:
                break
            for way in clash(one, other):
                found[one.id].append((way, other))
                found[other.id].append((way, one))
    return dict(found)


CLASH_WORDS = {
    PERSON: "Somebody who goes is booked elsewhere then, travel counted",
    ROOM: "The room is taken then",
    FAMILY: "The family has another visit then",
}


def clash_words(found: Iterable[tuple[str, Slot]]) -> list[str]:
    """Each way once, in words."""
    ways = {way for way, _ in found}
    return [words for way, words in CLASH_WORDS.items() if way in ways]


def could_meet(one: Slot, other: Slot) -> bool:
    """Would people of two bookings in one house meet, coming and going included?"""
    return (
        one.starts_at - COMING_AND_GOING < other.ends_at and other.starts_at - COMING_AND_GOING < one.ends_at
    )
