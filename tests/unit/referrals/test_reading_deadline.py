"""Four working hours, by hand-worked dates: evenings, weekends, bank holidays and both changes of the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from referrals.bank_holidays import ENGLAND
from referrals.rules.reading_deadline import (
    LONDON,
    calculate_working_time,
    format_time_left,
    get_deputy_notice_time,
    get_reading_deadline,
    list_roles_to_notify,
)


def make_london_time(text):
    """A moment by London's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "by", "why"),
    [
        ("2026-11-17 09:00", "2026-11-17 13:00", "a Tuesday morning"),
        ("2026-11-17 08:59", "2026-11-17 13:00", "before the entry_points open: the same"),
        ("2026-11-17 00:00", "2026-11-17 13:00", "at midnight"),
        ("2026-11-17 13:00", "2026-11-17 17:00", "exactly four hours before closing"),
        ("2026-11-17 13:01", "2026-11-18 09:01", "one minute of it is tomorrow's"),
        ("2026-11-17 15:30", "2026-11-18 11:30", "an hour and a half today"),
        ("2026-11-17 17:00", "2026-11-18 13:00", "as the entry_points close"),
        ("2026-11-17 23:59", "2026-11-18 13:00", "late in the evening"),
        ("2026-11-20 16:00", "2026-11-23 12:00", "a Friday: three hours are Monday's"),
        ("2026-11-21 11:00", "2026-11-23 13:00", "a Saturday"),
        ("2026-11-22 23:00", "2026-11-23 13:00", "a Sunday"),
        ("2026-11-30 16:00", "2026-12-01 12:00", "over the end of a month"),
        (
            "2026-12-24 15:00",
            "2026-12-29 11:00",
            "Christmas, the weekend, and Boxing Day's substitute on Monday 28",
        ),
        ("2026-12-31 16:30", "2027-01-04 12:30", "New Year's Day is a Friday"),
        ("2026-04-02 14:00", "2026-04-07 10:00", "Good Friday to Easter Monday"),
        ("2026-05-01 17:30", "2026-05-05 13:00", "the early May bank holiday"),
        ("2026-08-28 16:00", "2026-09-01 12:00", "the summer bank holiday, over a month's end"),
        ("2028-02-28 15:00", "2028-02-29 11:00", "29 February"),
        ("2026-03-27 16:00", "2026-03-30 12:00", "the clocks go forward on Sunday 29 March"),
        ("2026-10-23 16:00", "2026-10-26 12:00", "the clocks go back on Sunday 25 October"),
    ],
)
def test_read_by(received, by, why):
    assert get_reading_deadline(make_london_time(received), ENGLAND) == make_london_time(by), why


def test_london_time_counts_whatever_the_time_zone_given():
    assert get_reading_deadline(datetime(2026, 7, 1, 8, 0, tzinfo=UTC), ENGLAND) == make_london_time(
        "2026-07-01 13:00"
    )  # nine in London
    assert get_reading_deadline(datetime(2026, 7, 1, 15, 59, tzinfo=UTC), ENGLAND) == make_london_time(
        "2026-07-02 12:59"
    )
    assert get_reading_deadline(datetime(2026, 12, 1, 16, 30, tzinfo=UTC), ENGLAND) == make_london_time(
        "2026-12-02 12:30"
    )


def test_a_bank_holiday_of_scotland_alone_is_a_working_day():
    assert get_reading_deadline(make_london_time("2026-08-03 09:00"), ENGLAND) == make_london_time(
        "2026-08-03 13:00"
    )
    assert get_reading_deadline(make_london_time("2026-01-02 09:00"), ENGLAND) == make_london_time(
        "2026-01-02 13:00"
    )


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-17 10:00", "2026-11-17 11:30", 1.5),
        ("2026-11-17 16:00", "2026-11-18 10:00", 2),
        ("2026-11-20 16:00", "2026-11-23 10:00", 2),
        ("2026-11-21 10:00", "2026-11-22 10:00", 0),
        ("2026-11-17 11:00", "2026-11-17 10:00", 0),
        ("2026-11-17 18:00", "2026-11-17 20:00", 0),
        ("2026-12-24 16:00", "2026-12-29 10:00", 2),
        ("2026-03-27 09:00", "2026-03-30 17:00", 16),
    ],
)
def test_working_time(start, end, hours):
    assert calculate_working_time(make_london_time(start), make_london_time(end), ENGLAND) == timedelta(
        hours=hours
    )


@pytest.mark.parametrize(
    ("now", "known"),
    [
        ("2026-11-17 09:00", ["reader"]),
        ("2026-11-17 11:59", ["reader"]),
        ("2026-11-17 12:00", ["reader", "deputy"]),
        ("2026-11-17 13:00", ["reader", "deputy"]),
        ("2026-11-17 13:01", ["reader", "deputy", "supervisors"]),
    ],
)
def test_the_deputy_when_an_hour_is_left_and_the_supervisors_when_it_is_late(now, known):
    assert list_roles_to_notify(make_london_time("2026-11-17 09:00"), make_london_time(now), ENGLAND) == known
    assert get_deputy_notice_time(make_london_time("2026-11-20 15:00"), ENGLAND) == make_london_time(
        "2026-11-23 10:00"
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-17 11:40", "Read within 80 working minutes"),
        ("2026-11-17 13:00", "Read within 0 working minutes"),
        ("2026-11-17 15:00", "Overdue by 2 working hours"),
        ("2026-11-18 09:05", "Overdue by 4 working hours"),
    ],
)
def test_deadline_in_words(now, words):
    assert (
        format_time_left(
            make_london_time(now),
            get_reading_deadline(make_london_time("2026-11-17 09:00"), ENGLAND),
            ENGLAND,
        )
        == words
    )
