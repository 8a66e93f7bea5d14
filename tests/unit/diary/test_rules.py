"""The rules of the diary, a row a case."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from interventions.diary.rules import (
    Slot,
    could_meet,
    determine_outcome,
    determine_stop_reason,
    find_booking_time_error,
    find_clash_kinds,
    find_clashes,
    list_weekly_starts,
    suggest_start,
)

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=LONDON)  # a Wednesday
ANNA, BELLA, ROOM, OTHER_ROOM, ONE, TWO = (UUID(int=number) for number in range(1, 7))


def make_moment(day, hour=10, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("starts_at", "ended", "said"),
    [
        (make_moment(19), None, ""),
        (make_moment(18, 9), None, ""),  # earlier today: it is being written into the diary after all
        (make_moment(17), None, "This day has passed."),
        (NOW + timedelta(days=367), None, "more than a year ahead"),
        (make_moment(19), date(2026, 11, 1), "The episode has ended. No more visits can be booked for it."),
    ],
)
def test_when_a_visit_may_be_booked(starts_at, ended, said):
    found = find_booking_time_error(starts_at=starts_at, now=NOW, ended=ended)
    assert said in found
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    ("last", "usual"),
    [
        (None, make_moment(25)),  # a week from now, at ten
        (make_moment(11, 14), make_moment(25, 14)),  # a week ago on the same weekday: next week, not today
        (make_moment(12, 14), make_moment(19, 14)),
        (make_moment(17, 9, 30), make_moment(24, 9, 30)),
        (make_moment(20, 9), make_moment(27, 9)),  # booked already: the week after that
        (
            datetime(2026, 10, 20, 14, 0, tzinfo=LONDON),
            make_moment(24, 14),
        ),  # summer time then: two o'clock now
    ],
)
def test_the_usual_time(last, usual):
    assert suggest_start(last, NOW) == usual


def test_nobody_is_offered_a_weekend():
    saturday = datetime(2026, 11, 21, 12, 0, tzinfo=LONDON)
    assert suggest_start(None, saturday).weekday() == 0


def test_weekly_keeps_the_clock_on_the_wall_when_the_clocks_change():
    rows = list_weekly_starts(datetime(2027, 3, 22, 10, 0, tzinfo=LONDON), 3)
    assert [row.hour for row in rows] == [10, 10, 10]
    assert [row.utcoffset() for row in rows] == [timedelta(0), timedelta(hours=1), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("attendances", "status"),
    [
        (["attended", "attended"], "kept"),
        (["not_brought", "did_not_attend"], "kept"),
        (["late_not_seen"], "kept"),
        (["cancelled_family", "cancelled_family"], "cancelled_family"),
        (["cancelled_service"], "cancelled_service"),
        (["cancelled_family", "attended"], "kept"),
    ],
)
def test_what_became_of_a_booking(attendances, status):
    assert determine_outcome(attendances) == status


@pytest.mark.parametrize(
    ("expected", "ended", "why"),
    [
        ([(True, False), (False, False)], False, ""),
        ([(True, True), (False, False)], False, "loss"),
        ([(True, True), (True, False)], False, ""),  # the surviving twin goes on
        ([(True, True), (True, True)], False, "loss"),
        ([(False, False)], False, ""),  # grieving parents are visited
        ([(True, False)], True, "ended"),
        ([(True, True)], True, "loss"),
    ],
)
def test_when_a_booking_stops_by_itself(expected, ended, why):
    assert determine_stop_reason(expected=expected, ended=ended) == why


def make_slot(number, hour=10, minute=0, *, minutes=60, family=None, staff=(ANNA,), room=None, travel=0):
    return Slot(
        UUID(int=100 + number),
        make_moment(19, hour, minute),
        minutes,
        family or UUID(int=1000 + number),
        frozenset(staff),
        room,
        travel,
    )


@pytest.mark.parametrize(
    ("one", "other", "ways"),
    [
        (make_slot(1), make_slot(2), ["person"]),
        (make_slot(1), make_slot(2, 11), []),  # one after the other
        (make_slot(1), make_slot(2, 10, 59), ["person"]),
        (make_slot(1), make_slot(2, 11, 10, travel=20), ["person"]),  # no time to get there
        (make_slot(1), make_slot(2, staff=[BELLA]), []),
        (make_slot(1, room=ROOM), make_slot(2, staff=[BELLA], room=ROOM), ["room"]),
        (make_slot(1, room=ROOM), make_slot(2, staff=[BELLA], room=OTHER_ROOM), []),
        (make_slot(1, room=ROOM), make_slot(2, 11, 10, travel=20, staff=[BELLA], room=ROOM), []),
        (make_slot(1, family=ONE), make_slot(2, staff=[BELLA], family=ONE), ["family"]),
        (
            make_slot(1, family=ONE, room=ROOM),
            make_slot(2, family=ONE, room=ROOM),
            ["person", "room", "family"],
        ),
    ],
)
def test_what_clashes(one, other, ways):
    assert find_clash_kinds(one, other) == find_clash_kinds(other, one) == ways
    found = find_clashes([one, other])
    assert [way for way, _ in found.get(one.id, [])] == ways
    assert [way for way, _ in found.get(other.id, [])] == ways


def test_a_long_visit_clashes_with_all_within_it():
    found = find_clashes([make_slot(1, 9, minutes=240), make_slot(2, 10), make_slot(3, 11), make_slot(4, 13)])
    assert len(found[make_slot(1).id]) == 2
    assert make_slot(4).id not in found


@pytest.mark.parametrize(
    ("hour", "minute", "meets"),
    [(10, 0, True), (11, 0, True), (11, 14, True), (11, 15, False), (12, 0, False)],
)
def test_who_could_meet_in_the_same_building(hour, minute, meets):
    assert could_meet(make_slot(1), make_slot(2, hour, minute)) is meets
    assert could_meet(make_slot(2, hour, minute), make_slot(1)) is meets
