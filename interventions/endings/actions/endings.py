"""Prepares and completes an ending; reopens an episode whose ending was a mistake."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.endings.models import Ending, EndingPart, HandoverItem, Reopening
from interventions.endings.outstanding_work import list_outstanding_work
from interventions.endings.rules.endings import (
    OutstandingItem,
    find_missing_ending_fields,
    find_unsettled_items,
)
from interventions.episodes.actions import end_episode
from interventions.episodes.models import Episode
from pairs.families.models import Dyad, Infant
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

ENDING_FIELDS = (
    "ended_on",
    "reason",
    "together",
    "planned",
    "preparing",
    "summary",
    "helped",
    "held_next_by",
    "way_back",
)
LIST_CHANGED = "This list has changed since you opened the page. Check it again."


@transaction.atomic
def prepare_ending(
    *,
    episode: Episode,
    said: Mapping[str, Any],
    changed: Mapping[UUID, str],
    handed_on: Mapping[str, str],
    complete: bool,
    by: User,
) -> Ending:
    """Save the ending as a draft; with ``complete`` also end the episode.

    ``said``: the fields of ENDING_FIELDS. ``changed``: {dyad id: what has changed}. ``handed_on``: {key of an
    outstanding item: who takes it on}; errors about an item are raised under its key.
    """
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on:
        raise ActionRefused("This episode has already ended.")
    open_work = list_outstanding_work(episode)
    handed = {key: who.strip() for key, who in handed_on.items() if who.strip()}
    if set(handed) - {each.key for each in open_work}:
        raise ActionRefused(LIST_CHANGED)
    dyads = {dyad.pk: dyad for dyad in list_family_dyads(episode)}
    if set(changed) - set(dyads):
        raise ActionRefused("Choose from this family.")
    if complete:
        _validate_completion(said, open_work, handed)
    ending = _save_ending(episode, said, by)
    _write_parts(ending, dyads, changed)
    _write_handed_on(ending, open_work, handed)
    return _complete_ending(ending, by) if complete else ending


def _validate_completion(
    said: Mapping[str, Any], open_work: list[OutstandingItem], handed: Mapping[str, str]
) -> None:
    errors = find_missing_ending_fields(said=said) | find_unsettled_items(open_work, handed)
    if errors:
        raise ActionRefused(errors)


def _save_ending(episode: Episode, said: Mapping[str, Any], by: User) -> Ending:
    values = {name: said[name] for name in ENDING_FIELDS}
    ending = Ending.objects.filter(episode=episode).first()
    return (
        ending.change(**values) if ending else Ending.objects.create(episode=episode, begun_by=by, **values)
    )


def _write_parts(ending: Ending, dyads: Mapping[UUID, Dyad], changed: Mapping[UUID, str]) -> None:
    """Save the text of each dyad. Earlier texts stay in the history."""
    written = {part.dyad_id: part for part in ending.parts.live()}
    for pk, text in changed.items():
        if pk in written:
            written[pk].change(text=text.strip())
        elif text.strip():
            EndingPart.objects.create(ending=ending, dyad=dyads[pk], text=text.strip())


def list_family_dyads(episode: Episode) -> list[Dyad]:
    """The family's current dyads with living infants, those in focus first."""
    dyads = Dyad.objects.live().current().filter(family=episode.family_id, infant__in=Infant.objects.active())
    focus = set(episode.focus.values_list("pk", flat=True))
    rows = dyads.select_related("infant", "caregiver").order_by("-main_carer", "created_at")
    return sorted(rows, key=lambda dyad: dyad.pk not in focus)


def _write_handed_on(ending: Ending, open_work: list[OutstandingItem], handed: Mapping[str, str]) -> None:
    what = {each.key: each for each in open_work}
    known = {row.key: row for row in ending.handed_on.live()}
    for key, who in handed.items():
        if key in known:
            known[key].change(to_whom=who)
        else:
            each = what[key]
            HandoverItem.objects.create(
                ending=ending, code=each.code, subject_id=each.subject_id, what=each.what, to_whom=who
            )


def _complete_ending(ending: Ending, by: User) -> Ending:
    """End the episode. Which interventions end with it is recorded, so that it can be undone."""
    episode = ending.episode
    assert ending.ended_on  # _validate_completion has required it
    uses = list(episode.uses.filter(ended_on=None).values_list("pk", flat=True))
    end_episode(
        episode=episode,
        ended_on=ending.ended_on,
        reason=ending.reason,
        summary=ending.summary,
        held_next_by=ending.held_next_by,
        by=by,
    )
    return ending.change(completed_at=timezone.now(), completed_by=by, uses_ended=uses)


@transaction.atomic
def reopen_episode(*, episode: Episode, because: str, by: User) -> Reopening:
    """Undo an ending on the wrong day or record. Its text is kept and becomes a draft again."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on is None:
        raise ActionRefused("This episode is open.")
    undone = Reopening.objects.create(
        episode=episode,
        reopened_at=timezone.now(),
        reopened_by=by,
        because=because,
        ended_on=episode.ended_on,
        reason=episode.ending_reason,
        summary=episode.ending_summary,
        held_next_by=episode.held_next_by,
    )
    _resume_interventions(episode, _restore_ending_draft(episode, by))
    return undone


def _restore_ending_draft(episode: Episode, by: User) -> Ending | None:
    """The ending that was completed; if the episode ended without one, start a draft from its fields."""
    ending = Ending.objects.filter(episode=episode).first()
    if ending is None:
        Ending.objects.create(
            episode=episode, begun_by=by, ended_on=episode.ended_on, reason=episode.ending_reason,
            summary=episode.ending_summary, held_next_by=episode.held_next_by,
        )  # fmt: skip
    return ending


def _resume_interventions(episode: Episode, ending: Ending | None) -> None:
    """Resume the interventions that ended with the episode; those ended earlier stay ended."""
    last: date | None = episode.ended_on
    theirs = episode.uses.filter(pk__in=ending.uses_ended) if ending else episode.uses.filter(ended_on=last)
    for use in theirs:
        use.change(ended_on=None)
    if ending:
        ending.change(completed_at=None, completed_by=None, uses_ended=[])
    episode.change(ended_on=None, ending_reason="", ending_summary="", held_next_by="")
