"""API of the catalogue of interventions."""

from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes.models import Intervention
from interventions.plans.actions import save_intervention
from interventions.plans.api.serializers import InterventionOut
from interventions.plans.forms import InterventionForm, build_intervention_initial
from interventions.plans.views.catalogue import CATALOGUE_EDITORS
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404

INTERVENTION_INPUT = FormInput(form=InterventionForm)


@policy.permission("read_families", *CATALOGUE_EDITORS)
@extend_schema(responses=InterventionOut(many=True))
@api_view(["GET"])
def list_interventions_api(request):
    """List every intervention, including retired ones, which have ``retired_on``."""
    return Response(InterventionOut(Intervention.objects.visible_to(request._request.scope), many=True).data)


@policy.permission(*CATALOGUE_EDITORS, PATCH=CATALOGUE_EDITORS)
@extend_schema(request=build_input_serializer(INTERVENTION_INPUT, "Intervention"), responses=InterventionOut)
@api_view(["GET", "PATCH"])
def show_or_change_intervention(request: Request, way_id: str) -> Response:
    """GET: one intervention. PATCH: change the fields that are sent."""
    found = get_visible_or_404(request._request, Intervention.objects.all(), code=way_id)
    if request.method == "PATCH":
        form = INTERVENTION_INPUT.read_patch(build_intervention_initial(found), request.data)
        found = save_intervention(intervention=found, by=request.user, **form.cleaned_data)
    return Response(InterventionOut(found).data)
