"""What every page of an ending shows of the family's record, and paths to its pages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert


def render_ending_page(
    request: ScopedRequest, template: str, family: Family, typed: Any = None, **context: Any
) -> HttpResponse:
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


def get_ending_path(ending: Any) -> str:
    """The path of the episode once it has ended, until then of the draft."""
    name = "episode" if ending.completed_at else "end-episode"
    return reverse(name, args=[ending.episode_id])


def get_keepsake_path(keepsake: Any) -> str:
    return reverse("keepsake", args=[keepsake.pk])
