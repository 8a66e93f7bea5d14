"""One destination of the signposting directory."""

from typing import Any

from django import forms

from pairs.service.models import Place
from pairs.web.phone_field import PhoneField


class DestinationForm(forms.Form):
    """What a family needs to know to turn there."""

    conditional = ("phone",)  # needed of some answers

    name = forms.CharField(label="Name", max_length=120)
    offers = forms.CharField(
        label="What do families get there?", max_length=300, help_text="In plain words, for families to read."
    )
    phone = PhoneField()
    website = forms.URLField(label="Website", max_length=200, required=False, assume_scheme="https")
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    how_to_start = forms.CharField(
        label="How does a family start?", max_length=200, required=False,
        help_text="For example: call, drop in on Mondays, or ask your health visitor.",
    )  # fmt: skip
    places = forms.ModelMultipleChoiceField(
        label="For which districts?", queryset=Place.objects.all(), to_field_name="code", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Leave all unticked if it covers every district.",
    )  # fmt: skip


def build_destination_initial(destination: Any) -> dict[str, Any]:
    """A destination as the form's initial values."""
    values = {name: getattr(destination, name) for name in DestinationForm.base_fields if name != "places"}
    return values | {"places": [place.code for place in destination.places.all()]}
