"""Forms of outreach: plan or change a session, record it, cancel it."""

from typing import Any

from django import forms

from pairs.service.models import Place, Site, SiteQuerySet, User, UserQuerySet
from pairs.web.session_times import SessionTimesForm


class OutreachForm(SessionTimesForm):
    """With which community, when and where, and who leads."""

    community = forms.CharField(
        label="Which community is it for?", max_length=120,
        help_text="For example young parents, or families in temporary accommodation.",
        error_messages={"required": "Enter which community the session is for"},
    )  # fmt: skip
    place = forms.ModelChoiceField(
        Place.objects.all(), label="District", to_field_name="code", empty_label="Choose",
        error_messages={"required": "Choose the district"},
    )  # fmt: skip
    venue = forms.CharField(label="Venue", max_length=120, required=False)
    partner = forms.CharField(
        label="Partner in the community", max_length=120, required=False,
        help_text="A group or organisation that people trust.",
    )  # fmt: skip
    lead = forms.ModelChoiceField(
        User.objects.none(), label="Who leads it?", empty_label="Choose",
        error_messages={"required": "Choose who leads it"},
    )  # fmt: skip
    field_order: tuple[str, ...] = (
        "community",
        "place",
        "venue",
        "partner",
        "held_on",
        "starts",
        "ends",
        "lead",
    )

    def __init__(self, *args: Any, leads: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads

    def details(self) -> dict[str, Any]:
        """Keyword arguments of the actions."""
        known = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("held_on", "starts", "ends")
        }
        return known | self.get_times()


class NewOutreachForm(OutreachForm):
    """With the site whose session it is."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label="Which site holds it?", to_field_name="code", empty_label=None
    )
    field_order = ("site", *OutreachForm.field_order)

    def __init__(self, *args: Any, sites: SiteQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites


def make_number_field(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=5000, error_messages={"required": "Enter a number, or 0"}
    )


class RecordOutreachForm(forms.Form):
    """How many came, and what was heard."""

    parents = make_number_field("How many parents and carers?")
    children = make_number_field("How many children?")
    professionals = make_number_field("How many professionals?")
    heard = forms.CharField(
        label="What did people tell us?", max_length=5000, required=False, widget=forms.Textarea,
        help_text="Leave out names.",
    )  # fmt: skip


class CancelOutreachForm(forms.Form):
    """Why it does not take place."""

    because = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Enter why"})
