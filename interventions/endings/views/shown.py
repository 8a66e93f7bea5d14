"""What every page of an ending shows, and where its links lead."""

from django.shortcuts import render
from django.urls import reverse

from pairs.access.fetch import fetch_list
from pairs.families.banner import banner_of, family_name
from pairs.families.models import RiskAlert


def page(request, template, family, typed=None, **context):
    """A record page of this room: the banner with its alerts, and the token of what is being typed."""
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    shared = {"family": family, "name": family_name(family), "banner": banner_of(family, alerts=alerts)}
    if typed:
        shared |= {"typed": typed, "submission_token": typed.token}
    return render(request, f"endings/{template}.html", shared | context)


def to_episode(episode):
    return reverse("episode", args=[episode.pk])


def to_ending(ending):
    """The episode once it has ended; until then the draft."""
    name = "episode" if ending.completed_at else "end-episode"
    return reverse(name, args=[ending.episode_id])


def to_keepsake(keepsake):
    return reverse("keepsake", args=[keepsake.pk])
