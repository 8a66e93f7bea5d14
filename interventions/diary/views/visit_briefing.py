"""The visit briefing ("before you knock"): one phone screen with what to know before a visit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from interventions.diary.models import Appointment, query_coming_visits
from interventions.diary.presenters import build_visit_row, get_stop_reason
from interventions.diary.visit_briefing import build_visit_briefings
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner


@policy.permission("read_families")
def show_episode_briefing(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """The briefing of an episode, with its next visit if one is booked."""
    episode = get_visible_or_404(request, Episode.objects.all(), pk=episode_id)
    visits = list_visible(request, query_coming_visits(episode).with_all())
    return _render_briefing(request, episode.family_id, episode, visits[0] if visits else None)


@policy.permission("read_families")
def show_visit_briefing(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """The briefing of one visit, including a first visit before there is an episode."""
    row = get_visible_or_404(request, Appointment.objects.with_all(), pk=appointment_id)
    return _render_briefing(request, row.family_id, row.work, row)


def _render_briefing(
    request: ScopedRequest, family_id: UUID, episode: Episode, row: Appointment | Any | None
) -> HttpResponse:
    family = get_family(request, family_id)
    (facts,) = build_visit_briefings(request, [(family, episode)])
    context = {
        "family": family,
        "episode": episode,
        "facts": facts,
        "visit": build_visit_row(row, family) if row and not get_stop_reason(row) else None,
        "banner": build_banner(family, alerts=facts["alerts"]),
    }
    return render(request, "diary/before_you_knock.html", context)
