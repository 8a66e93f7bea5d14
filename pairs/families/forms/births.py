"""The baby is born."""

from django import forms

from pairs.families.forms.fields import NhsNumberField
from pairs.families.models import Infant
from pairs.service.dates import DatePartsField


class Birth(forms.Form):
    """The baby is born: what is known of it today."""

    birth_date = DatePartsField(label="Date of birth")
    given_name = forms.CharField(
        label="Given name", max_length=80, required=False, help_text="Leave empty if not yet named."
    )
    sex = forms.ChoiceField(
        label="Sex",
        choices=[(code, name) for code, name in Infant.SEXES if code],
        required=False,
        widget=forms.RadioSelect,
    )
    nhs_number = NhsNumberField(help_text="Leave empty if not yet known. We will remind you at six weeks.")
