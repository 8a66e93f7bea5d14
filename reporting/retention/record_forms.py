"""What each form about retention is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pairs.access.opening_reasons import ask_reason_for_records
from pairs.families.models import Family
from pairs.families.record_forms import FamilyRecordLookup, OwnSiteLookup
from pairs.service.models import Site
from pairs.submissions.record_forms import RecordForm
from reporting.retention import actions, forms
from reporting.retention.models import RetentionDecision, RetentionHold
from reporting.retention.rules import LONGEST_HOLD

GOVERNANCE = "govern_records"


class OfFamily(FamilyRecordLookup, RecordForm):
    """About a family's record. A grant of this very family does not do."""

    model, may = Family, GOVERNANCE

    def get_record(self, may: Any) -> Family:
        ask_reason_for_records(self.request)
        return super().get_record(may)


class DecideRetention(OfFamily):
    """What becomes of it."""

    form_class = forms.DecideRetentionForm

    def save(self, form: forms.DecideRetentionForm) -> RetentionDecision:
        return actions.decide_retention(family=self.record, by=self.request.user, **form.cleaned_data)


class HoldFamily(OfFamily):
    """A hold on one record."""

    form_class = forms.HoldFamilyForm

    def get_initial(self) -> dict[str, Any]:
        return {"review_on": timezone.localdate() + LONGEST_HOLD}

    def save(self, form: forms.HoldFamilyForm) -> RetentionHold:
        return actions.hold_records(
            site=self.record.site, family=self.record, by=self.request.user, **form.cleaned_data
        )


class HoldSite(RecordForm):
    """A hold on every record of a site that this person governs."""

    form_class = forms.HoldSiteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"sites": Site.objects.filter(pk__in=self.request.scope.sites(GOVERNANCE))}

    def get_initial(self) -> dict[str, Any]:
        return {"review_on": timezone.localdate() + LONGEST_HOLD}

    def save(self, form: forms.HoldSiteForm) -> RetentionHold:
        return actions.hold_records(family=None, by=self.request.user, **form.cleaned_data)


class OfHold(RecordForm):
    """About a hold."""

    record: RetentionHold

    def get_records(self) -> QuerySet[Any]:
        return RetentionHold.objects.with_names()


class ProlongHold(OfHold):
    form_class = forms.ProlongHoldForm

    def get_initial(self) -> dict[str, Any]:
        return {"review_on": timezone.localdate() + LONGEST_HOLD}

    def save(self, form: forms.ProlongHoldForm) -> RetentionHold:
        return actions.prolong_hold(hold=self.record, **form.cleaned_data)


class EndHold(OfHold):
    form_class = forms.EndHoldForm

    def save(self, form: forms.EndHoldForm) -> RetentionHold:
        return actions.end_hold(hold=self.record, by=self.request.user, **form.cleaned_data)


class OfDecision(OwnSiteLookup, RecordForm):
    """About a decision to destroy a record, while it stands."""

    form_class = forms.ConfirmForm
    record: RetentionDecision

    def get_records(self) -> QuerySet[Any]:
        ask_reason_for_records(self.request)
        return RetentionDecision.objects.to_destroy().with_names()


class ConfirmDestruction(OfDecision):
    """By the second person."""

    def save(self, form: forms.ConfirmForm) -> RetentionDecision:
        return actions.confirm_destruction(decision=self.record, by=self.request.user)


class WithdrawDestruction(OfDecision):
    """By either of them, or a third."""

    def save(self, form: forms.ConfirmForm) -> RetentionDecision:
        return actions.withdraw_destruction(decision=self.record, by=self.request.user)
