"""Days and times of the service's own time zone; where a day begins, and a week."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def get_local_time(moment: datetime) -> datetime:
    """An aware moment, as the clock of the service shows it.

    As ``timezone.localtime``, which first finds out whether the request has a time zone of its own: none has.
    """
    return moment.astimezone(timezone.get_default_timezone())


def get_local_day(moment: datetime) -> date:
    """The day of an aware moment."""
    return get_local_time(moment).date()


def get_start_of_day(day: date) -> datetime:
    """Its midnight, aware, in the current time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def get_monday(on: date) -> date:
    """Of that day's week."""
    return on - timedelta(days=on.weekday())
