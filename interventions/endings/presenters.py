"""Presents the ending on the episode's page: previous episode, draft, completed ending, reopening."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from interventions.endings.models import Ending, HandoverItem, Reopening
from interventions.endings.previous_episode import choose_previous_episode, query_ended_episodes
from interventions.episodes.models import Episode
from pairs.access.records import list_related_fields, live_q
from pairs.access.requests import ScopedRequest


def build_ending_queries(episode: UUID, family: UUID) -> dict[str, QuerySet]:
    """{part: QuerySet} for the page, by ids of an episode and its family that were fetched in scope."""
    handed_on = HandoverItem.objects.live().filter(live_q("ending__"), ending__episode=episode)
    reopenings = Reopening.objects.live().filter(episode=episode).select_related("reopened_by")
    return {
        "endings": Ending.objects.live().filter(episode=episode).only(*ENDING_COLUMNS),
        "handed_on": handed_on.order_by("created_at", "id").only("what", "to_whom"),
        "reopenings": reopenings.order_by("reopened_at").only(
            "reopened_at",
            "because",
            "ended_on",
            *list_related_fields("reopened_by", "display_name", "username"),
        ),
        "ended_before": query_ended_episodes(episode, family),
    }


ENDING_COLUMNS = ("ended_on", "preparing", "planned", "together", "helped", "way_back")


def present_ending(request: ScopedRequest, parts: dict[str, list], episode: Episode) -> dict[str, Any]:
    """The context of templates/endings/_on_episode.html, from the rows of those queries and the episode."""
    ending = next(iter(parts["endings"]), None)
    return {
        "draft": ending if ending and not episode.ended_on else None,
        "ending": ending if episode.ended_on else None,
        "handed_on": parts["handed_on"],
        "reopenings": parts["reopenings"],
        "story": choose_previous_episode(
            parts["ended_before"], timezone.localdate(episode.referral.received_at)
        ),
        "may_reopen": bool(episode.ended_on) and request.scope.may("supervise", at=episode.site_id),
    }
