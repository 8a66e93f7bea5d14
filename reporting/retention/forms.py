"""Forms about retention, for pages and the API."""

from typing import Any

from django import forms

from pairs.service.models import Site
from pairs.web.date_fields import make_day_field
from reporting.retention.rules import MIN_REASON_LENGTH, DecisionKind


def make_reason_field(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=MIN_REASON_LENGTH,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
    )


def make_check_field() -> forms.DateField:
    return make_day_field("Check the hold on", help_text="A date within a year.")


class HoldFamilyForm(forms.Form):
    """Why this record must not be destroyed, and when that is looked at again."""

    reason = make_reason_field(
        "Why must this record be kept?", "For example: a public inquiry, a complaint, a court case."
    )
    review_on = make_check_field()


class HoldSiteForm(HoldFamilyForm):
    """The same of every record of a site."""

    field_order = ["site", "reason", "review_on"]
    site = forms.ModelChoiceField(Site.objects.none(), label="Site", empty_label="Choose a site")

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites


class ProlongHoldForm(forms.Form):
    """When to look at it again."""

    review_on = make_check_field()


class EndHoldForm(forms.Form):
    """Why it is no longer needed."""

    because = make_reason_field("Why is the hold no longer needed?")


class DecideRetentionForm(forms.Form):
    """Keep on, until when; or destroy. And why."""

    conditional = ("review_on",)
    reveals = {"kind": {DecisionKind.KEEP.value: "review_on"}}

    kind = forms.ChoiceField(label="What do you decide?", choices=DecisionKind, widget=forms.RadioSelect)
    review_on = make_day_field("Next review", required=False)
    reason = make_reason_field("Why?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("kind") == DecisionKind.KEEP
            and not cleaned.get("review_on")
            and not self.errors.get("review_on")
        ):
            self.add_error("review_on", "Enter when the record is to be reviewed next.")
        return cleaned


class ConfirmForm(forms.Form):
    """Nothing to fill in: the question is whether."""
