"""The previous episode of a family that returns: how it ended and what helped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from interventions.endings.models import Ending
from interventions.episodes.models import Episode, Goal
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from referrals.rules.clocks import is_return


@dataclass(frozen=True)
class PreviousEpisode:
    """Summary of the previous episode: dates, ending, what helped, goals, who held the family next."""

    episode_id: UUID
    href: str
    opened_on: date
    ended_on: date
    reason: str
    summary: str
    helped: str
    held_next_by: str
    goals: tuple[str, ...]


def find_previous_episode(
    request: ScopedRequest, *, families: Iterable[UUID], received: date, not_of: UUID | None = None
) -> PreviousEpisode | None:
    """The newest episode of these families that ended within the twelve months before ``received``, in scope.

    Fetched through pairs.access, so that reading it is logged. ``not_of``: the episode that is
    being shown. A carer's own episode is never shown with another's.
    """
    ended = _annotate_ended_episodes(
        Episode.objects.filter(family__in=list(families), ended_on__lte=received), not_of
    )
    return choose_previous_episode(list_visible(request, ended), received)


def query_ended_episodes(episode: UUID, family: UUID) -> QuerySet:
    """Ended episodes that may be shown as the previous one, by ids that were fetched in scope."""
    ended = Episode.objects.live().filter(family=family, ended_on__isnull=False)
    return _annotate_ended_episodes(ended, episode).only(
        "opened_on", "ended_on", "ending_reason", "ending_summary", "held_next_by"
    )


def choose_previous_episode(ended: Iterable[Episode], received: date) -> PreviousEpisode | None:
    """The newest of these episodes (newest first) if it ended within twelve months before ``received``."""
    last = next((episode for episode in ended if episode.ended_on <= received), None)
    return (
        _build_previous_episode(last) if last and is_return(ended=last.ended_on, received=received) else None
    )


def _annotate_ended_episodes(episodes: QuerySet, not_of: UUID | None) -> QuerySet:
    """Annotate ``helped`` and ``hopes``, newest first; a carer's own episodes are excluded."""
    endings = Ending.objects.live().filter(episode=OuterRef("pk"))
    goals = Goal.objects.live().filter(episode=OuterRef("pk")).once_each()
    told = {"helped": Subquery(endings.values("helped")[:1]), "hopes": ArraySubquery(goals.values("words"))}
    ended = episodes.filter(referral__patient=None).exclude(pk=not_of).annotate(**told)
    return ended.order_by("-ended_on", "-opened_on")


def _build_previous_episode(episode: Any) -> PreviousEpisode:
    return PreviousEpisode(
        episode_id=episode.pk,
        href=reverse("episode", args=[episode.pk]),
        opened_on=episode.opened_on,
        ended_on=episode.ended_on,
        reason=episode.get_ending_reason_display(),
        summary=episode.ending_summary,
        helped=episode.helped or "",
        held_next_by=episode.held_next_by,
        goals=tuple(episode.hopes),
    )
