"""A referral: made, followed, added to and withdrawn by whoever made it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from pairs.families.models import Caregiver
from pairs.families.record_forms import FamilyRecordLookup
from pairs.service.models import User
from pairs.submissions.record_forms import RecordForm, RecordLookup
from referrals.actions import make_referral
from referrals.actions.additions import add_to_referral
from referrals.actions.carer_referral import refer_caregiver
from referrals.actions.handover import hand_over_referrals, list_handover_recipients, list_handover_sources
from referrals.actions.steps import withdraw_by_referrer
from referrals.forms import BabyFormSet, CarerFormSet, CarerReferralForm, WholeReferralForm
from referrals.forms.people import BaseBabyFormSet, BaseCarerFormSet
from referrals.forms.steps import AdditionForm, HandOverForm, OwnWithdrawalForm
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
        return Referral.objects.select_related("site").with_withdrawal_request()

    def save(self, form: OwnWithdrawalForm) -> Referral:
        withdraw_by_referrer(referral=self.record, by=self.request.user, **form.cleaned_data)
        return self.record


class HandOverReferrals(RecordForm):
    """Every referral of one's own, or of a colleague who has left, goes to somebody else of the team."""

    form_class = HandOverForm

    def get_form_kwargs(self) -> dict[str, Any]:
        by = self.request.user
        return {"whose": list_handover_sources(by), "to": list_handover_recipients(by)}

    def save(self, form: HandOverForm) -> User:
        hand_over_referrals(by=self.request.user, **form.cleaned_data)
        return self.request.user


class ReferCaregiver(FamilyRecordLookup, RecordForm):
    """A carer of a family we hold is referred for help of their own."""

    model, may, form_class = Caregiver, "register_people", CarerReferralForm

    def save(self, form: CarerReferralForm) -> Referral:
        return refer_caregiver(caregiver=self.record, by=self.request.user, **form.cleaned_data)
