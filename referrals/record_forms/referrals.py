"""A referral: made, followed, added to and withdrawn by whoever made it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from pairs.submissions.record_forms import RecordForm, RecordLookup
from referrals.actions import make_referral
from referrals.actions.additions import add_to_referral
from referrals.actions.steps import withdraw_by_referrer
from referrals.forms import BabyFormSet, CarerFormSet, WholeReferralForm
from referrals.forms.people import BaseBabyFormSet, BaseCarerFormSet
from referrals.forms.steps import AdditionForm, OwnWithdrawalForm
from referrals.models import Addition, Referral
from referrals.rules.choices import EntryPoint


class StaffOrReferrerLookup(RecordLookup):
    """The record for staff in scope; else for whoever made it and their team: ``within`` says which of the two."""

    def get_record(self, may: Any) -> Any:
        try:
            return super().get_record(may)
        except Http404:
            self.within = "made_by"
            return super().get_record(may)


class MakeReferral(RecordForm):
    """All pages of a referral in one: for another system, which has no pages."""

    form_class = WholeReferralForm
    formset_classes = {"infants": BabyFormSet, "caregivers": CarerFormSet}

    def save(
        self, form: WholeReferralForm, infants: BaseBabyFormSet, caregivers: BaseCarerFormSet
    ) -> Referral:
        people = {"infants": infants.rows(), "caregivers": caregivers.rows()}
        return make_referral(by=self.request.user, entry_point=EntryPoint.API, **form.cleaned_data, **people)


class AddToReferral(StaffOrReferrerLookup, RecordForm):
    """Whoever referred adds something, or staff type what they were told."""

    form_class = AdditionForm

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.select_related("site")

    def save(self, form: AdditionForm) -> Addition:
        return add_to_referral(referral=self.record, by=self.request.user, **form.cleaned_data)


class WithdrawOwnReferral(RecordForm):
    """Whoever referred withdraws it: at once, or once we have told the family."""

    form_class, within = OwnWithdrawalForm, "made_by"

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.select_related("site")

    def save(self, form: OwnWithdrawalForm) -> Referral:
        withdraw_by_referrer(referral=self.record, by=self.request.user, **form.cleaned_data)
        return self.record
