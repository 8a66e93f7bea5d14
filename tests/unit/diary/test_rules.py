"""The rules of the diary, a row a case."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from interventions.diary.rules import (
    Slot,
    clash,
    clashes,
    could_meet,
    outcome_of,
    usual_slot,
    weekly,
    why_it_stops,
    why_not_booked,
    why_not_on_the_clock,
)

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=LONDON)  # a Wednesday
ANNA, BELLA, ROOM, OTHER_ROOM, ONE, TWO = (UUID(int=number) for number in range(1, 7))


def moment(day, hour=10, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("starts_at", "ended", "said"),
    [
        (moment(19), None, ""),
        (moment(18, 9), None, ""),  # earlier today: it is being written into the diary after all
        (moment(17), None, "This day has passed."),
        (NOW + timedelta(days=367), None, "more than a year ahead"),
        (moment(19), date(2026, 11, 1), "The episode has ended."),
    ],
)
def test_when_a_visit_may_be_booked(starts_at, ended, said):
    found = why_not_booked(starts_at=starts_at, now=NOW, ended=ended)
    assert said in found
    assert bool(found) is bool(said)


@pytest.mark.parametrize(
    ("last", "usual"),
    [
        (None, moment(25)),  # a week from now, at ten
        (moment(11, 14), moment(25, 14)),  # a week ago on the same weekday: next week, not today
        (moment(12, 14), moment(19, 14)),
        (moment(17, 9, 30), moment(24, 9, 30)),
        (moment(20, 9), moment(27, 9)),  # booked already: the week after that
        (datetime(2026, 10, 20, 14, 0, tzinfo=LONDON), moment(24, 14)),  # summer time then: two o'clock now
    ],
)
def test_the_usual_time(last, usual):
    assert usual_slot(last, NOW) == usual


def test_nobody_is_offered_a_weekend():
    saturday = datetime(2026, 11, 21, 12, 0, tzinfo=LONDON)
    assert usual_slot(None, saturday).weekday() == 0


def test_weekly_keeps_the_clock_on_the_wall_when_the_clocks_change():
    rows = weekly(datetime(2027, 3, 22, 10, 0, tzinfo=LONDON), 3)
    assert [row.hour for row in rows] == [10, 10, 10]
    assert [row.utcoffset() for row in rows] == [timedelta(0), timedelta(hours=1), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("starts_at", "exists"),
    [
        (datetime(2027, 3, 28, 1, 30, tzinfo=LONDON), False),
        (datetime(2027, 3, 28, 2, 30, tzinfo=LONDON), True),
        (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON), True),  # twice that night
    ],
)
def test_an_hour_that_the_clocks_leave_out(starts_at, exists):
    assert (why_not_on_the_clock(starts_at) == "") is exists


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
    assert outcome_of(attendances) == status


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
    assert why_it_stops(expected=expected, ended=ended) == why


def slot(number, hour=10, minute=0, *, minutes=60, family=None, staff=(ANNA,), room=None, travel=0):
    return Slot(
        UUID(int=100 + number),
        moment(19, hour, minute),
        minutes,
        family or UUID(int=1000 + number),
        frozenset(staff),
        room,
        travel,
    )


@pytest.mark.parametrize(
    ("one", "other", "ways"),
    [
        (slot(1), slot(2), ["person"]),
        (slot(1), slot(2, 11), []),  # one after the other
        (slot(1), slot(2, 10, 59), ["person"]),
        (slot(1), slot(2, 11, 10, travel=20), ["person"]),  # no time to get there
        (slot(1), slot(2, staff=[BELLA]), []),
        (slot(1, room=ROOM), slot(2, staff=[BELLA], room=ROOM), ["room"]),
        (slot(1, room=ROOM), slot(2, staff=[BELLA], room=OTHER_ROOM), []),
        (slot(1, room=ROOM), slot(2, 11, 10, travel=20, staff=[BELLA], room=ROOM), []),
        (slot(1, family=ONE), slot(2, staff=[BELLA], family=ONE), ["family"]),
        (slot(1, family=ONE, room=ROOM), slot(2, family=ONE, room=ROOM), ["person", "room", "family"]),
    ],
)
def test_what_clashes(one, other, ways):
    assert clash(one, other) == clash(other, one) == ways
    found = clashes([one, other])
    assert [way for way, _ in found.get(one.id, [])] == ways
    assert [way for way, _ in found.get(other.id, [])] == ways


def test_a_long_visit_clashes_with_all_within_it():
    found = clashes([slot(1, 9, minutes=240), slot(2, 10), slot(3, 11), slot(4, 13)])
    assert len(found[slot(1).id]) == 2
    assert slot(4).id not in found


@pytest.mark.parametrize(
    ("hour", "minute", "meets"),
    [(10, 0, True), (11, 0, True), (11, 14, True), (11, 15, False), (12, 0, False)],
)
def test_who_could_meet_in_the_same_house(hour, minute, meets):
    assert could_meet(slot(1), slot(2, hour, minute)) is meets
    assert could_meet(slot(2, hour, minute), slot(1)) is meets
