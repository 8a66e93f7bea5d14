"""Requests to the hub as whoever asks may reach them: as readers of the family's record, or as the hub's own staff."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404

from interventions.collaboration.models import HubRequest, HubRequestStep
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.models import Family

WITHIN_HUB = "asked_of"


def get_hub_request_and_family(request: ScopedRequest, ask_id: UUID) -> tuple[Any, Any]:
    """(request, family) for readers of the record; (request, None) for hub staff, who see the question."""
    rows = HubRequest.objects.with_people()
    try:
        ask = get_visible_or_404(request, rows, pk=ask_id)
    except Http404:
        return get_visible_or_404(request, rows, pk=ask_id, within=WITHIN_HUB), None
    return ask, get_visible_or_404(
        request, Family.objects.with_people().select_related("site"), pk=ask.family_id
    )


def load_steps_by_request(request: ScopedRequest, asks: Page | list[Any]) -> dict[UUID, list[Any]]:
    """{request id: its steps} for the requests on the page."""
    found: dict[UUID, list[Any]] = {ask.pk: [] for ask in asks}
    steps = HubRequestStep.objects.filter(ask__in=list(found)).select_related("by")
    for step in list_visible(request, steps):
        found[step.ask_id].append(step)
    return found
