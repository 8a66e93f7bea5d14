"""The one box."""

from django import forms

MAX_SEARCH_LENGTH = 120


class SearchForm(forms.Form):
    """Whatever is known of anybody in the family; what it means is told apart by pairs.matching.query_parser."""

    sought = forms.CharField(
        label="Name, NHS number, reference, date of birth, phone or postcode",
        required=False,
        max_length=MAX_SEARCH_LENGTH,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "data-search": ""}),
    )
