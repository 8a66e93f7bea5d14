"""The form of what the service chose about one measure."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from outcomes.rules import AgeBand
from referrals.rules.choices import ThriveGrouping


class MeasureSettingsForm(forms.Form):
    """Core or not, with which ways of working, in which THRIVE groupings."""

    core_for = forms.MultipleChoiceField(
        label="Ages at which it is in the service’s core set",
        help_text="Where no core measure fits a baby’s age, none is requested and the pair rate omits the baby.",
        choices=AgeBand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interventions = forms.ModelMultipleChoiceField(
        label="Offer it first with these interventions",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    thrive = forms.MultipleChoiceField(
        label="THRIVE groupings it is offered in",
        help_text="As your service has agreed; no published mapping is known to us.",
        choices=ThriveGrouping.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, sheet: Any, ways: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interventions"].queryset = ways
        if not sheet.may_be_core:
            del self.fields["core_for"]

    def clean(self) -> dict[str, Any]:
        return {"core_for": []} | super().clean()
