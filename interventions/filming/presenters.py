"""Presents cycles of filming on their own page and on the episode's page."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings

from interventions.filming.models import FilmCycle, FilmCycleQuerySet
from interventions.filming.rules import Recording, suggest_deletion_date
from pairs.families.models.people import list_dyad_name_fields
from pairs.web.formats import format_day

LOSS_NOTICE = (
    "A loss is recorded. This film may be precious to the family: discuss a copy with them before ours is "
    "deleted."
)


def build_film_summary(film: Any) -> list[dict[str, Any]]:
    """Rows of a cycle's summary list."""
    copy = f", a copy was given to {film.copy_given_to}" if film.copy_given_to else ""
    deleted = f"{format_day(film.deleted_on)}, by {film.deleted_by}{copy}" if film.deleted_on else ""
    return [
        {"key": "Who is filmed", "value": str(film.dyad)},
        {"key": "Intervention", "value": str(film.intervention)},
        {
            "key": "Agreed",
            "value": [f"{format_day(film.consented_on)}, by {film.consent_by}", film.consent_for],
        },
        *(
            [{"key": "Consent withdrawn", "value": format_day(film.withdrawn_on)}]
            if film.withdrawn_on
            else []
        ),
        {"key": "Filmed", "value": format_day(film.filmed_on), "missing": "Not yet"},
        {"key": "Watched together", "value": format_day(film.reviewed_on), "missing": "Not yet"},
        {"key": "Kept", "value": film.kept_where, "missing": "No recording"},
        {"key": "Delete by", "value": format_day(film.delete_by), "missing": "No recording"},
        {"key": "Deleted", "value": deleted, "missing": "Not deleted" if film.filmed_on else "No recording"},
    ]


def suggest_filming_initial(on: date) -> dict[str, date | None]:
    """Initial values for a new film: today, and the deletion day by the local rule."""
    return {"filmed_on": on, "delete_by": suggest_deletion_date(on, settings.FILM_KEPT_DAYS)}


def query_films_on_page(episode: UUID) -> FilmCycleQuerySet:
    """Cycles of an episode that was fetched in scope, by its id, for its page."""
    films = FilmCycle.objects.live().filter(episode=episode).newest_first()
    dates = Recording.__dataclass_fields__
    return films.select_related("dyad__infant", "dyad__caregiver").only(
        "number", *dates, *list_dyad_name_fields("dyad")
    )
