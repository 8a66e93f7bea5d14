"""One answer to a referral."""

from django import forms

from pairs.service.models import Site
from referrals.rules.words import RESPONSES, THRIVE_GROUPINGS


class CarerChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, carer):
        return f"{carer.name}, {carer.get_relationship_display().lower()}"


class Decision(forms.Form):
    """One answer to a referral; what it needs depends on the answer."""

    response = forms.ChoiceField(
        label="What would help?", choices=RESPONSES, widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer"},
    )  # fmt: skip
    site = forms.ModelChoiceField(
        label="At which site?", queryset=Site.objects.none(), to_field_name="code", required=False, empty_label=None,
        help_text="For direct and joint work.",
    )  # fmt: skip
    thrive = forms.ChoiceField(
        label="Thrive grouping", choices=[("", "Choose"), *THRIVE_GROUPINGS], required=False,
        help_text="Provisional, until agreed with the family.",
    )  # fmt: skip
    thrive_reason = forms.CharField(label="Why this grouping?", max_length=300, required=False)
    left_out = CarerChoice(
        label="Does anyone named stay a mention only?", queryset=None, required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Everyone else becomes a carer in the family's record.",
    )  # fmt: skip
    reason = forms.CharField(
        label="If not for us now: the reason", max_length=300, required=False,
        help_text="In words the family would recognise.",
    )  # fmt: skip
    destination = forms.CharField(
        label="If not for us now: where can the family turn?", max_length=200, required=False
    )

    def __init__(self, *args, referral, sites, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        self.fields["site"].initial = referral.site.code
        self.fields["left_out"].queryset = referral.caregivers.live()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("response") in ("direct", "joint"):
            for name, words in (("thrive", "Choose a grouping"), ("thrive_reason", "Say why this grouping")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned

    def details(self):
        """Keyword arguments of decide_referral."""
        return self.cleaned_data | {"left_out": [carer.pk for carer in self.cleaned_data["left_out"]]}
