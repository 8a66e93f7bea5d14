"""Completed measures as pairing sees them; read of many episodes at once for counts, which need no more of a record."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from outcomes.measures import get_catalogue
from outcomes.models import AssessmentQuerySet
from outcomes.pairing import CompletedMeasure
from pairs.families.ages import Birth

_COLUMNS = {
    "id": "pk",
    "measure": "measure",
    "version": "measure_version",
    "form": "form",
    "dyad": "dyad",
    "completed_on": "completed_on",
    "declined": "declined",
    "scores": "scores",
}
_WHOSE = ("episode", "dyad__infant", "rater", "rater_role", "rated_by_staff")
_BIRTH = ("dyad__infant__birth_date", "dyad__infant__gestation_weeks", "dyad__infant__estimated_due_date")


def build_completed_measure(
    *, measure: str, completed_on: date, born: date | None, **known: Any
) -> CompletedMeasure:
    """``born``: the day from which the measure reckons the age; ``known``: the other fields of a CompletedMeasure."""
    in_window = not get_catalogue()[measure].why_not(born=born, on=completed_on)
    return CompletedMeasure(measure=measure, completed_on=completed_on, in_window=in_window, **known)


def load_completed_measures(rows: AssessmentQuerySet) -> Iterator[tuple[UUID, UUID, CompletedMeasure]]:
    """(episode, infant, what was completed), in the order of the rows. Only these columns are read."""
    catalogue, start = get_catalogue(), len(_WHOSE)
    for row in rows.values_list(*_WHOSE, *_BIRTH, *_COLUMNS.values()):
        episode, infant, rater, role, staff = row[:start]
        birth, known = row[start : start + len(_BIRTH)], row[start + len(_BIRTH) :]
        found = dict(zip(_COLUMNS, known, strict=True))
        born = catalogue[found["measure"]].window.get_age_start(Birth(*birth), found["completed_on"])
        yield episode, infant, build_completed_measure(born=born, rater=rater or role or staff, **found)
