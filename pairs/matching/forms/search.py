"""The one box."""

from django import forms

LONGEST = 120


class SearchForm(forms.Form):
    """Whatever is known of anybody in the family; what it means is told apart by pairs.matching.asked."""

    sought = forms.CharField(
        label="Name, NHS number, reference, date of birth, phone or postcode",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "data-search": ""}),
    )
