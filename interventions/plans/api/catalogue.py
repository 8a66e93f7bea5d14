"""API of the catalogue of interventions."""

from typing import Any

from django.db.models import QuerySet

from interventions.episodes.models import Intervention
from interventions.plans.api.serializers import InterventionOut
from interventions.plans.record_forms import CATALOGUE_EDITORS, EditIntervention
from pairs.access import policy
from pairs.api.views import ListApi, RecordApi


@policy.permission("read_families", *CATALOGUE_EDITORS)
class InterventionList(ListApi):
    """Every intervention, including retired ones, which have ``retired_on``."""

    serializer_class = InterventionOut

    def get_rows(self) -> QuerySet[Any]:
        return Intervention.objects.all()


@policy.permission(*CATALOGUE_EDITORS, PATCH=CATALOGUE_EDITORS)
class InterventionDetail(EditIntervention, RecordApi):
    """GET: one intervention. PATCH: change the fields that are sent."""

    serializer_class = InterventionOut
