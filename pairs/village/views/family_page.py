"""A page under the family's banner that is no form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access.requests import ScopedRequest
from pairs.families.banner import build_banner
from pairs.families.models import Family


def render_family_page(request: ScopedRequest, template: str, family: Family, **context: Any) -> HttpResponse:
    """A record page of the village."""
    shared = {"family": family, "banner": build_banner(family)}
    return render(request, f"village/{template}.html", shared | context)
