"""Where entries stand on the time axis, what time is taken and what is free, a row a case."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interventions.diary.diary_days import EntryKind, build_axis, build_days, describe_days, leave_out_weekend
from interventions.diary.week_grid import (
    Place,
    add_up_minutes,
    describe_minutes,
    group_overlapping,
    list_offers,
    place_span,
)

LONDON = ZoneInfo("Europe/London")
WEDNESDAY, SATURDAY = date(2026, 12, 2), date(2026, 12, 5)
WEEK = [date(2026, 11, 30) + timedelta(days=number) for number in range(7)]
NOW = datetime(2026, 11, 30, 10, 25, tzinfo=LONDON)


def make_span(start, end, day=WEDNESDAY):
    """From “09:00” to “10:30” of that day."""
    return tuple(
        datetime.combine(day, datetime.strptime(each, "%H:%M").time(), tzinfo=LONDON) for each in (start, end)
    )


def make_row(start, end, day=WEDNESDAY, **other):
    at, until = make_span(start, end, day)
    return {"at": at, "until": until, "status": "planned", "clashes": [], "write_href": None} | other


@pytest.mark.parametrize(
    ("start", "end", "place"),
    [
        ("09:00", "10:00", Place(540, 60)),
        ("09:07", "10:00", Place(545, 55)),  # drawn to five minutes, never shorter than it is
        ("09:00", "09:02", Place(540, 5)),
        ("00:00", "01:00", Place(0, 60)),
    ],
)
def test_where_an_entry_stands(start, end, place):
    assert place_span(make_span(start, end)) == place


def test_what_lasts_beyond_midnight_ends_with_its_day():
    start, _ = make_span("23:30", "23:30")
    assert place_span((start, start + timedelta(hours=3))) == Place(1410, 30)


@pytest.mark.parametrize(
    ("spans", "groups"),
    [
        ([("09:00", "10:00"), ("10:00", "11:00")], [[0], [1]]),
        ([("09:00", "10:00"), ("09:30", "11:00")], [[0, 1]]),
        ([("09:00", "12:00"), ("09:30", "10:00"), ("11:00", "11:30"), ("12:00", "13:00")], [[0, 1, 2], [3]]),
        ([], []),
    ],
)
def test_those_that_overlap_are_drawn_as_one(spans, groups):
    assert group_overlapping([make_span(*each) for each in spans]) == groups


def test_of_those_that_overlap_the_one_that_asks_most_gives_the_colour():
    rows = [make_row("09:00", "10:00", status="cancelled_family"), make_row("09:30", "11:00")]
    (day,) = build_days(rows, [WEDNESDAY], NOW)
    (block,) = day.blocks
    assert (block.kind, block.place, len(block.rows)) == (EntryKind.VISIT, Place(540, 120), 2)


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([("09:00", "10:00"), ("11:00", "11:30")], 90),
        ([("09:00", "10:00"), ("09:30", "10:30")], 90),  # two at once take the time once
        ([("09:00", "12:00"), ("10:00", "11:00")], 180),
        ([], 0),
    ],
)
def test_time_taken(spans, minutes):
    assert add_up_minutes(make_span(*each) for each in spans) == minutes


@pytest.mark.parametrize(
    ("minutes", "words"), [(340, "5 h 40"), (240, "4 h"), (20, "20 min"), (65, "1 h 05"), (0, "")]
)
def test_how_time_is_said(minutes, words):
    assert describe_minutes(minutes) == words


@pytest.mark.parametrize(
    ("taken", "offers"),
    [
        ([("09:00", "15:30")], [("15:30", "16:30"), ("16:30", "17:00")]),
        ([("09:00", "15:20")], [("15:30", "16:30"), ("16:30", "17:00")]),  # from the next quarter of an hour
        ([("09:00", "16:40")], []),  # less than half an hour is left
        ([("08:00", "09:40"), ("10:10", "17:30")], []),
        ([("07:00", "18:00")], []),
    ],
)
def test_free_hours(taken, offers):
    found = list_offers(WEDNESDAY, [make_span(*each) for each in taken], NOW)
    assert found == [make_span(*each) for each in offers]


def test_nothing_is_offered_for_what_has_passed_or_at_a_weekend():
    assert list_offers(date(2026, 11, 29), [], NOW) == []
    assert list_offers(SATURDAY, [], NOW) == []
    assert list_offers(NOW.date(), [], NOW)[0][0] == NOW.replace(minute=30)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({}, EntryKind.VISIT),
        ({"write_href": "/write/"}, EntryKind.ATTENTION),
        ({"clashes": ["The room is already booked at that time"]}, EntryKind.ATTENTION),
        ({"status": "cancelled_family", "write_href": "/write/"}, EntryKind.CANCELLED),
        ({"stopped": "The episode has ended"}, EntryKind.CANCELLED),
        ({"engagement": True, "for_families": True}, EntryKind.GROUP),
        ({"engagement": True, "for_families": False}, EntryKind.OTHER),
        ({"taken": True}, EntryKind.TAKEN),
    ],
)
def test_what_kind_an_entry_is(row, kind):
    (day,) = build_days([make_row("09:00", "10:00", **row)], [WEDNESDAY], NOW)
    assert day.blocks[0].kind == kind


def test_travel_counts_as_time_taken_and_what_is_cancelled_does_not():
    rows = [
        make_row("09:30", "10:30", travel=30),
        make_row("13:00", "14:00", travel=30, status="cancelled_service"),
    ]
    (day,) = build_days(rows, [WEDNESDAY], NOW, offered_to="mine")
    assert day.booked == "1 h 30"
    assert day.travel == [Place(540, 30)]
    assert [f"{each['at']:%H:%M}" for each in day.offers] == [
        "10:30", "11:30", "12:30", "13:30", "14:30", "15:30", "16:30",
    ]  # fmt: skip
    assert "whose=mine" in day.offers[0]["href"]


def test_the_axis_grows_with_what_is_booked():
    days = build_days([make_row("07:20", "08:00"), make_row("18:00", "19:10")], [WEDNESDAY], NOW)
    axis = build_axis(days)
    assert (axis.start, axis.end, axis.hours[0]) == (420, 1170, 7)
    usual = build_axis(build_days([], WEEK, NOW))
    assert (usual.start, usual.end) == (510, 1050)


def test_a_weekend_is_shown_when_something_is_booked_on_it():
    empty, busy = (build_days(rows, WEEK, NOW) for rows in ([], [make_row("10:00", "11:00", day=SATURDAY)]))
    assert len(leave_out_weekend(empty, asked=False)) == 5
    assert len(leave_out_weekend(empty, asked=True)) == 7
    assert [day.day for day in leave_out_weekend(busy, asked=False)][-1] == SATURDAY


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (WEEK[:5], "30 November to 4 December 2026"),
        (WEEK[1:5], "1 to 4 December 2026"),
        (WEEK[:1], "Monday 30 November 2026"),
        ([date(2026, 12, 28), date(2027, 1, 1)], "28 December 2026 to 1 January 2027"),
    ],
)
def test_how_days_are_said(days, words):
    assert describe_days(build_days([], days, NOW)) == words


def test_what_a_loss_has_stopped_is_not_counted_as_booked_and_its_hour_is_not_given_away():
    rows = [make_row("09:00", "10:00"), make_row("11:00", "12:00", travel=30, stopped="A loss is recorded.")]
    (day,) = build_days(rows, [WEDNESDAY], NOW, offered_to="mine")
    assert day.booked == "1 h"
    assert day.travel == []
    assert "11:00" not in {f"{each['at']:%H:%M}" for each in day.offers}
