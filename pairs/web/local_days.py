"""Where a day of the local time zone begins, and a week."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def get_start_of_day(day: date) -> datetime:
    """Its midnight, aware, in the current time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def get_monday(on: date) -> date:
    """Of that day's week."""
    return on - timedelta(days=on.weekday())
