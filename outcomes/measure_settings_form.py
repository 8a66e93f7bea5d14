"""The form of what the service chose about one measure."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from referrals.rules.choices import ThriveGrouping


class MeasureSettingsForm(forms.Form):
    """Core or not, with which ways of working, in which THRIVE groupings."""

    core = forms.BooleanField(label="It is in the service’s core set", required=False)
    interventions = forms.ModelMultipleChoiceField(
        label="Offer it first with these ways of working",
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
            del self.fields["core"]

    def clean(self) -> dict[str, Any]:
        return {"core": False} | super().clean()
