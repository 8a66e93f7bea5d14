"""What is done with a film: consent recorded, filmed, watched together, consent withdrawn, deleted."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from interventions.episodes.models import Episode, Intervention
from interventions.filming.models import FilmCycle
from interventions.filming.rules import (
    why_not_consented_on,
    why_not_delete_by,
    why_not_deleted_on,
    why_not_filmed_on,
    why_not_reviewed_on,
    why_not_withdrawn_on,
)
from pairs.families.actions import mark_entered_in_error
from pairs.families.models import Caregiver, Dyad, Family
from pairs.service.models import User
from pairs.service.refusals import Refused


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
    """The family has agreed to be filmed: who, when and for what. The cycles of a relationship are numbered."""
    episode = _locked(episode)
    if episode.ended_on:
        raise Refused("This episode has ended.")
    _refuse(
        "consented_on",
        why_not_consented_on(day=consented_on, opened=episode.opened_on, on=timezone.localdate()),
    )
    _check_people(episode, dyad, consent_by)
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


def _locked(episode: Episode) -> Episode:
    """The family first, as a merge does."""
    Family.objects.select_for_update(no_key=True).get(pk=episode.family_id)
    return Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)


def _check_people(episode: Episode, dyad: Dyad, consent_by: Caregiver) -> None:
    if dyad.family_id != episode.family_id or dyad.is_out_of_sight:
        raise Refused({"dyad": "Choose from this family."})
    if dyad.infant.lost_on:
        raise Refused({"dyad": "There has been a loss. Nothing new is asked about this baby."})
    if consent_by.family_id != episode.family_id or consent_by.is_out_of_sight:
        raise Refused({"consent_by": "Choose from this family."})


def _refuse(field: str, problem: str) -> None:
    if problem:
        raise Refused({field: problem})


@transaction.atomic
def record_filming(
    *, film: FilmCycle, filmed_on: date, kept_where: str, delete_by: date, by: User
) -> FilmCycle:
    """The film was made: where the recording is kept, and until when. Given again, it puts what was said right."""
    film = _film(film)
    if film.deleted_on:
        raise Refused("The recording is deleted.")
    problem = why_not_filmed_on(day=filmed_on, film=film.recording, on=timezone.localdate())
    _refuse("filmed_on", problem)
    _refuse("delete_by", why_not_delete_by(day=delete_by, filmed_on=filmed_on))
    if not kept_where.strip():
        raise Refused({"kept_where": "Say where the recording is kept."})
    return film.change(filmed_on=filmed_on, kept_where=kept_where.strip(), delete_by=delete_by)


def _film(film: FilmCycle, *, sealed_too: bool = False) -> FilmCycle:
    locked = FilmCycle.objects.select_for_update(of=("self",)).get(pk=film.pk)
    if locked.is_entered_in_error or (locked.is_sealed and not sealed_too):
        raise Refused("This cycle is out of view since a moment ago.")
    return locked


@transaction.atomic
def record_shared_review(*, film: FilmCycle, reviewed_on: date, by: User) -> FilmCycle:
    """The family and we watched it together."""
    film = _film(film)
    problem = why_not_reviewed_on(day=reviewed_on, film=film.recording, on=timezone.localdate())
    _refuse("reviewed_on", problem)
    return film.change(reviewed_on=reviewed_on)


@transaction.atomic
def withdraw_film_consent(*, film: FilmCycle, withdrawn_on: date, by: User) -> FilmCycle:
    """The family no longer agrees: from that day the recording is due to be deleted."""
    film = _film(film)
    problem = why_not_withdrawn_on(day=withdrawn_on, film=film.recording, on=timezone.localdate())
    _refuse("withdrawn_on", problem)
    return film.change(withdrawn_on=withdrawn_on)


@transaction.atomic
def record_deletion(
    *, film: FilmCycle, deleted_on: date, by: User, copy_given_to: Caregiver | None = None
) -> FilmCycle:
    """Our recording is gone; whoever asked for a copy may have it (after a loss it may be all they have).

    A record that an adoption sealed changes no more, but for this: a recording does not stay because it is sealed.
    """
    film = _film(film, sealed_too=True)
    problem = why_not_deleted_on(day=deleted_on, film=film.recording, on=timezone.localdate())
    _refuse("deleted_on", problem)
    family = FilmCycle.objects.values_list("episode__family", flat=True).get(pk=film.pk)
    if copy_given_to and copy_given_to.family_id != family:
        raise Refused({"copy_given_to": "Choose from this family."})
    return film.change(deleted_on=deleted_on, deleted_by=by, copy_given_to=copy_given_to)


@transaction.atomic
def mark_film_in_error(*, film: FilmCycle, reason: str, by: User) -> FilmCycle:
    """The cycle was never, or is another family's. A recording that exists has to be dealt with first."""
    film = _film(film)
    if film.recording.exists:
        raise Refused(
            "A recording is kept under this cycle. Record it in the right family first, and its deletion here."
        )
    mark_entered_in_error(record=film, reason=reason, by=by)
    return film
