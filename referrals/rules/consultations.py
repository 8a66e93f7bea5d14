"""Which step of a consultation may follow which, and what each needs."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from referrals.rules.choices import ConsultationStatus, PermissionBasis

# Allowed transitions. A new time may be arranged; some are held during the first call.
CONSULTATION_TRANSITIONS: dict[str, set[ConsultationStatus]] = {
    ConsultationStatus.ASKED: {
        ConsultationStatus.ARRANGED,
        ConsultationStatus.HELD,
        ConsultationStatus.WITHDRAWN,
    },
    ConsultationStatus.ARRANGED: {
        ConsultationStatus.ARRANGED,
        ConsultationStatus.HELD,
        ConsultationStatus.WITHDRAWN,
    },
    ConsultationStatus.HELD: set(),
    ConsultationStatus.WITHDRAWN: set(),
}
MAX_CONSULTATION_MINUTES = 240  # minutes; more is a typing error
MAX_ARRANGED_AHEAD = timedelta(days=366)
MAX_LOGGED_LATER = timedelta(days=366)  # what was held longer ago is a typing error


def find_step_error(*, status: str, to: str) -> str:
    """'' when the transition is allowed, else an error."""
    if to in CONSULTATION_TRANSITIONS[status]:
        return ""
    now, then = ConsultationStatus(status).label, ConsultationStatus(to).label
    return f"A consultation that is “{now}” cannot become “{then}”."


def find_request_errors(
    *, about: str, named: bool, permission: str, permission_reason: str, who: str
) -> dict[str, str]:
    """{} for a request that can be kept, else by field why not. An unnamed family stays unnamed."""
    errors = {} if about.strip() else {"about": "Enter what you would like to think about."}
    if not named:
        named_after_all = {"who": "Leave this empty for a family that stays unnamed."} if who.strip() else {}
        return errors | named_after_all
    if not permission:
        errors["permission"] = "Choose whether the parent agrees, or the lawful basis."
    if permission == PermissionBasis.LAWFUL_BASIS and not permission_reason.strip():
        errors["permission_reason"] = "Give the reason for naming the family without the parent's agreement."
    if not who.strip():
        errors["who"] = "Enter who it is about."
    return errors


def find_arrangement_errors(*, at: datetime, now: datetime) -> dict[str, str]:
    """{} for a time to come, within a year."""
    if at <= now:
        return {"on": "Choose a time in the future."}
    return {} if at <= now + MAX_ARRANGED_AHEAD else {"on": "Choose a day within a year."}


def find_record_errors(
    *,
    held_on: date,
    asked_on: date,
    on: date,
    minutes: int,
    thoughts: str,
    outcome: str,
    follow_up_on: date | None = None,
) -> dict[str, str]:
    """{} for a consultation that was held, else by field why not."""
    errors = {}
    if held_on > on:
        errors["held_on"] = "This date is in the future."
    if held_on < asked_on:
        errors["held_on"] = "This is before it was asked for."
    if not 0 < minutes <= MAX_CONSULTATION_MINUTES:
        errors["minutes"] = f"Give the minutes, from 1 to {MAX_CONSULTATION_MINUTES}."
    if not thoughts.strip():
        errors["thoughts"] = "Enter the consultation summary: the person who requested it can read it too."
    if not outcome:
        errors["outcome"] = "Choose the outcome."
    if follow_up_on and not held_on < follow_up_on <= on + MAX_ARRANGED_AHEAD:
        errors["follow_up_on"] = "Choose a day after the consultation, within a year."
    return errors


def find_log_errors(*, starts_at: datetime, now: datetime, **record: Any) -> dict[str, str]:
    """{} for a consultation at a drop-in clinic or by phone, which nobody requested first; else by field why not.

    ``record``: the rest of what ``find_record_errors`` takes.
    """
    day = record["held_on"]
    errors = find_record_errors(asked_on=day, **record)
    if "held_on" not in errors and starts_at > now:
        errors["held_at"] = "This time is in the future."
    if day < record["on"] - MAX_LOGGED_LATER:
        errors["held_on"] = "This is more than a year ago. Check the date."
    return errors


def find_feedback_error(*, answers: Iterable[int | None], words: str) -> str:
    """'' for feedback that says something."""
    if words.strip() or any(answer is not None for answer in answers):
        return ""
    return "Answer one of the questions, or write a few words."
