"""What every page of this app shows of a family's record, and the redirect after a saved form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert


def render_collaboration_page(
    request: ScopedRequest, template: str, family: Family, typed: Any = None, **context: Any
) -> HttpResponse:
    """Render a page with the family's banner, its open alerts and the form's submission token."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts),
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"collaboration/{template}.html", shared | context)


def redirect_with_message(request: ScopedRequest, path: str, said: str) -> HttpResponse:
    """Show the message on the page at this path."""
    messages.success(request, said)
    return redirect(path)
