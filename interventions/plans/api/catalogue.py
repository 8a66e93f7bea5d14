"""The API of the catalogue of ways of working."""

from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Intervention
from interventions.plans.actions import keep_intervention
from interventions.plans.api.shapes import InterventionOut
from interventions.plans.forms import InterventionForm, values_of
from interventions.plans.views.catalogue import KEEPERS
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch

WAY = Sheet(form=InterventionForm)


@policy.permission("read_families", *KEEPERS)
@extend_schema(responses=InterventionOut(many=True))
@api_view(["GET"])
def interventions(request):
    """Every way of working, the retired ones among them (they have their day)."""
    return Response(InterventionOut(Intervention.objects.visible_to(request._request.scope), many=True).data)


@policy.permission(*KEEPERS, PATCH=KEEPERS)
@extend_schema(request=schema_of(WAY, "Intervention"), responses=InterventionOut)
@api_view(["GET", "PATCH"])
def intervention(request, way_id):
    """One; PATCH changes what is sent and leaves the rest."""
    found = fetch(request._request, Intervention.objects.all(), code=way_id)
    if request.method == "PATCH":
        form = WAY.read_over(values_of(found), request.data)
        found = keep_intervention(intervention=found, by=request.user, **form.cleaned_data)
    return Response(InterventionOut(found).data)
