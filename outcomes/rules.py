"""The rules of outcomes: timepoints, age windows, when a measure is due; scoring and pairing live beside."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import TextChoices


class Timepoint(TextChoices):
    """At which time of the work something is measured or rated."""

    START = "start", "Start"
    REVIEW = "review", "Review"
    END = "end", "End"


class CompletionWay(TextChoices):
    """How a measure was filled in."""

    ROOM = "room", "In the room"
    PAPER = "paper", "From paper"
    LINK = "link", "By the parent, through a link"


class RaterRole(TextChoices):
    """What may differ between two codings of one film: who coded it. A pair is made by the same role."""

    PRACTITIONER = "practitioner", "A practitioner who works with the family"
    CODER = "coder", "A trained coder who does not work with the family"


class Reliability(TextChoices):
    """Whether whoever coded a film is known to code reliably."""

    RELIABLE = "reliable", "Holds a current reliability certificate"
    TRAINING = "training", "Still in training"
    UNKNOWN = "unknown", "Not known"


# Ours, not published: time enough, before a measure's window closes, to plan a visit for its second time.
PAIR_LEAD_TIME = timedelta(weeks=4)


def add_months(day: date, months: int) -> date:
    """The same day of the month later; a month too short gives its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class AgeWindow:
    """At which age of the infant the measure may be used. ``when``: "pregnancy", "born" or "any"."""

    when: str
    from_weeks: int = 0
    from_months: int = 0
    until_months: int | None = None  # exclusive upper bound: the day the infant reaches this age


def find_age_error(*, name: str, window: AgeWindow, born: date | None, on: date) -> str:
    """'' within the window, which ends the day before the infant reaches ``until_months``; else why not."""
    is_born = born is not None and on >= born
    if window.when == "pregnancy":
        return f"{name} is for pregnancy. On this day the baby had been born." if is_born else ""
    if window.when == "any":
        return ""
    if born is None or not is_born:
        return f"{name} is for a baby who has been born."
    return _find_too_young_error(name, window, born, on) or _find_too_old_error(name, window, born, on)


def _find_too_young_error(name: str, window: AgeWindow, born: date, on: date) -> str:
    begins = add_months(born, window.from_months) + timedelta(weeks=window.from_weeks)
    if on >= begins:
        return ""
    age = f"{window.from_months} months" if window.from_months else f"{window.from_weeks} weeks"
    return f"{name} is for babies from {age} old. Choose a later day or another measure."


def _find_too_old_error(name: str, window: AgeWindow, born: date, on: date) -> str:
    if window.until_months is None or on < add_months(born, window.until_months):
        return ""
    return f"{name} is for babies under {window.until_months} months old. On this day the child was older."


@dataclass(frozen=True)
class AssessmentRecord:
    """One core measure of an open episode, answered or declined, with its baby's dates."""

    id: UUID | str
    measure: str
    version: str
    dyad: UUID | str
    completed_on: date
    declined: bool = False
    form: str = ""
    role: str = ""  # of whoever coded it
    born: date | None = None
    lost: date | None = None


def get_start_due_date(
    *,
    first_seen: date | None,
    kept: Sequence[AssessmentRecord],
    ended: bool,
    review_on: date | None,
    on: date,
) -> date | None:
    """The first attended contact's day, while an open episode has neither a measure since nor a no.

    A no holds until the next review: from that day it is gently due again.
    """
    if (
        ended
        or first_seen is None
        or any(not each.declined and each.completed_on >= first_seen for each in kept)
    ):
        return None
    noes = [each.completed_on for each in kept if each.declined]
    if not noes:
        return first_seen
    return review_on if may_ask_again(declined_on=max(noes), review_on=review_on, on=on) else None


def may_ask_again(*, declined_on: date, review_on: date | None, on: date) -> bool:
    """Whether a family that said no may be asked anew: a review has come since."""
    return review_on is not None and declined_on < review_on <= on


def list_started_pairs(
    kept: Sequence[AssessmentRecord], *, first_seen: date | None
) -> list[AssessmentRecord]:
    """The first of each pair that has begun and has no second time; an answer or a no since settles it."""
    if first_seen is None:
        return []
    firsts: dict[tuple, AssessmentRecord] = {}
    settled = set()
    for each in sorted(kept, key=lambda each: each.completed_on):
        alike = (each.measure, each.version, each.dyad, each.form, each.role)
        if alike in firsts and each.completed_on > firsts[alike].completed_on:
            settled.add(alike)
        elif not each.declined and each.completed_on >= first_seen:
            firsts.setdefault(alike, each)
    return [first for alike, first in firsts.items() if alike not in settled and first.lost is None]


def get_pair_closing_date(born: date | None, window: AgeWindow) -> date | None:
    """The last day on which the baby is still within the measure's window; None without a window."""
    if born is None or window.until_months is None:
        return None
    return add_months(born, window.until_months) - timedelta(days=1)


def get_pair_deadline(window: AgeWindow, born: date | None, *, answered: bool, on: date) -> date | None:
    """The last day on which a pair can still be made; None where a no came last, it is too late, or no day ends it."""
    closes = get_pair_closing_date(born, window)
    return closes if answered and closes and closes >= on else None


def is_pair_closing_soon(closes: date | None, on: date) -> bool:
    """Within the lead time of the window's last day, and not yet past it."""
    return closes is not None and closes - PAIR_LEAD_TIME <= on <= closes
