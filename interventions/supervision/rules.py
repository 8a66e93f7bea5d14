"""The rules of supervision: when it can have been held, and when a decision is due."""

from datetime import date


def why_not_held_on(*, day: date, on: date) -> str:
    """'' when a session can be recorded for that day, else why not."""
    return "This day is still to come. Record the session once it has been held." if day > on else ""


def decision_due(*, do_by: date | None, done: bool, on: date) -> bool:
    """Is what was decided to be done by now?"""
    return do_by is not None and not done and do_by <= on
