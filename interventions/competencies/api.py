"""The API of competences, of what interventions ask for, and of sign-offs."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.competencies import record_forms
from interventions.competencies.models import Competence, DeliverySignOff
from interventions.competencies.rules import Needs
from interventions.episodes.models import Intervention
from pairs.access import policy
from pairs.access.visible_records import get_visible_or_404
from pairs.api.views import ActionApi, ListApi, RecordApi


class CompetenceOut(serializers.ModelSerializer):
    """What somebody is trained in; without ``intervention`` in none in particular."""

    intervention = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = Competence
        fields = [
            "id", "site", "person", "intervention", "training", "trained_on", "level", "accredited_by",
            "accredited_until",
        ]  # fmt: skip


@policy.permission("write_records", "supervise", POST="supervise")
class CompetenceList(record_forms.RecordCompetence, ListApi):
    """GET: competences of oneself and of colleagues. POST: record one."""

    serializer_class = CompetenceOut

    def get_rows(self) -> QuerySet[Any]:
        return Competence.objects.select_related("intervention").order_by("created_at", "pk")

    def get_shown_records(self) -> QuerySet[Any]:
        return Competence.objects.select_related("intervention")


@policy.permission("write_records", "supervise", PATCH="supervise")
class CompetenceDetail(record_forms.ChangeCompetence, RecordApi):
    """GET: a competence. PATCH: another level, or a renewed accreditation."""

    serializer_class = CompetenceOut


@policy.permission("supervise")
class CompetenceRemoval(record_forms.RemoveCompetence, ActionApi):
    """Remove a competence that was recorded wrongly."""

    serializer_class = CompetenceOut

    def get_shown_record(self, pk: Any) -> Any:
        """As it was: what was removed is out of sight."""
        return self.record


class RequirementOut(serializers.ModelSerializer):
    """An intervention, and what it asks of whoever delivers it."""

    needs = serializers.SerializerMethodField()

    class Meta:
        model = Intervention
        fields = ["code", "name", "needs"]

    def get_needs(self, intervention: Intervention) -> str:
        requirement = getattr(intervention, "requirement", None)
        return requirement.needs if requirement else Needs.NOTHING


@policy.permission("read_families", *record_forms.REQUIREMENT_EDITORS)
class RequirementList(ListApi):
    """What each intervention asks of whoever delivers it."""

    serializer_class = RequirementOut

    def get_rows(self) -> QuerySet[Any]:
        return Intervention.objects.select_related("requirement").order_by("order", "name")


@policy.permission("read_families", *record_forms.REQUIREMENT_EDITORS, PATCH=record_forms.REQUIREMENT_EDITORS)
class RequirementDetail(record_forms.SetRequirement, RecordApi):
    """GET: what an intervention asks of whoever delivers it. PATCH: change it."""

    serializer_class = RequirementOut

    def get_shown_record(self, pk: Any) -> Any:
        return get_visible_or_404(self.request, self.get_records(), pk=pk)


class SignOffOut(serializers.ModelSerializer):
    """How an intervention is delivered by a lead who may not deliver it alone, and who signed that off."""

    class Meta:
        model = DeliverySignOff
        fields = [
            "id", "use", "person", "arrangement", "by_colleague", "by_outside", "note", "signed_by", "created_at",
        ]  # fmt: skip


@policy.permission("read_families", POST="supervise")
class SignOffList(record_forms.SignOffDelivery, ListApi):
    """GET: sign-offs of an intervention that an episode uses, newest first. POST: sign off."""

    serializer_class = SignOffOut

    def get_rows(self) -> QuerySet[Any]:
        return DeliverySignOff.objects.filter(use=self.record)
