"""Rules of supervision: dates of sessions, how often somebody has it, who is overdue, what a review may say. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

MAX_AHEAD = timedelta(days=366)
FULL_TIME_PERCENT = 100
COUNTED_DAYS = 84  # twelve weeks: what is counted of the past
SATURDAY = 5

Days = tuple[date, date]  # first and last, both included


def find_session_date_error(*, day: date, on: date) -> str:
    """Why a session cannot be recorded for that day; '' when it can."""
    return "This date is in the future. Record the session when it has been held." if day > on else ""


def find_planned_time_error(*, starts_at: datetime, now: datetime) -> str:
    """Why a session cannot be planned for that time; '' when it can. Both in the local time zone."""
    if starts_at.date() < now.date():
        return "This day has passed. Record the session instead."
    return "This is more than a year ahead. Check the year." if starts_at > now + MAX_AHEAD else ""


def find_next_session_error(*, starts_at: datetime, held_on: date, now: datetime) -> str:
    """Why the next session cannot be at that time; '' when it can. Both times in the local time zone."""
    if starts_at.date() <= held_on:
        return "Choose a day after this session."
    if starts_at.date() < now.date():
        return "This day has passed. Choose a day from today on."
    return find_planned_time_error(starts_at=starts_at, now=now)


def find_agreement_errors(
    *, is_same_person: bool, may_supervise: bool, may_write: bool, exists: bool, starts_on: date,
    ends_on: date | None, under_twos_since: date | None, on: date, supervisor: str, supervisee: str, site: str,
) -> dict[str, str]:  # fmt: skip
    """{field: what is wrong}, every error at once. ``exists``: they have an agreement of this kind at this site."""
    errors = {}
    if is_same_person:
        errors["supervisor"] = "Choose two different people: no one supervises themselves."
    elif not may_supervise:
        errors["supervisor"] = f"{supervisor} does not supervise at {site}. Choose someone who does."
    if not may_write:
        errors["supervisee"] = f"{supervisee} does not work with families at {site}."
    elif exists:
        errors["kind"] = f"{supervisee} has an agreement of this kind at {site}. Change that one instead."
    if starts_on > on + MAX_AHEAD:
        errors["starts_on"] = "This is more than a year ahead. Check the year."
    if ends_on and ends_on < starts_on:
        errors["ends_on"] = "Choose a last day that is not before the first day."
    if under_twos_since and under_twos_since > on:
        errors["under_twos_since"] = "This date is in the future."
    return errors


def find_review_errors(
    *, decision: str, action: str, do_by: date | None, is_unchanged: bool, on: date
) -> dict[str, str]:
    """{field: what is wrong} with a family's row of a caseload review, every error at once."""
    errors = {}
    if is_unchanged and (decision or action or do_by):
        errors["decision"] = "Press “Save” to keep what you typed, or clear it if nothing changes."
    if not (is_unchanged or decision or action):
        errors["decision"] = "Enter a decision or an action, or press “No change”."
    if do_by and do_by < on:
        errors["do_by"] = "This date has passed. Choose today or a later day."
    elif do_by and do_by > on + MAX_AHEAD:
        errors["do_by"] = "This is more than a year ahead. Check the year."
    return errors


def is_decision_due(*, do_by: date | None, done: bool, on: date) -> bool:
    """Whether the decision is due and not done."""
    return do_by is not None and not done and do_by <= on


# ---------------------------------------------------------------- how often


@dataclass(frozen=True)
class Frequency:
    """How often a full-time worker has an hour: with few years of work with under-twos, and with more.

    The figures come from the settings, whose defaults are those of the Parent-Infant Foundation's self-audit tool.
    """

    new_days: int
    usual_days: int
    new_years: int


def is_new_to_under_twos(*, since: date | None, on: date, years: int) -> bool:
    """Whether somebody has worked with under-twos for fewer years than that. Not known: they are not new."""
    if since is None:
        return False
    return (on.year - since.year) - ((on.month, on.day) < (since.month, since.day)) < years


def get_interval_days(
    *, every_days: int | None, under_twos_since: date | None, working_percent: int, on: date, usual: Frequency
) -> int:
    """How many days from one session to the next: as agreed, else by experience and pro rata.

    Pro rata: the sessions are as long, and come less often; somebody at half time has every other one.
    """
    if every_days:
        return every_days
    is_new = is_new_to_under_twos(since=under_twos_since, on=on, years=usual.new_years)
    full_time = usual.new_days if is_new else usual.usual_days
    return max(1, round(full_time * FULL_TIME_PERCENT / working_percent))


def is_away(day: date, away: Iterable[Days]) -> bool:
    return any(first <= day <= last for first, last in away)


def get_due_day(*, since: date, interval: int, away: Collection[Days]) -> date:
    """By when the next session is due: the days of an absence are left out of the count, and none falls into one."""
    day, left = since, interval
    while left > 0:
        day += timedelta(days=1)
        left -= not is_away(day, away)
    return day


def suggest_next_day(*, held_on: date, interval: int, away: Collection[Days], on: date) -> date:
    """The due day, or the last working day before it that is still to come and on which they are there."""
    due = get_due_day(since=held_on, interval=interval, away=away)
    earliest = max(held_on, on) + timedelta(days=1)
    before = (due - timedelta(days=back) for back in range(7))
    for day in before:
        if day >= earliest and _is_possible(day, away):
            return day
    day = max(due, earliest)
    while not _is_possible(day, away):
        day += timedelta(days=1)
    return day


def _is_possible(day: date, away: Collection[Days]) -> bool:
    return day.weekday() < SATURDAY and not is_away(day, away)


# ---------------------------------------------------------------- who is overdue


@dataclass(frozen=True)
class Standing:
    """Where an agreement stands on a day. ``expected``, ``held``: sessions of the last twelve weeks."""

    due_on: date
    overdue_days: int
    expected: int
    held: int


def assess_standing(
    *, starts_on: date, held: Sequence[date], interval: int, away: Collection[Days], on: date
) -> Standing:
    """``held``: the days of the sessions since the agreement began. Whoever is away is not overdue meanwhile."""
    counted_from = max(starts_on, on - timedelta(days=COUNTED_DAYS - 1))
    present = sum(
        not is_away(counted_from + timedelta(days=n), away) for n in range((on - counted_from).days + 1)
    )
    due_on = get_due_day(since=max([starts_on, *held]), interval=interval, away=away)
    late = sum(not is_away(due_on + timedelta(days=n + 1), away) for n in range((on - due_on).days))
    return Standing(
        due_on=due_on,
        overdue_days=late,
        expected=present // interval,
        held=sum(counted_from <= day <= on for day in held),
    )
