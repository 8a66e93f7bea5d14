"""Transitions at two and at five, announced six months ahead so that handover is not rushed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from pairs.families.ages import add_months, add_years

MONTHS_AHEAD = 6  # issue 5: "transitions at two and at five announced six months ahead"


class TransitionAge(TextChoices):
    """The birthday at which the child's support changes."""

    TWO = "two", "Transition at 2"
    FIVE = "five", "Transition at 5"


_YEARS = {TransitionAge.TWO: 2, TransitionAge.FIVE: 5}


@dataclass(frozen=True)
class Transition:
    """One transition of a child: when it is announced, the birthday, and the last day before it."""

    turning: TransitionAge
    announced_on: date
    birthday: date

    @property
    def last_day(self) -> date:
        """The last day of the age before; at five, the last day on which the child can be referred."""
        return self.birthday - timedelta(days=1)

    @property
    def words(self) -> str:
        return self.turning.label


def build_transition(turning: str, born: date) -> Transition:
    """The transition and its announcement for a child born on that day."""
    age = TransitionAge(turning)
    there = add_years(born, _YEARS[age])
    return Transition(age, add_months(there, -MONTHS_AHEAD), there)


def list_transitions(born: date | None, *, lost: bool = False) -> list[Transition]:
    """Both transitions of a born, living child; none before birth or after a loss."""
    return [] if born is None or lost else [build_transition(turning, born) for turning in TransitionAge]


def find_due_transition(
    *, born: date | None, lost: bool, opened_on: date, planned: Collection[str], on: date
) -> Transition | None:
    """The transition to plan for now, or None.

    Announced six months ahead and due until it is planned, also past the birthday, since an open episode may
    outlive it. A day that was past before the episode began asks for nothing; once five is announced two is past.
    """
    reached = [each for each in list_transitions(born, lost=lost) if each.announced_on <= on]
    if not reached:
        return None
    newest = reached[-1]
    return newest if newest.birthday > opened_on and newest.turning not in planned else None
