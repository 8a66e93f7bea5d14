"""The rules of outcomes: timepoints, age windows, when a measure is due; scoring and pairing live beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import TextChoices

from pairs.families.ages import WEEK, Birth, add_months, format_ages


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


class AgeBand(TextChoices):
    """At which age a service has a core of its own: no measure of the relationship fits from pregnancy to five."""

    PREGNANCY = "pregnancy", "In pregnancy"
    UNDER_3 = "under_3", "From birth to three"
    FROM_3 = "from_3", "From three to five"


BAND_MONTHS = 36  # where the one band ends and the other begins


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


@dataclass(frozen=True)
class AgeAdjustment:
    """How an instrument's own source counts the age of a baby born early.

    ``term_weeks``: what it calls term; ``early_weeks``: at least so many before it; ``until_months``: of the age since
    the birth; ``days_round_up``: days of gestation from which they count as a week more (None: never).
    """

    term_weeks: int
    early_weeks: int
    until_months: int
    source: str
    days_round_up: int | None = None

    def adjust(self, birth: Birth, on: date) -> date | None:
        """The day from which the age counts: the day of birth, moved by the whole weeks that were missing."""
        if birth.born is None or birth.gestation is None or on >= add_months(birth.born, self.until_months):
            return birth.born
        weeks, rest = divmod(birth.gestation.days, 7)
        weeks += self.days_round_up is not None and rest >= self.days_round_up
        early = self.term_weeks - weeks
        return birth.born + early * WEEK if early >= self.early_weeks else birth.born


@dataclass(frozen=True)
class FormWindow:
    """The ages that one of several forms is made for, from the first day of a month to before another."""

    form: str
    from_months: int
    until_months: int


@dataclass(frozen=True)
class AgeWindow:
    """At which age of the infant the measure may be used. ``when``: "pregnancy", "born" or "any".

    ``validated_until_months``: later it may be used, with a word of warning. ``adjustment``: by corrected age, where
    the instrument's own source says so; a day that is given as ``born`` is adjusted by `get_age_start` first.
    """

    when: str
    from_weeks: int = 0
    from_months: int = 0
    until_months: int | None = None  # exclusive upper bound: the day the infant reaches this age
    validated_until_months: int | None = None
    validated_note: str = ""
    adjustment: AgeAdjustment | None = None

    def get_age_start(self, birth: Birth, on: date) -> date | None:
        """The day from which the infant's age counts for this measure."""
        return self.adjustment.adjust(birth, on) if self.adjustment else birth.born


def list_age_warnings(*, name: str, window: AgeWindow, birth: Birth, on: date) -> list[str]:
    """Words of warning about an age that is within the window, and may yet be the wrong one."""
    if window.when != "born" or birth.born is None or on < birth.born:
        return []
    start = window.get_age_start(birth, on)
    found = []
    if window.adjustment and start != birth.born:
        weeks = ((start or birth.born) - birth.born).days // 7
        found.append(f"{name} counts the age from {weeks} weeks after the birth: {window.adjustment.source}.")
    elif birth.get_corrected_birth_date(on):
        found.append(
            f"Born early: {format_ages(birth, on)}. No source says which age {name} uses. The age since "
            "birth is used here; consider both."
        )
    limit = window.validated_until_months
    if limit is not None and start and on >= add_months(start, limit):
        found.append(f"{name} is validated to {limit} months. {window.validated_note}".strip())
    return found


def find_form_question(*, form: str, windows: Sequence[FormWindow], start: date | None, on: date) -> str:
    """'' when the form is made for this age, else what to ask. The ages are known from memory only: never refused."""
    window = next((each for each in windows if each.form == form), None)
    if window is None or start is None:
        return ""
    if add_months(start, window.from_months) <= on < add_months(start, window.until_months):
        return ""
    return (
        f"The form of {form} is understood to be for {window.from_months} to under {window.until_months} "
        "months. Check which form was used. If it was this one, tick “Right as entered”."
    )


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
