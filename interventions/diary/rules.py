"""Rules of the diary: when a visit may be booked, suggested times, clashes, and when a booking stops."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import TextChoices


class AppointmentStatus(TextChoices):
    """A cancelled one has the code of its attendances."""

    PLANNED = "planned", "Planned"
    KEPT = "kept", "Kept"
    CANCELLED_BY_FAMILY = "cancelled_family", "Cancelled by the family"
    CANCELLED_BY_SERVICE = "cancelled_service", "Cancelled by us"
    MOVED = "moved", "Moved"


CANCELLED_STATUSES = {AppointmentStatus.CANCELLED_BY_FAMILY, AppointmentStatus.CANCELLED_BY_SERVICE}
CANCELLER_CHOICES = [
    (AppointmentStatus.CANCELLED_BY_FAMILY.value, "The family"),
    (AppointmentStatus.CANCELLED_BY_SERVICE.value, "We did"),
]

MAX_AHEAD = timedelta(days=366)
MAX_WEEKS = 26
WEEK = timedelta(days=7)
DEFAULT_START_TIME = time(10)  # suggested for a family without an earlier contact
# The service's own choice, from no guideline: people arrive a little early and leave a little late.
ARRIVAL_MARGIN = timedelta(minutes=15)


def find_booking_time_error(*, starts_at: datetime, now: datetime, ended: date | None) -> str:
    """Why a visit may not be booked for that time; '' when it may. Both times in the local time zone."""
    if starts_at.date() < now.date():
        return "This day has passed. If the contact happened, log it instead."
    if starts_at > now + MAX_AHEAD:
        return "This is more than a year ahead. Check the year."
    return "The episode has ended. No more visits can be booked for it." if ended else ""


def suggest_start(last: datetime | None, now: datetime) -> datetime:
    """The next week's slot at the same weekday and time as last time; else in a week, on a weekday at ten."""
    if last is None:
        return _move_to_working_day(
            datetime.combine(now.date() + WEEK, DEFAULT_START_TIME, tzinfo=now.tzinfo)
        )
    weeks = max((now.date() - last.date()).days // 7 + 1, 1)
    return last + weeks * WEEK  # wall-clock time: the same hour, whatever the clocks do in between


def _move_to_working_day(moment: datetime) -> datetime:
    while moment.weekday() >= 5:  # Saturday, Sunday
        moment += timedelta(days=1)
    return moment


def list_weekly_starts(first: datetime, times: int) -> list[datetime]:
    """The first start, and the same weekday and wall-clock time in the following weeks."""
    return [first + week * WEEK for week in range(times)]


def determine_outcome(attendances: Collection[str]) -> str:
    """The booking's status, from the attendances of the contact that was written up for it."""
    for status in sorted(CANCELLED_STATUSES):
        if attendances and set(attendances) == {status}:
            return status
    return AppointmentStatus.KEPT


def determine_stop_reason(*, expected: Iterable[tuple[bool, bool]], ended: bool) -> str:
    """'' while a booking stands, else "loss" or "ended". ``expected``: (is an infant, has died) for each.

    A booking stops when every expected infant has died, or every expected carer. A surviving twin keeps it, a
    carer who lives keeps it, and one that expects only the parents stands: grieving parents are visited.
    """
    expected = list(expected)
    for kind in (True, False):
        died = [gone for is_baby, gone in expected if is_baby is kind]
        if died and all(died):
            return "loss"
    return "ended" if ended else ""


@dataclass(frozen=True)
class Slot:
    """When, who goes, where and for whom: what clashes are computed from."""

    id: UUID | None
    starts_at: datetime
    minutes: int
    family: UUID
    staff: frozenset[UUID] = field(default_factory=frozenset)
    room: UUID | None = None
    travel: int = 0
    families: frozenset[UUID] = field(
        default_factory=frozenset
    )  # of a group's session: all that have a place

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def all_families(self) -> frozenset[UUID]:
        return self.families or frozenset([self.family])

    @property
    def leaves_at(self) -> datetime:
        """When staff have to set off."""
        return self.starts_at - timedelta(minutes=self.travel)


PERSON_CLASH, ROOM_CLASH, FAMILY_CLASH = "person", "room", "family"


def find_clash_kinds(one: Slot, other: Slot) -> list[str]:
    """How two bookings clash: the same person, the same room, the same family."""
    found = []
    if one.staff & other.staff and one.leaves_at < other.ends_at and other.leaves_at < one.ends_at:
        found.append(PERSON_CLASH)
    if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
        found += [ROOM_CLASH] if one.room and one.room == other.room else []
        found += [FAMILY_CLASH] if one.all_families & other.all_families else []
    return found


def find_clashes(slots: Sequence[Slot]) -> dict[UUID | None, list[tuple[str, Slot]]]:
    """{booking: [(kind of clash, the other booking)]}. Compares each with each: there are few in a day."""
    found: dict[UUID | None, list[tuple[str, Slot]]] = defaultdict(list)
    in_order = sorted(slots, key=lambda slot: (slot.leaves_at, str(slot.id)))
    for number, one in enumerate(in_order):
        for other in in_order[number + 1 :]:
            if other.leaves_at >= one.ends_at:
                break
            for way in find_clash_kinds(one, other):
                found[one.id].append((way, other))
                found[other.id].append((way, one))
    return dict(found)


CLASH_TEXTS = {
    PERSON_CLASH: "Someone going to this visit is booked elsewhere at that time, including travel",
    ROOM_CLASH: "The room is already booked at that time",
    FAMILY_CLASH: "The family has another visit or a group at that time",
}


def describe_clashes(found: Iterable[tuple[str, Slot]]) -> list[str]:
    """Each kind of clash once, in words."""
    ways = {way for way, _ in found}
    return [words for way, words in CLASH_TEXTS.items() if way in ways]


def could_meet(one: Slot, other: Slot) -> bool:
    """Whether people of two bookings in one building could meet, arriving and leaving included."""
    return one.starts_at - ARRIVAL_MARGIN < other.ends_at and other.starts_at - ARRIVAL_MARGIN < one.ends_at
