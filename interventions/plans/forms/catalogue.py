"""The form of one intervention of the catalogue."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from interventions.episodes.rules import DeliveryFormat, InterventionShape
from referrals.rules.choices import ThriveGrouping


class InterventionForm(forms.Form):
    """An intervention's catalogue entry. Its SNOMED code is filled in by the service."""

    name = forms.CharField(label="Name", max_length=120)
    shape = forms.ChoiceField(label="Its shape", choices=InterventionShape, widget=forms.RadioSelect)
    given = forms.ChoiceField(
        label="With one family or in a group",
        choices=[("", "Not stated"), *DeliveryFormat.choices],
        required=False,
    )
    sessions_from = forms.IntegerField(label="Sessions, from", min_value=1, max_value=500, required=False)
    sessions_to = forms.IntegerField(label="Sessions, to", min_value=1, max_value=500, required=False)
    thrive = forms.MultipleChoiceField(
        label="THRIVE groupings it is for",
        choices=ThriveGrouping.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    delivered_by = forms.CharField(
        label="Who may deliver it",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Training, accreditation or role, as your service has agreed it.",
    )
    snomed_code = forms.CharField(
        label="SNOMED CT code",
        max_length=18,
        required=False,
        validators=[RegexValidator(r"^\d{6,18}$", "A SNOMED CT code has 6 to 18 digits.")],
        help_text="From your terminology lead. Leave empty until it has been checked.",
    )

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        few, many = said.get("sessions_from"), said.get("sessions_to")
        if few and many and many < few:
            self.add_error("sessions_to", "This is fewer than the first number.")
        return said


def build_intervention_initial(intervention: Any) -> dict[str, Any]:
    """Initial values from an existing intervention."""
    return {name: getattr(intervention, name) for name in InterventionForm.base_fields}
