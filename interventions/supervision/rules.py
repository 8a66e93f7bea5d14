"""Rules of supervision: the date of a session, and when a decision is due."""

from datetime import date


def find_session_date_error(*, day: date, on: date) -> str:
    """Why a session cannot be recorded for that day; '' when it can."""
    return "This day is still to come. Record the session once it has been held." if day > on else ""


def is_decision_due(*, do_by: date | None, done: bool, on: date) -> bool:
    """Whether the decision is due and not done."""
    return do_by is not None and not done and do_by <= on
