"""Forms of outreach: plan or change a session, record it, cancel it."""

from typing import Any

from django import forms
from django.conf import settings

from pairs.service.models import Place, Site, SiteQuerySet, User, UserQuerySet
from pairs.web.session_times import SessionTimesForm
from referrals.outreach.communities import find_listed_community


class OutreachForm(SessionTimesForm):
    """With which community, when and where, and who leads."""

    listed = forms.ChoiceField(label="Which community is it for?", required=False)
    community = forms.CharField(
        label="Which community is it for?", max_length=120, required=False,
        help_text="For example young parents, or families in temporary accommodation.",
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
    conditional = ("listed", "community")
    field_order: tuple[str, ...] = (
        "listed",
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
        names = settings.OUTREACH_COMMUNITIES
        if not names:
            del self.fields["listed"]
            return
        self.fields["listed"].choices = [("", "Another community"), *((name, name) for name in names)]
        self.fields["community"].label = "Another community"

    def clean(self) -> dict[str, Any]:
        """``community``: the one of the service's list, or what was typed, in the list's spelling where it has it."""
        said = super().clean() or self.cleaned_data
        listed, typed = said.get("listed", ""), said.get("community", "")
        if "listed" in self.errors or "community" in self.errors:
            return said
        if listed and typed and find_listed_community(typed) != listed:
            self.add_error("community", "Either choose a community, or enter another one, not both.")
        elif not listed and not typed.strip():
            self.add_error("community", "Enter which community the session is for.")
        return said | {"community": listed or find_listed_community(typed) or typed}

    def details(self) -> dict[str, Any]:
        """Keyword arguments of the actions."""
        known = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("listed", "held_on", "starts", "ends")
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
