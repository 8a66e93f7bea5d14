"""What the pages about a family's people share: the person with their family, and a page with one form."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.models import Caregiver, Family, RiskAlert


def get_carer_and_family(
    request: ScopedRequest, caregiver_id: UUID, may: str | None = None
) -> tuple[Any, ...]:
    """(the carer, their family)."""
    carer = get_visible_or_404(request, Caregiver.objects.all(), pk=caregiver_id)
    return carer, get_family(request, carer.family_id, may)


def list_open_alerts(request: ScopedRequest, family: Family) -> list[RiskAlert]:
    """Open alerts, for the banner."""
    return list_visible(request, RiskAlert.objects.open().filter(family=family))


def render_form_page(
    request: ScopedRequest,
    family: Family,
    typed: Any,
    form: Form,
    *,
    title: str,
    button: str,
    back: str,
    text: Sequence[str] = (),
    earlier: Sequence[str] = (),
    danger: Any = False,
) -> HttpResponse:
    """A page with the family's banner and one form. ``text``: paragraphs before it; ``earlier``: lines after it."""
    context = {
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "family": family,
        "form": form,
        "submission_token": typed.token,
        "title": title,
        "button": button,
        "back": back,
        "text": text,
        "earlier": earlier,
        "danger": danger,
    }
    return render(request, "families/form_page.html", context)
