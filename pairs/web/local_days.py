"""Where a day of the local time zone begins."""

from datetime import date, datetime, time

from django.utils import timezone


def get_start_of_day(day: date) -> datetime:
    """Its midnight, aware, in the current time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
