"""Actions on a cycle of filming: consent, filming, shared review, withdrawal, deletion."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.filming.models import FilmCycle
from interventions.filming.rules import (
    find_consent_date_error,
    find_delete_by_error,
    find_deletion_date_error,
    find_filming_date_error,
    find_shared_review_date_error,
    find_withdrawal_date_error,
)
from pairs.families.actions import mark_entered_in_error
from pairs.families.last_day import find_last_day_error, validate_living
from pairs.families.models import Caregiver, Dyad, Family
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all


@transaction.atomic
def begin_film_cycle(
    *,
    episode: Episode,
    dyad: Dyad,
    intervention: Intervention,
    consent_by: Caregiver,
    consented_on: date,
    consent_for: str,
    by: User,
) -> FilmCycle:
    """Begin a cycle with the family's consent: who, when and for what. A dyad's cycles are numbered."""
    episode = _lock_family_and_episode(episode)
    if episode.ended_on:
        raise ActionRefused("This episode has ended.")
    _refuse(
        "consented_on",
        find_consent_date_error(day=consented_on, opened=episode.opened_on, on=timezone.localdate()),
    )
    _validate_people(episode, dyad, consent_by, consented_on)
    last = FilmCycle.objects.filter(episode=episode, dyad=dyad).aggregate(last=Max("number"))["last"]
    return FilmCycle.objects.create(
        episode=episode,
        dyad=dyad,
        intervention=intervention,
        number=(last or 0) + 1,
        consent_by=consent_by,
        consented_on=consented_on,
        consent_for=consent_for,
        recorded_by=by,
    )


def _lock_family_and_episode(episode: Episode) -> Episode:
    """Lock the family first, in the same order as a merge."""
    Family.objects.select_for_update(no_key=True).get(pk=episode.family_id)
    return Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)


def _validate_people(episode: Episode, dyad: Dyad, consent_by: Caregiver, consented_on: date) -> None:
    strange = {
        name: "Choose from this family." if row.family_id != episode.family_id or row.is_hidden else ""
        for name, row in (("dyad", dyad), ("consent_by", consent_by))
    }
    after_loss = "A loss is recorded. New questions about this baby have stopped."
    refuse_all(
        strange,
        {"dyad": after_loss if dyad.infant.lost_on else ""},
        lambda: validate_living("dyad", [dyad.caregiver]),
        lambda: validate_living("consent_by", [consent_by], consented_on),
    )


def _refuse(field: str, problem: str) -> None:
    if problem:
        raise ActionRefused({field: problem})


@transaction.atomic
def record_filming(
    *, film: FilmCycle, filmed_on: date, kept_where: str, delete_by: date, by: User
) -> FilmCycle:
    """Record that the film was made, where it is kept and until when. A second call corrects these."""
    film = _lock_film(film)
    if film.deleted_on:
        raise ActionRefused("The recording is deleted.")
    problem = find_filming_date_error(day=filmed_on, film=film.recording, on=timezone.localdate())
    _refuse("filmed_on", problem or find_last_day_error([film.dyad], filmed_on))
    _refuse("delete_by", find_delete_by_error(day=delete_by, filmed_on=filmed_on))
    if not kept_where.strip():
        raise ActionRefused({"kept_where": "Enter where the recording is kept."})
    return film.change(filmed_on=filmed_on, kept_where=kept_where.strip(), delete_by=delete_by)


def _lock_film(film: FilmCycle, *, sealed_too: bool = False) -> FilmCycle:
    locked = FilmCycle.objects.select_for_update(of=("self",)).get(pk=film.pk)
    if locked.is_entered_in_error or (locked.is_sealed and not sealed_too):
        raise ActionRefused("This cycle has just been marked as entered in error.")
    return locked


@transaction.atomic
def record_shared_review(*, film: FilmCycle, reviewed_on: date, by: User) -> FilmCycle:
    """Record the shared review: the film was watched together with the family."""
    film = _lock_film(film)
    problem = find_shared_review_date_error(day=reviewed_on, film=film.recording, on=timezone.localdate())
    _refuse("reviewed_on", problem or find_last_day_error([film.dyad.caregiver], reviewed_on))
    return film.change(reviewed_on=reviewed_on)


@transaction.atomic
def withdraw_film_consent(*, film: FilmCycle, withdrawn_on: date, by: User) -> FilmCycle:
    """Record that consent was withdrawn: from that day the recording is due to be deleted."""
    film = _lock_film(film)
    problem = find_withdrawal_date_error(day=withdrawn_on, film=film.recording, on=timezone.localdate())
    _refuse("withdrawn_on", problem)
    return film.change(withdrawn_on=withdrawn_on)


@transaction.atomic
def record_deletion(
    *, film: FilmCycle, deleted_on: date, by: User, copy_given_to: Caregiver | None = None
) -> FilmCycle:
    """Record that our recording was deleted, and who was given a copy (after a loss it may be all they have).

    The one change allowed in a record sealed by adoption: sealing must not keep a recording.
    """
    film = _lock_film(film, sealed_too=True)
    problem = find_deletion_date_error(day=deleted_on, film=film.recording, on=timezone.localdate())
    _refuse("deleted_on", problem)
    family = FilmCycle.objects.values_list("episode__family", flat=True).get(pk=film.pk)
    if copy_given_to and copy_given_to.family_id != family:
        raise ActionRefused({"copy_given_to": "Choose from this family."})
    validate_living("copy_given_to", [copy_given_to], deleted_on)
    return film.change(deleted_on=deleted_on, deleted_by=by, copy_given_to=copy_given_to)


@transaction.atomic
def mark_film_in_error(*, film: FilmCycle, reason: str, by: User) -> FilmCycle:
    """Mark a cycle as entered in error. Refused while a recording exists."""
    film = _lock_film(film)
    if film.recording.exists:
        raise ActionRefused(
            "A recording is stored under this cycle. First record it in the right family, "
            "then record its deletion here."
        )
    mark_entered_in_error(record=film, reason=reason, by=by)
    return film
