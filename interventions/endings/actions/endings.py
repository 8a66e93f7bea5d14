"""An ending prepared and completed, and an episode opened again when its ending was a mistake."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from interventions.endings.models import Ending, EndingPart, HandedOn, Reopening
from interventions.endings.open_work import open_work_of
from interventions.endings.rules.endings import Open, why_not_complete, why_not_settled
from interventions.episodes.actions import end_episode
from interventions.episodes.models import Episode
from pairs.families.models import Dyad, Infant
from pairs.service.models import User
from pairs.service.refusals import Refused

SAID = (
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
CHANGED = "This list has changed since the page was opened. Please look at it once more."


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
    """Save the ending as it stands, and with ``complete`` end the episode by it.

    ``said``: the fields of SAID. ``changed``: {dyad id: what has changed for the two}. ``handed_on``: {key of an
    open thing: who takes it on}; what is refused about one of them stands under its key.
    """
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on:
        raise Refused("This episode has ended already.")
    open_work = open_work_of(episode)
    handed = {key: who.strip() for key, who in handed_on.items() if who.strip()}
    if set(handed) - {each.key for each in open_work}:
        raise Refused(CHANGED)
    dyads = {dyad.pk: dyad for dyad in dyads_of(episode)}
    if set(changed) - set(dyads):
        raise Refused("Choose from this family.")
    if complete:
        _check(said, open_work, handed)
    ending = _saved(episode, said, by)
    _write_parts(ending, dyads, changed)
    _write_handed_on(ending, open_work, handed)
    return _completed(ending, by) if complete else ending


def _check(said: Mapping[str, Any], open_work: list[Open], handed: Mapping[str, str]) -> None:
    errors = why_not_complete(said=said) | why_not_settled(open_work, handed)
    if errors:
        raise Refused(errors)


def _saved(episode: Episode, said: Mapping[str, Any], by: User) -> Ending:
    values = {name: said[name] for name in SAID}
    ending = Ending.objects.filter(episode=episode).first()
    return (
        ending.change(**values) if ending else Ending.objects.create(episode=episode, begun_by=by, **values)
    )


def _write_parts(ending: Ending, dyads: Mapping[UUID, Dyad], changed: Mapping[UUID, str]) -> None:
    """Each dyad's own words. The older words stay in the history."""
    written = {part.dyad_id: part for part in ending.parts.live()}
    for pk, text in changed.items():
        if pk in written:
            written[pk].change(text=text.strip())
        elif text.strip():
            EndingPart.objects.create(ending=ending, dyad=dyads[pk], text=text.strip())


def dyads_of(episode: Episode) -> list[Dyad]:
    """Every two of the family, the ones in focus first; after a loss nobody is asked what has changed."""
    dyads = Dyad.objects.live().current().filter(family=episode.family_id, infant__in=Infant.objects.active())
    focus = set(episode.focus.values_list("pk", flat=True))
    rows = dyads.select_related("infant", "caregiver").order_by("-main_carer", "created_at")
    return sorted(rows, key=lambda dyad: dyad.pk not in focus)


def _write_handed_on(ending: Ending, open_work: list[Open], handed: Mapping[str, str]) -> None:
    what = {each.key: each for each in open_work}
    known = {row.key: row for row in ending.handed_on.live()}
    for key, who in handed.items():
        if key in known:
            known[key].change(to_whom=who)
        else:
            each = what[key]
            HandedOn.objects.create(
                ending=ending, code=each.code, subject_id=each.subject_id, what=each.what[:300], to_whom=who
            )


def _completed(ending: Ending, by: User) -> Ending:
    """The episode ends by what the ending says; which ways of working end with it is kept, to be undone by."""
    episode = ending.episode
    assert ending.ended_on  # the rule has asked for it
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
    """Undo an ending on the wrong day or the wrong record. What it said is kept, and goes on as a draft."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if episode.ended_on is None:
        raise Refused("This episode is open.")
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
    _go_on(episode, _draft_again(episode, by))
    return undone


def _draft_again(episode: Episode, by: User) -> Ending | None:
    """The ending as a draft; of an episode that ended without one, what it said begins one."""
    ending = Ending.objects.filter(episode=episode).first()
    if ending is None:
        Ending.objects.create(
            episode=episode, begun_by=by, ended_on=episode.ended_on, reason=episode.ending_reason,
            summary=episode.ending_summary, held_next_by=episode.held_next_by,
        )  # fmt: skip
    return ending


def _go_on(episode: Episode, ending: Ending | None) -> None:
    """The ways of working that ended with the episode go on; those that ended before stay ended."""
    last: date | None = episode.ended_on
    theirs = episode.uses.filter(pk__in=ending.uses_ended) if ending else episode.uses.filter(ended_on=last)
    for use in theirs:
        use.change(ended_on=None)
    if ending:
        ending.change(completed_at=None, completed_by=None, uses_ended=[])
    episode.change(ended_on=None, ending_reason="", ending_summary="", held_next_by="")
