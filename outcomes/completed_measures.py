"""Completed measures as pairing sees them, of many episodes at once: for counts, which need no more of a record."""

from collections.abc import Iterator
from uuid import UUID

from outcomes.measures import get_catalogue
from outcomes.models import AssessmentQuerySet
from outcomes.pairing import CompletedMeasure
from pairs.families.ages import Birth

_COLUMNS = (
    "episode", "dyad__infant", "pk", "measure", "measure_version", "form", "dyad", "rater", "rater_role",
    "rated_by_staff", "completed_on", "declined", "scores", "dyad__infant__birth_date",
    "dyad__infant__gestation_weeks", "dyad__infant__estimated_due_date",
)  # fmt: skip


def load_completed_measures(rows: AssessmentQuerySet) -> Iterator[tuple[UUID, UUID, CompletedMeasure]]:
    """(episode, infant, what was completed), in the order of the rows. Only these columns are read."""
    catalogue = get_catalogue()
    for (
        episode,
        infant,
        pk,
        name,
        version,
        form,
        dyad,
        rater,
        role,
        staff,
        on,
        declined,
        scores,
        *birth,
    ) in rows.values_list(*_COLUMNS):
        measure = catalogue[name]
        born = measure.window.get_age_start(Birth(*birth), on)
        in_window = not measure.why_not(born=born, on=on)
        who = rater or role or staff
        yield (
            episode,
            infant,
            CompletedMeasure(pk, name, version, dyad, who, on, in_window, scores, declined, form),
        )
