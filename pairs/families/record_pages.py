"""What a page under a family's banner shows of the record."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Family, RiskAlert


def build_family_banner(request: ScopedRequest, family: Family) -> dict[str, Any]:
    """The banner with the family's open alerts, which are noted in the access log."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    return build_banner(family, alerts=alerts)


def render_record_page(request: ScopedRequest, template: str, family: Family, **context: Any) -> HttpResponse:
    """A page that is no form: ``family`` and ``banner`` are in its context."""
    shared = {"family": family, "banner": build_family_banner(request, family)}
    return render(request, template, shared | context)
