"""What each form about a risk alert is about and does."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from pairs.families import actions, forms
from pairs.families.models import Family, RiskAlert, RiskAlertStep
from pairs.families.record_forms import FamilyRecordLookup
from pairs.submissions.record_forms import RecordForm


class RaiseAlert(FamilyRecordLookup, RecordForm):
    """An alert about a family: lead and duty hear at once."""

    model, form_class = Family, forms.NewAlertForm

    def save(self, form: forms.NewAlertForm) -> RiskAlert:
        return actions.raise_risk_alert(
            site=self.family.site, family=self.family, by=self.request.user, **form.cleaned_data
        )


class AnswerAlert(RecordForm):
    """What was done about an alert, of a family or of a referral before there is one."""

    form_class = forms.AnswerAlertForm

    def get_records(self) -> QuerySet[RiskAlert]:
        return RiskAlert.objects.select_related("site", "raised_by", "lead", "family")

    def get_record(self, may: Any) -> RiskAlert:
        """Whoever thinks with us may read it, and raise another; they may not answer it."""
        alert = super().get_record(may)
        only_read = self.request.scope.may_only_read(at=alert.site_id, of=alert.family_id)
        if self.request.method == "POST" and only_read:
            raise PermissionDenied
        return alert

    def save(self, form: forms.AnswerAlertForm) -> RiskAlertStep:
        answer, note = form.cleaned_data["answer"], form.cleaned_data["note"]
        return actions.answer_risk_alert(alert=self.record, kind=answer, note=note, by=self.request.user)
