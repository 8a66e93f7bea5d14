"""The day, start and end of a session that is no visit: training, outreach."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from pairs.web.date_fields import LocalTimeForm, find_clock_change_error, make_day_field, make_time_field

MAX_MINUTES = 12 * 60
MAX_DATE_DISTANCE = timedelta(days=3 * 366)  # it only catches a mistyped year


def find_session_errors(*, starts_at: datetime, ends_at: datetime, on: date) -> dict[str, str]:
    """{} for a session that can be, else by field why not. Both times are local, and of one day."""
    errors = {}
    if ends_at <= starts_at:
        errors["ends"] = "The end is before the start. Check the times."
    elif ends_at - starts_at < timedelta(minutes=5):
        errors["ends"] = "A session lasts at least 5 minutes."
    elif ends_at - starts_at > timedelta(minutes=MAX_MINUTES):
        errors["ends"] = "A session lasts at most 12 hours."
    if abs(starts_at.date() - on) > MAX_DATE_DISTANCE:
        errors["held_on"] = "This is more than three years from today. Check the year."
    return errors


def find_moment_errors(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    """The same today of two moments, whatever time zone they are told in."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return find_session_errors(starts_at=starts, ends_at=ends, on=timezone.localdate())


def count_minutes(starts_at: datetime, ends_at: datetime) -> int:
    """The length of a session. Raises ValueError unless it can be: the form has said why not, by field."""
    if errors := find_moment_errors(starts_at, ends_at):
        raise ValueError("; ".join(errors.values()))
    return int((ends_at - starts_at).total_seconds()) // 60


class SessionTimesForm(LocalTimeForm):
    """On which day, from when until when."""

    moment_fields = ("held_on", "starts")

    held_on = make_day_field("Day", error_messages={"required": "Choose the day"})
    starts = make_time_field("From", error_messages={"required": "Enter the start"})
    ends = make_time_field("Until", error_messages={"required": "Enter the end"})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        wrong = self.errors.keys() & {"held_on", "starts", "ends"}
        if not wrong and {"held_on", "starts", "ends"} <= self.cleaned_data.keys():
            self._validate_times(self._combine("starts"), self._combine("ends"))
        return cleaned

    def _combine(self, name: str) -> datetime:
        return datetime.combine(self.cleaned_data["held_on"], self.cleaned_data[name])

    def _validate_times(self, starts: datetime, ends: datetime) -> None:
        errors = find_session_errors(starts_at=starts, ends_at=ends, on=timezone.localdate())
        if "ends" not in errors and (problem := find_clock_change_error(ends)):
            errors["ends"] = problem
        for name, message in errors.items():
            self.add_error(name, message)

    def get_times(self) -> dict[str, datetime]:
        """``starts_at`` and ``ends_at``, in the service's time zone."""
        return {f"{name}_at": timezone.make_aware(self._combine(name)) for name in ("starts", "ends")}

    def get_time_and_length(self) -> tuple[datetime, int]:
        """(start, minutes)."""
        times = self.get_times()
        return times["starts_at"], count_minutes(**times)


def get_times_initial(starts_at: datetime, minutes: int) -> dict[str, Any]:
    """What the form shows of a session that there is."""
    starts = timezone.localtime(starts_at)
    ends = timezone.localtime(starts_at + timedelta(minutes=minutes))
    return {"held_on": starts.date(), "starts": starts.time(), "ends": ends.time()}
