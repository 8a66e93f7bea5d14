"""Choosing between a referral and the record of somebody whom we held already."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.forms import Form

from pairs.families.record_forms import OwnSiteLookup
from pairs.submissions.record_forms import RecordForm
from referrals.actions.differences import list_open_differences, settle_differences
from referrals.forms.differences import BaseDifferenceFormSet, DifferenceFormSet, build_difference_formset
from referrals.models import Referral


class SettleDifferences(OwnSiteLookup, RecordForm):
    """All that one referral says otherwise, at once."""

    may, form_class = "register_people", Form
    formset_classes = {"differences": DifferenceFormSet}

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.with_people().select_related("family").exclude(family=None)

    @cached_property
    def open_differences(self) -> list[Any]:
        return list_open_differences(self.record)

    def get_formset_classes(self) -> dict[str, Any]:
        return {"differences": build_difference_formset(self.open_differences)}

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        return [{"difference": f"{named.pk}:{number}"} for named, number, _ in self.open_differences]

    def save(self, form: Form, differences: BaseDifferenceFormSet) -> Referral:
        return settle_differences(referral=self.record, chosen=differences.chosen(), by=self.request.user)
