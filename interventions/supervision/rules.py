"""Rules of supervision: the date of a session, and when a decision is due."""

from datetime import date, datetime, timedelta

MAX_AHEAD = timedelta(days=366)


def find_session_date_error(*, day: date, on: date) -> str:
    """Why a session cannot be recorded for that day; '' when it can."""
    return "This date is in the future. Record the session when it has been held." if day > on else ""


def find_planned_time_error(*, starts_at: datetime, now: datetime) -> str:
    """Why a session cannot be planned for that time; '' when it can. Both in the local time zone."""
    if starts_at.date() < now.date():
        return "This day has passed. Record the session instead."
    return "This is more than a year ahead. Check the year." if starts_at > now + MAX_AHEAD else ""


def is_decision_due(*, do_by: date | None, done: bool, on: date) -> bool:
    """Whether the decision is due and not done."""
    return do_by is not None and not done and do_by <= on
