"""The rules of filming: in what order things happen, and from which day a recording must be decided on."""

from dataclasses import dataclass
from datetime import date, timedelta

TO_FILM, TO_REVIEW, TO_DELETE, OVER = "to_film", "to_review", "to_delete", "over"


@dataclass(frozen=True)
class Recording:
    """What is known of one cycle's film. No day is filled in before the one above it, but for the withdrawal."""

    consented_on: date
    filmed_on: date | None = None
    reviewed_on: date | None = None
    delete_by: date | None = None
    withdrawn_on: date | None = None
    deleted_on: date | None = None

    @property
    def exists(self) -> bool:
        return bool(self.filmed_on and not self.deleted_on)


def stage_of(film: Recording) -> str:
    """Where the cycle stands: what comes next."""
    if film.exists:
        return TO_DELETE if film.reviewed_on or film.withdrawn_on else TO_REVIEW
    return OVER if film.deleted_on or film.withdrawn_on else TO_FILM


def recording_due(film: Recording) -> date | None:
    """From which day the recording is due to be deleted; None when there is none.

    Its agreed day; the day of the withdrawal when consent was withdrawn. That the work has ended changes nothing.
    """
    if not film.exists:
        return None
    return film.withdrawn_on or film.delete_by


def suggested_deletion(filmed_on: date, days: int | None) -> date | None:
    """The day a local rule suggests; None where the service has none (no national rule is known to us)."""
    return filmed_on + timedelta(days=days) if days else None


def why_not_consented_on(*, day: date, opened: date, on: date) -> str:
    """'' when consent may have been given that day, else why not."""
    if day > on:
        return "This day is still to come."
    return "This is before the episode began." if day < opened else ""


def why_not_filmed_on(*, day: date, film: Recording, on: date) -> str:
    """'' when the film may have been made that day, else why not: never before consent, never after its end."""
    if day > on:
        return "This day is still to come."
    if day < film.consented_on:
        return "This is before the family agreed to be filmed."
    if film.withdrawn_on and day > film.withdrawn_on:
        return "The family had withdrawn their consent by then."
    if film.reviewed_on and day > film.reviewed_on:
        return "The film was watched together before this day."
    return ""


def why_not_delete_by(*, day: date, filmed_on: date) -> str:
    """'' when the recording may be kept until that day, else why not."""
    return "This is before the film was made." if day < filmed_on else ""


def why_not_reviewed_on(*, day: date, film: Recording, on: date) -> str:
    """'' when the film may have been watched together that day, else why not."""
    if film.filmed_on is None:
        return "Say first when the film was made."
    if day > on:
        return "This day is still to come."
    if day < film.filmed_on:
        return "This is before the film was made."
    if film.withdrawn_on and day > film.withdrawn_on:
        return "The family had withdrawn their consent by then."
    return "The recording was deleted before this day." if film.deleted_on and day > film.deleted_on else ""


def why_not_withdrawn_on(*, day: date, film: Recording, on: date) -> str:
    """'' when consent may have been withdrawn that day, else why not."""
    if film.withdrawn_on:
        return "The withdrawal is recorded already."
    if day > on:
        return "This day is still to come."
    return "This is before the family agreed to be filmed." if day < film.consented_on else ""


def why_not_deleted_on(*, day: date, film: Recording, on: date) -> str:
    """'' when the recording may have been deleted that day, else why not."""
    if film.filmed_on is None:
        return "There is no recording."
    if film.deleted_on:
        return "The deletion is recorded already."
    if day > on:
        return "This day is still to come."
    last = film.reviewed_on or film.filmed_on
    return "This is before the film was made or watched together." if day < last else ""
