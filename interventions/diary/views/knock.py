"""Before you knock: one phone screen with what to know before one goes."""

from django.shortcuts import render

from interventions.diary.facts import knocking
from interventions.diary.models import Appointment, coming_visits
from interventions.diary.shown import stopped, visit_row
from interventions.episodes.models import Episode
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.opened import family_of


@policy.permission("read_families")
def before_you_knock(request, episode_id):
    """Of an episode: with its next visit, if one is booked."""
    episode = fetch(request, Episode.objects.all(), pk=episode_id)
    visits = fetch_list(request, coming_visits(episode).with_all())
    return _knock(request, episode.family_id, episode, visits[0] if visits else None)


@policy.permission("read_families")
def visit_before_you_knock(request, appointment_id):
    """Of one visit: also a first one, before there is an episode."""
    row = fetch(request, Appointment.objects.with_all(), pk=appointment_id)
    return _knock(request, row.family_id, row.work, row)


def _knock(request, family_id, episode, row):
    family = family_of(request, family_id)
    (facts,) = knocking(request, [(family, episode)])
    context = {
        "family": family,
        "episode": episode,
        "facts": facts,
        "visit": visit_row(row, family) if row and not stopped(row) else None,
        "banner": banner_of(family, alerts=facts["alerts"]),
    }
    return render(request, "diary/before_you_knock.html", context)
