"""What a family that comes back told us last time: the newest ending before a day, for whoever picks up the story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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
    ended = Episode.objects.filter(family__in=list(families), ended_on__lte=received)
    ended = ended.filter(referral__patient=None).exclude(pk=not_of).order_by("-ended_on", "-opened_on")
    last = next(iter(fetch_list(request, ended)), None)
    return _story(last) if last and is_return(ended=last.ended_on, received=received) else None


def _story(episode: Episode) -> Story:
    ending = Ending.objects.live().filter(episode=episode).first()
    goals = Goal.objects.live().filter(episode=episode).once_each()
    return Story(
        episode_id=episode.pk,
        href=reverse("episode", args=[episode.pk]),
        opened_on=episode.opened_on,
        ended_on=episode.ended_on,
        reason=episode.get_ending_reason_display(),
        summary=episode.ending_summary,
        helped=ending.helped if ending else "",
        held_next_by=episode.held_next_by,
        goals=tuple(goals.values_list("words", flat=True)),
    )
