"""A page to look at together with one carer: their own measures and goals, with nothing of another carer's."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from outcomes.summary import present_caregiver_outcomes
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.banner import build_banner
from pairs.families.models import Caregiver, Family


@policy.permission("read_families")
def show_shared_progress(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """What has changed for this carer and each baby, in pictures, numbers and words."""
    carer = get_visible_or_404(request, Caregiver.objects.all(), pk=caregiver_id)
    family = get_visible_or_404(request, Family.objects.with_people(), pk=carer.family_id)
    context = {
        "carer": carer,
        "outcomes": present_caregiver_outcomes(request.scope, carer),
        "banner": _build_carer_banner(family, carer),
    }
    return render(request, "outcomes/together.html", context)


def _build_carer_banner(family: Any, carer: Caregiver) -> dict[str, Any]:
    """The banner as this carer may see it, on screen or paper: only their own babies.

    No alerts, cautions, needs or ways of safe contact: what is known about one carer must not be shown to another.
    """
    theirs = {dyad.infant_id for dyad in family.dyads.all() if dyad.caregiver_id == carer.pk}
    told = build_banner(family, above=())
    people = zip(family.infants.all(), told["people"], strict=True)
    return told | {
        "people": [shown for infant, shown in people if infant.pk in theirs]
        or [_describe_carer_alone(carer)],
        "alerts": [],
        "safe": [],
        "needs": [],
    }


def _describe_carer_alone(carer):
    """Banner entry of a carer without a baby in this family: the carer only."""
    return {"name": carer.name or "Carer not yet named", "born": "Carer", "nhs_number": carer.nhs_number}
