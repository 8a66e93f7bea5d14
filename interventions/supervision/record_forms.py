"""What each form of planned supervision is about and does."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseFormSet, Form
from django.utils import timezone

from interventions.diary.booking_warnings import list_staff_warnings
from interventions.supervision.actions import (
    cancel_supervision,
    finish_decision,
    plan_supervision,
    record_supervision,
    reopen_decision,
)
from interventions.supervision.forms import (
    DecisionFormSet,
    NewSupervisionForm,
    PlanSupervisionForm,
    list_decisions,
)
from interventions.supervision.models import CaseDecision, PlannedSupervision, SupervisionSession
from pairs.families.record_forms import FamilyRecordLookup
from pairs.submissions.actions import parse_token
from pairs.submissions.record_forms import RecordForm


class PlanSupervision(RecordForm):
    """A session that is to be: it is in both diaries."""

    form_class = PlanSupervisionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.scope, "by": self.request.user}

    def list_warnings(self, form: PlanSupervisionForm) -> list[str]:
        wanted = form.details()
        both = [self.request.user.pk, wanted["supervisee"].pk]
        return list_staff_warnings(both, [(wanted["starts_at"], wanted["minutes"])])

    def save(self, form: PlanSupervisionForm) -> PlannedSupervision:
        return plan_supervision(by=self.request.user, **form.details())


class RecordSupervision(RecordForm):
    """A session that was: one's own that was planned, where the address names it, or any other."""

    form_class = NewSupervisionForm
    formset_classes = {"decisions": DecisionFormSet}

    @cached_property
    def planned(self) -> PlannedSupervision | None:
        pk = parse_token(self.request.GET.get("planned"))
        mine = PlannedSupervision.objects.standing().filter(supervisor=self.request.user)
        return mine.visible_to(self.request.scope).filter(pk=pk).first() if pk else None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.scope, "by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        planned, today = self.planned, timezone.localdate()
        if planned is None:
            return {"held_on": today}
        day = min(timezone.localdate(planned.starts_at), today)
        known = {"supervisee": planned.supervisee_id, "site": planned.site_id, "minutes": planned.minutes}
        return known | {"held_on": day}

    def save(self, form: NewSupervisionForm, decisions: BaseFormSet) -> SupervisionSession:
        what = dict(form.cleaned_data) | {"planned": self.planned, "decisions": list_decisions(decisions)}
        return record_supervision(kind=what.pop("sort"), by=self.request.user, **what)


class DecisionForm(FamilyRecordLookup, RecordForm):
    """About what supervision decided."""

    may, form_class = "write_records", Form

    def get_records(self) -> QuerySet[Any]:
        return CaseDecision.objects.select_related("owner")


class FinishDecision(DecisionForm):
    def save(self, form: Form) -> CaseDecision:
        return finish_decision(decision=self.record, by=self.request.user)


class ReopenDecision(DecisionForm):
    """It was marked as done by mistake."""

    def save(self, form: Form) -> CaseDecision:
        return reopen_decision(decision=self.record, by=self.request.user)


class CancelSupervision(RecordForm):
    """One's own that will not be."""

    form_class = Form

    def get_records(self) -> QuerySet[Any]:
        return PlannedSupervision.objects.standing().filter(supervisor=self.request.user)

    def save(self, form: Form) -> PlannedSupervision:
        return cancel_supervision(planned=self.record, by=self.request.user)
