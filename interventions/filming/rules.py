"""Rules of filming: the order of events, and when a recording is due to be deleted."""

from dataclasses import dataclass
from datetime import date, timedelta

TO_FILM, TO_REVIEW, TO_DELETE, OVER = "to_film", "to_review", "to_delete", "over"


@dataclass(frozen=True)
class Recording:
    """The dates of one cycle. Except for the withdrawal, none is set before the one above it."""

    consented_on: date
    filmed_on: date | None = None
    reviewed_on: date | None = None
    delete_by: date | None = None
    withdrawn_on: date | None = None
    deleted_on: date | None = None

    @property
    def exists(self) -> bool:
        return bool(self.filmed_on and not self.deleted_on)


def get_film_stage(film: Recording) -> str:
    """The stage of a cycle: what comes next."""
    if film.exists:
        return TO_DELETE if film.reviewed_on or film.withdrawn_on else TO_REVIEW
    return OVER if film.deleted_on or film.withdrawn_on else TO_FILM


def get_deletion_due_date(film: Recording) -> date | None:
    """The day from which the recording is due to be deleted; None when there is none.

    The agreed day, or the day of withdrawal if consent was withdrawn. The episode's ending changes nothing.
    """
    if not film.exists:
        return None
    return film.withdrawn_on or film.delete_by


def suggest_deletion_date(filmed_on: date, days: int | None) -> date | None:
    """The deletion day by the local rule; None if the service has none (we know of no national rule)."""
    return filmed_on + timedelta(days=days) if days else None


def find_consent_date_error(*, day: date, opened: date, on: date) -> str:
    """Why consent cannot have been given on that day; '' when it can."""
    if day > on:
        return "This date is in the future."
    return "This is before the episode began." if day < opened else ""


def find_filming_date_error(*, day: date, film: Recording, on: date) -> str:
    """Why the film cannot have been made on that day (only while consent held); '' when it can."""
    if day > on:
        return "This date is in the future."
    if day < film.consented_on:
        return "This is before the family agreed to be filmed."
    if film.withdrawn_on and day > film.withdrawn_on:
        return "The family had withdrawn their consent by then."
    if film.reviewed_on and day > film.reviewed_on:
        return "The film was watched together before this day."
    return ""


def find_delete_by_error(*, day: date, filmed_on: date) -> str:
    """Why the recording may not be kept until that day; '' when it may."""
    return "This is before the film was made." if day < filmed_on else ""


def find_shared_review_date_error(*, day: date, film: Recording, on: date) -> str:
    """Why the film cannot have been watched together on that day; '' when it can."""
    if film.filmed_on is None:
        return "First enter when the film was made."
    if day > on:
        return "This date is in the future."
    if day < film.filmed_on:
        return "This is before the film was made."
    if film.withdrawn_on and day > film.withdrawn_on:
        return "The family had withdrawn their consent by then."
    return "The recording was deleted before this day." if film.deleted_on and day > film.deleted_on else ""


def find_withdrawal_date_error(*, day: date, film: Recording, on: date) -> str:
    """Why consent cannot have been withdrawn on that day; '' when it can."""
    if film.withdrawn_on:
        return "The withdrawal is already recorded."
    if day > on:
        return "This date is in the future."
    return "This is before the family agreed to be filmed." if day < film.consented_on else ""


def find_deletion_date_error(*, day: date, film: Recording, on: date) -> str:
    """Why the recording cannot have been deleted on that day; '' when it can."""
    if film.filmed_on is None:
        return "There is no recording."
    if film.deleted_on:
        return "The deletion is already recorded."
    if day > on:
        return "This date is in the future."
    last = film.reviewed_on or film.filmed_on
    return "This is before the film was made or watched together." if day < last else ""
