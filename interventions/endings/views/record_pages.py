"""What every page of an ending shows of the family's record, and paths to its pages."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from pairs.access.requests import ScopedRequest
from pairs.families.banner import get_family_name
from pairs.families.models import Family
from pairs.families.record_pages import render_record_page


def render_ending_page(
    request: ScopedRequest, template: str, family: Family, typed: Any = None, **context: Any
) -> HttpResponse:
    """Render a page with the family's banner, its open alerts and the form's submission token."""
    shared = {"typed": typed, "submission_token": typed.token} if typed else {}
    shared |= {"name": get_family_name(family)}
    return render_record_page(request, f"endings/{template}.html", family, **shared, **context)


def get_ending_path(ending: Any) -> str:
    """The path of the episode once it has ended, until then of the draft."""
    name = "episode" if ending.completed_at else "end-episode"
    return reverse(name, args=[ending.episode_id])


def get_keepsake_path(keepsake: Any) -> str:
    return reverse("keepsake", args=[keepsake.pk])
