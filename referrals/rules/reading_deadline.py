"""Deadline for the first reading of a new referral: four working hours, local time.

Working hours are the service's own: Monday to Friday, nine to five, without the bank holidays of England.
"""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

LONDON = ZoneInfo("Europe/London")
OPENING_TIME, CLOSING_TIME = time(9), time(17)
SATURDAY = 5
READ_WITHIN = timedelta(hours=4)
DEPUTY_NOTICE = timedelta(hours=1)  # the deputy is told when this much working time is left


class NoticeRole(TextChoices):
    """Who is told that a referral waits to be read."""

    READER = "reader", "The reader"
    DEPUTY = "deputy", "The deputy"
    SUPERVISORS = "supervisors", "The supervisors"


def get_reading_deadline(received_at: datetime, holidays: Container[date]) -> datetime:
    """When it must have been read; in London time, like every result of this module."""
    return add_working_time(received_at, READ_WITHIN, holidays)


def get_deputy_notice_time(received_at: datetime, holidays: Container[date]) -> datetime:
    """The moment from which the deputy has to know."""
    return add_working_time(received_at, READ_WITHIN - DEPUTY_NOTICE, holidays)


def add_working_time(start: datetime, span: timedelta, holidays: Container[date]) -> datetime:
    """The moment when so much working time has gone by since ``start`` (aware).

    Clock changes happen on Sunday nights, so local time is safe to add within one working day.
    """
    moment, left = start.astimezone(LONDON), span
    while True:
        begins, ends = _get_rest_of_day(moment, holidays)
        if left <= ends - begins and begins < ends:
            return begins + left
        left -= ends - begins
        moment = _combine_local(moment.date() + timedelta(days=1), OPENING_TIME)


def calculate_working_time(start: datetime, end: datetime, holidays: Container[date]) -> timedelta:
    """How much working time lies between two moments; nothing when ``end`` comes first."""
    moment, last, found = start.astimezone(LONDON), end.astimezone(LONDON), timedelta()
    while moment.date() <= last.date():
        begins, ends = _get_rest_of_day(moment, holidays)
        found += max(min(ends, last) - begins, timedelta())
        moment = _combine_local(moment.date() + timedelta(days=1), OPENING_TIME)
    return found


def _get_rest_of_day(moment: datetime, holidays: Container[date]) -> tuple[datetime, datetime]:
    """(start, end) of the working hours left that day; start equals end when none are left."""
    day = moment.date()
    closes = _combine_local(day, CLOSING_TIME)
    if day.weekday() >= SATURDAY or day in holidays:
        return closes, closes
    return min(max(moment, _combine_local(day, OPENING_TIME)), closes), closes


def _combine_local(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=LONDON)


def list_roles_to_notify(received_at: datetime, now: datetime, holidays: Container[date]) -> list[NoticeRole]:
    """Roles that must know by now that it is unread: reader at once, then deputy, then supervisors."""
    known = [NoticeRole.READER]
    if now >= get_deputy_notice_time(received_at, holidays):
        known.append(NoticeRole.DEPUTY)
    if now > get_reading_deadline(received_at, holidays):
        known.append(NoticeRole.SUPERVISORS)
    return known


def format_time_left(now: datetime, by: datetime, holidays: Container[date]) -> str:
    """'Read within 80 working minutes', or how late it is."""
    if now <= by:
        return f"Read within {format_working_time(calculate_working_time(now, by, holidays))}"
    return f"Overdue by {format_working_time(calculate_working_time(by, now, holidays))}"


def format_working_time(span: timedelta) -> str:
    """Whole hours of working time; below two hours, minutes."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 120:
        return f"{minutes} working {'minute' if minutes == 1 else 'minutes'}"
    return f"{minutes // 60} working hours"
