"""What every page of an ending shows of the family's record, and paths to its pages."""

from django.shortcuts import render
from django.urls import reverse

from pairs.access.visible_records import list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import RiskAlert


def render_ending_page(request, template, family, typed=None, **context):
    """Render a page with the family's banner, its open alerts and the form's submission token."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts),
    }
    if typed:
        shared |= {"typed": typed, "submission_token": typed.token}
    return render(request, f"endings/{template}.html", shared | context)


def get_episode_path(episode):
    return reverse("episode", args=[episode.pk])


def get_ending_path(ending):
    """The path of the episode once it has ended, until then of the draft."""
    name = "episode" if ending.completed_at else "end-episode"
    return reverse(name, args=[ending.episode_id])


def get_keepsake_path(keepsake):
    return reverse("keepsake", args=[keepsake.pk])
