"""What an episode's page shows of its ending: the story before, the draft, how it ended, what can be done then."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from interventions.endings.before import ended_on_page, newest_story
from interventions.endings.models import Ending, HandedOn, Reopening
from interventions.episodes.models import Episode
from pairs.access.records import live_q, related_fields


def parts_of_ending(episode: UUID, family: UUID) -> dict[str, QuerySet]:
    """{part: QuerySet} by the ids of an episode and its family, which were fetched in scope."""
    handed_on = HandedOn.objects.live().filter(live_q("ending__"), ending__episode=episode)
    reopenings = Reopening.objects.live().filter(episode=episode).select_related("reopened_by")
    return {
        "endings": Ending.objects.live().filter(episode=episode).only(*ENDING),
        "handed_on": handed_on.order_by("created_at", "id").only("what", "to_whom"),
        "reopenings": reopenings.order_by("reopened_at").only(
            "reopened_at", "because", "ended_on", *related_fields("reopened_by", "display_name", "username")
        ),
        "ended_before": ended_on_page(episode, family),
    }


ENDING = ("ended_on", "preparing", "planned", "together", "helped", "way_back")


def ending_of(request: HttpRequest, parts: dict[str, list], episode: Episode) -> dict[str, Any]:
    """What templates/endings/_on_episode.html shows, of the rows of ``parts_of_ending`` and the episode's referral."""
    ending = next(iter(parts["endings"]), None)
    return {
        "draft": ending if ending and not episode.ended_on else None,
        "ending": ending if episode.ended_on else None,
        "handed_on": parts["handed_on"],
        "reopenings": parts["reopenings"],
        "story": newest_story(parts["ended_before"], timezone.localdate(episode.referral.received_at)),
        "may_reopen": bool(episode.ended_on) and request.scope.may("supervise", at=episode.site_id),
    }
