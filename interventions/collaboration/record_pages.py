"""What every page of this app shows of a family's record."""

from typing import Any

from django.http import HttpResponse

from pairs.access.requests import ScopedRequest
from pairs.families.banner import get_family_name
from pairs.families.models import Family
from pairs.families.record_pages import render_record_page


def render_collaboration_page(
    request: ScopedRequest, template: str, family: Family, **context: Any
) -> HttpResponse:
    """Render a page with the family's banner and its open alerts."""
    name = get_family_name(family)
    return render_record_page(request, f"collaboration/{template}.html", family, name=name, **context)
