"""What the forms of a change of lead and of absences are about and do, for pages and API alike."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.utils import timezone

from interventions.episodes.record_forms.episodes import EpisodeForm
from interventions.workforce import actions
from interventions.workforce.forms import AbsenceForm, ChangeLeadForm, NewAbsenceForm
from interventions.workforce.models import Absence, LeadChange
from pairs.access.scope import Scope
from pairs.service.models import Site, User
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm


class ChangeLead(EpisodeForm):
    form_class = ChangeLeadForm
    today_fields = ("since",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"episode": self.record}

    def save(self, form: ChangeLeadForm) -> LeadChange:
        return actions.change_lead(episode=self.record, by=self.request.user, **form.cleaned_data)


def may_change_absence(scope: Scope, absence: Absence) -> bool:
    """One's own, or at a site where one supervises."""
    return absence.person_id == scope.user_id or scope.may("supervise", at=absence.site_id)


class RecordAbsence(RecordForm):
    """Of oneself, or of a colleague whom one supervises."""

    form_class = NewAbsenceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        scope = self.request.scope
        supervised = scope.sites("supervise")
        people = User.objects.with_permission("write_records", at=supervised or scope.sites("write_records"))
        sites = Site.objects.filter(pk__in=scope.sites("write_records", "supervise")).order_by("name")
        return {"people": people if supervised else people.filter(pk=scope.user_id), "sites": sites}

    def get_initial(self) -> dict[str, Any]:
        return {"person": self.request.user.pk}

    def save(self, form: NewAbsenceForm) -> Absence:
        return actions.record_absence(by=self.request.user, **form.cleaned_data)


class AbsenceRecordForm(RecordForm):
    """About an absence that is not over, by whoever may change it (else 403)."""

    def get_records(self) -> QuerySet[Any]:
        return (
            Absence.objects.standing().unended(timezone.localdate()).select_related("person", "cover", "site")
        )

    def get_record(self, may: Any) -> Absence:
        absence = super().get_record(None)
        if not may_change_absence(self.request.scope, absence):
            raise PermissionDenied
        return absence


class ChangeAbsence(AbsenceRecordForm, EditForm):
    form_class = AbsenceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"sites": [self.record.site_id]}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in ("starts_on", "ends_on")} | {
            "cover": self.record.cover_id
        }

    def save(self, form: AbsenceForm) -> Absence:
        return actions.change_absence(absence=self.record, **form.cleaned_data)


class CancelAbsence(AbsenceRecordForm):
    form_class = Form

    def save(self, form: Form) -> Absence:
        return actions.cancel_absence(absence=self.record, by=self.request.user)
