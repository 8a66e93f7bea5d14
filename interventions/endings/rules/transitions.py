"""Turning two and turning five: announced six months ahead, so that nobody is passed on in a hurry."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS_AHEAD = 6  # issue 5: "transitions at two and at five announced six months ahead"
TURNINGS = [("two", "Turning two"), ("five", "Turning five")]
_YEARS = {"two": 2, "five": 5}


@dataclass(frozen=True)
class Transition:
    """One of the two days of a child: from when it is announced, the day itself, and the last day before it."""

    turning: str
    announced_on: date
    birthday: date

    @property
    def last_day(self) -> date:
        """Of the age before: at five the last day on which a child can be referred to us."""
        return self.birthday - timedelta(days=1)

    @property
    def words(self) -> str:
        return dict(TURNINGS)[self.turning]


def transition(turning: str, born: date) -> Transition:
    """The day and its announcement for a child born that day."""
    there = birthday(born, _YEARS[turning])
    return Transition(turning, months_before(there, MONTHS_AHEAD), there)


def birthday(born: date, years: int) -> date:
    """A child of 29 February has their birthday on 1 March in other years (as for eligibility)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def months_before(day: date, months: int) -> date:
    """The same day of that earlier month, or its last day where it has no such day."""
    months_since_year_one = day.year * 12 + day.month - 1 - months
    year, month = divmod(months_since_year_one, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def transitions(born: date | None, *, lost: bool = False) -> list[Transition]:
    """Both days of a born, living child; none of an unborn child or after a loss."""
    return [] if born is None or lost else [transition(turning, born) for turning, _ in TURNINGS]


def transition_due(
    *, born: date | None, lost: bool, opened_on: date, planned: Collection[str], on: date
) -> Transition | None:
    """The transition to plan for now, or None.

    Announced six months ahead and due until it is planned, also past the birthday, since an open episode may
    outlive it. A day that was past before the episode began asks for nothing; once five is announced two is past.
    """
    reached = [each for each in transitions(born, lost=lost) if each.announced_on <= on]
    if not reached:
        return None
    newest = reached[-1]
    return newest if newest.birthday > opened_on and newest.turning not in planned else None
