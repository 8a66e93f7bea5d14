"""What a family that comes back told us last time: the newest ending before a day, for whoever picks up the story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from interventions.endings.models import Ending
from interventions.episodes.models import Episode, Goal
from pairs.access.fetch import fetch_list
from referrals.rules.clocks import is_return


@dataclass(frozen=True)
class Story:
    """The last time: when it ended, what had changed, what helped, what was hoped for, who was to hold them."""

    episode_id: UUID
    href: str
    opened_on: date
    ended_on: date
    reason: str
    summary: str
    helped: str
    held_next_by: str
    goals: tuple[str, ...]


def story_before(
    request: HttpRequest, *, families: Iterable[UUID], received: date, not_of: UUID | None = None
) -> Story | None:
    """The newest episode of these families that ended within the twelve months before ``received``, in scope.

    Through the doors of access, so that whose story was read is written down. ``not_of``: the episode that is
    being looked at. A carer's own episode tells its story to nobody else's.
    """
    ended = _ended_before(Episode.objects.filter(family__in=list(families), ended_on__lte=received), not_of)
    return newest_story(fetch_list(request, ended), received)


def ended_on_page(episode: UUID, family: UUID) -> QuerySet:
    """Those that may have a story, by the ids of an episode and its family, which were fetched in scope."""
    ended = Episode.objects.live().filter(family=family, ended_on__isnull=False)
    return _ended_before(ended, episode).only(
        "opened_on", "ended_on", "ending_reason", "ending_summary", "held_next_by"
    )


def newest_story(ended: Iterable[Episode], received: date) -> Story | None:
    """Of these episodes, the newest ending first: the one within twelve months before that day."""
    last = next((episode for episode in ended if episode.ended_on <= received), None)
    return _story(last) if last and is_return(ended=last.ended_on, received=received) else None


def _ended_before(episodes: QuerySet, not_of: UUID | None) -> QuerySet:
    """With what helped and what was hoped for; nobody is told a carer's own."""
    endings = Ending.objects.live().filter(episode=OuterRef("pk"))
    goals = Goal.objects.live().filter(episode=OuterRef("pk")).once_each()
    told = {"helped": Subquery(endings.values("helped")[:1]), "hopes": ArraySubquery(goals.values("words"))}
    ended = episodes.filter(referral__patient=None).exclude(pk=not_of).annotate(**told)
    return ended.order_by("-ended_on", "-opened_on")


def _story(episode: Any) -> Story:
    return Story(
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
