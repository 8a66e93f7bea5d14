"""A baby's age, and the age corrected for an early birth. Pure: no database and no clock."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pairs.web.formats import format_age

# NICE NG72 and RCPCH: a birth before 37 completed weeks is preterm; 40 weeks is term. Both ages are shown until the
# corrected age is two years (surveillance to and at two years corrected).
TERM_WEEKS, PRETERM_BEFORE_WEEKS, SHOWN_UNTIL_MONTHS = 40, 37, 24
WEEK = timedelta(weeks=1)


def add_months(day: date, months: int) -> date:
    """The same day of the month later; a month too short gives its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day so many years on; of 29 February, 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True)
class Birth:
    """What is known of a birth. ``weeks``: completed weeks of gestation; ``due``: the day at 40 weeks."""

    born: date | None
    weeks: int | None = None
    due: date | None = None

    @property
    def gestation(self) -> timedelta | None:
        """Time from the start of the pregnancy to the birth; None where nobody recorded it.

        To the day by the due date, where that agrees with the weeks; else by the weeks that were recorded.
        """
        by_due = TERM_WEEKS * WEEK - (self.due - self.born) if self.due and self.born else None
        if self.weeks is None or (by_due is not None and by_due // WEEK == self.weeks):
            return by_due
        return self.weeks * WEEK

    @property
    def is_preterm(self) -> bool:
        return self.gestation is not None and self.gestation < PRETERM_BEFORE_WEEKS * WEEK

    @property
    def corrected_birth_date(self) -> date | None:
        """The day from which the corrected age counts; None for a baby born at term, or when nobody knows."""
        if self.born is None or self.gestation is None or not self.is_preterm:
            return None
        return self.born + (TERM_WEEKS * WEEK - self.gestation)

    def get_corrected_birth_date(self, on: date) -> date | None:
        """The same, until the corrected age is two years."""
        day = self.corrected_birth_date
        return day if day and on < add_months(day, SHOWN_UNTIL_MONTHS) else None


def get_birth(infant: Any) -> Birth:
    """Of an Infant whose ``birth_date``, ``gestation_weeks`` and ``estimated_due_date`` are loaded."""
    return Birth(infant.birth_date, infant.gestation_weeks, infant.estimated_due_date)


def format_ages(birth: Birth, on: date) -> str:
    """“5 months (3 months corrected)”; the second only of a baby born early, until it is two years."""
    age, corrected_day = format_age(birth.born, on), birth.get_corrected_birth_date(on)
    if corrected_day is None or birth.born is None or on < birth.born:
        return age
    if on < corrected_day:
        return f"{age} (before term by corrected age)"
    return f"{age} ({format_age(corrected_day, on)} corrected)"
