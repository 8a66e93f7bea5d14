"""What every page of this app shows of a family's record."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert


def render_collaboration_page(
    request: ScopedRequest, template: str, family: Family, **context: Any
) -> HttpResponse:
    """Render a page with the family's banner and its open alerts."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts),
    }
    return render(request, f"collaboration/{template}.html", shared | context)
