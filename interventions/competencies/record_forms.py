"""What the forms of competences and sign-offs are about and do, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet

from interventions.competencies import actions, forms
from interventions.competencies.models import Competence, DeliverySignOff
from interventions.competencies.rules import Needs
from interventions.episodes.models import Intervention, InterventionUse
from interventions.episodes.record_forms.episodes import EpisodeRecordForm
from pairs.access.visible_records import get_visible_or_404
from pairs.service.models import Site, User
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

REQUIREMENT_EDITORS = ("supervise", "manage_accounts")  # as of the catalogue of interventions


class RecordCompetence(RecordForm):
    """Of colleagues at the sites where one supervises."""

    form_class = forms.NewCompetenceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        sites = self.request.scope.sites("supervise")
        return {
            "people": User.objects.with_permission("write_records", at=sites),
            "sites": Site.objects.filter(pk__in=sites),
        }

    def save(self, form: forms.NewCompetenceForm) -> Competence:
        return actions.record_competence(by=self.request.user, **form.cleaned_data)


class CompetenceRecordForm(RecordForm):
    """A form about a competence, by whoever supervises at its site."""

    may = "supervise"
    record: Competence

    def get_records(self) -> QuerySet[Any]:
        return Competence.objects.select_related("person", "intervention", "site")


class ChangeCompetence(CompetenceRecordForm, EditForm):
    form_class = forms.CompetenceForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in forms.CompetenceForm.base_fields}

    def save(self, form: forms.CompetenceForm) -> Competence:
        return actions.change_competence(competence=self.record, by=self.request.user, **form.cleaned_data)


class RemoveCompetence(CompetenceRecordForm):
    form_class = forms.RemoveCompetenceForm

    def save(self, form: forms.RemoveCompetenceForm) -> Competence:
        return actions.remove_competence(competence=self.record, by=self.request.user, **form.cleaned_data)


class SetRequirement(EditForm):
    """What an intervention of the catalogue asks of whoever delivers it."""

    form_class = forms.RequirementForm
    record: Intervention

    def get_records(self) -> QuerySet[Any]:
        return Intervention.objects.select_related("requirement")

    def get_record(self, may: Any) -> Intervention:
        return get_visible_or_404(self.request, self.get_records(), code=self.kwargs["way_id"])

    def get_initial(self) -> dict[str, Any]:
        requirement = getattr(self.record, "requirement", None)
        return {"needs": requirement.needs if requirement else Needs.NOTHING}

    def save(self, form: forms.RequirementForm) -> Intervention:
        return actions.set_requirement(intervention=self.record, by=self.request.user, **form.cleaned_data)


def query_colleagues() -> QuerySet[User]:
    """Who could supervise a delivery, or deliver: at any site."""
    return User.objects.with_permission("write_records", "supervise", at=Site.objects.values("pk"))


class SignOffDelivery(EpisodeRecordForm):
    """Of an intervention that an episode uses."""

    may = "supervise"
    form_class = forms.SignOffForm
    record: InterventionUse

    def get_records(self) -> QuerySet[Any]:
        return InterventionUse.objects.select_related("episode__lead", "intervention")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"colleagues": query_colleagues()}

    def save(self, form: forms.SignOffForm) -> DeliverySignOff:
        return actions.sign_off_delivery(use=self.record, by=self.request.user, **form.cleaned_data)
