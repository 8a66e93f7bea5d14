"""Filming in words: rows for the page of a cycle, and what the episode page shows."""

from django.conf import settings

from interventions.filming.models import FilmCycle
from interventions.filming.rules import Recording, suggested_deletion
from pairs.access.fetch import fetch_list
from pairs.families.models.people import dyad_names
from pairs.service.pages import day

KEEP_OR_DELETE = (
    "There has been a loss. For the family this film may be precious: talk with them about a copy before ours "
    "is deleted."
)


def rows_of_film(film):
    """For a summary list."""
    copy = f", a copy was given to {film.copy_given_to}" if film.copy_given_to else ""
    deleted = f"{day(film.deleted_on)}, by {film.deleted_by}{copy}" if film.deleted_on else ""
    return [
        {"key": "Who is filmed", "value": str(film.dyad)},
        {"key": "Way of working", "value": str(film.intervention)},
        {"key": "Agreed", "value": [f"{day(film.consented_on)}, by {film.consent_by}", film.consent_for]},
        *([{"key": "Consent withdrawn", "value": day(film.withdrawn_on)}] if film.withdrawn_on else []),
        {"key": "Filmed", "value": day(film.filmed_on), "missing": "Not yet"},
        {"key": "Watched together", "value": day(film.reviewed_on), "missing": "Not yet"},
        {"key": "Kept", "value": film.kept_where, "missing": "No recording"},
        {"key": "To be deleted by", "value": day(film.delete_by), "missing": "No recording"},
        {"key": "Deleted", "value": deleted, "missing": "Not deleted" if film.filmed_on else "No recording"},
    ]


def suggested(on):
    """What the form of a new film begins with: today, and the day that the local rule suggests."""
    return {"filmed_on": on, "delete_by": suggested_deletion(on, settings.FILM_KEPT_DAYS)}


def films_on_page(episode):
    """The same cycles by the episode's id, for its page: those of an episode that was fetched in scope."""
    films = FilmCycle.objects.live().filter(episode=episode).newest_first()
    dates = Recording.__dataclass_fields__
    return films.select_related("dyad__infant", "dyad__caregiver").only("number", *dates, *dyad_names("dyad"))


def films_of(request, episode):
    """An episode's cycles, the newest first."""
    films = FilmCycle.objects.filter(episode=episode).with_names().newest_first()
    return fetch_list(request, films)


def recordings_of(request, episode):
    """Those of its recordings that still exist: open work, whatever becomes of the episode."""
    return [film for film in films_of(request, episode) if film.recording.exists]
