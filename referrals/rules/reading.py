"""By when a new referral has to have been read: four working hours, by the clock of the place.

Working hours are the service's own: Monday to Friday, nine to five, without the bank holidays of England.
"""

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
READ_WITHIN = timedelta(hours=4)
DEPUTY_BEFORE = timedelta(hours=1)  # the deputy hears when so much working time is left
READER, DEPUTY, SUPERVISORS = "reader", "deputy", "supervisors"


def read_by(received_at: datetime, holidays: Container[date]) -> datetime:
    """The moment by which it has to have been read; in London's clock, as all the answers here are."""
    return after_working(received_at, READ_WITHIN, holidays)


def deputy_at(received_at: datetime, holidays: Container[date]) -> datetime:
    """The moment from which the deputy has to know."""
    return after_working(received_at, READ_WITHIN - DEPUTY_BEFORE, holidays)


def after_working(start: datetime, span: timedelta, holidays: Container[date]) -> datetime:
    """The moment when so much working time has gone by since ``start`` (aware).

    Clocks change on a Sunday night, outside working hours: within one working day the hands tell the truth.
    """
    moment, left = start.astimezone(LONDON), span
    while True:
        begins, ends = _rest_of_day(moment, holidays)
        if left <= ends - begins and begins < ends:
            return begins + left
        left -= ends - begins
        moment = _at(moment.date() + timedelta(days=1), OPENS)


def working_time(start: datetime, end: datetime, holidays: Container[date]) -> timedelta:
    """How much working time lies between two moments; nothing when ``end`` comes first."""
    moment, last, found = start.astimezone(LONDON), end.astimezone(LONDON), timedelta()
    while moment.date() <= last.date():
        begins, ends = _rest_of_day(moment, holidays)
        found += max(min(ends, last) - begins, timedelta())
        moment = _at(moment.date() + timedelta(days=1), OPENS)
    return found


def _rest_of_day(moment: datetime, holidays: Container[date]) -> tuple[datetime, datetime]:
    """What is left of the working hours of that day: from, to; the same moment twice when nothing is."""
    day = moment.date()
    closes = _at(day, CLOSES)
    if day.weekday() >= SATURDAY or day in holidays:
        return closes, closes
    return min(max(moment, _at(day, OPENS)), closes), closes


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=LONDON)


def who_should_know(received_at: datetime, now: datetime, holidays: Container[date]) -> list[str]:
    """Who has to have heard by now that it waits: the reader at once, then the deputy, then the supervisors."""
    known = [READER]
    if now >= deputy_at(received_at, holidays):
        known.append(DEPUTY)
    if now > read_by(received_at, holidays):
        known.append(SUPERVISORS)
    return known


def time_left(now: datetime, by: datetime, holidays: Container[date]) -> str:
    """'Read within 1 h 20 min of working time', or how late it is."""
    if now <= by:
        return f"Read within {in_words(working_time(now, by, holidays))} of working time"
    return f"Late by {in_words(working_time(by, now, holidays))} of working time"


def in_words(span: timedelta) -> str:
    """'1 h 20 min', in whole minutes."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return " ".join(
        filter(None, [f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else ""])
    )
