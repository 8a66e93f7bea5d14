"""The demo's clock: working days and hours in British time, and how the service's work grows."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")
GROWTH = 1.5  # at the end the service receives this much more, in proportion, than at the start


def subtract_months(day: date, months: int) -> date:
    """The first of the month that many months before the day's own."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def get_working_day(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def choose_working_time(rng: Random, day: date) -> datetime:
    """Some moment of the day's working hours."""
    moment = time(rng.randrange(9, 17), rng.randrange(60), rng.randrange(60))
    return datetime.combine(get_working_day(day), moment, LOCAL)


def to_local_date(at: datetime) -> date:
    """The day in British time."""
    return at.astimezone(LOCAL).date()


def calculate_arrival_date(share: float, start: date, days: int) -> date:
    """The day by which that share of all referrals has come in, when their rate grows steadily."""
    total = 1 + GROWTH / 2
    through = ((1 + 2 * GROWTH * share * total) ** 0.5 - 1) / GROWTH
    return start + timedelta(days=int(through * days))
