"""Forms of families: alerts, births, and what was entered in error."""

from django import forms
from django.conf import settings

from pairs.families.models import Infant
from pairs.families.rules import nhs_number_digits, why_not_nhs_number
from pairs.service.dates import DatePartsField


class NhsNumberField(forms.CharField):
    """Ten digits with a check digit, typed with or without spaces; empty when not known yet."""

    def __init__(self, **options):
        options = {"label": "NHS number", "required": False, "max_length": 20} | options
        super().__init__(**options)

    def clean(self, value):
        digits = nhs_number_digits(super().clean(value))
        problem = why_not_nhs_number(digits, test_numbers=settings.TEST_NHS_NUMBERS) if digits else ""
        if problem:
            raise forms.ValidationError(problem)
        return digits


class NewAlert(forms.Form):
    """Somebody is worried: what about, in a sentence or two."""

    what = forms.CharField(
        label="What are you worried about?",
        max_length=300,
        widget=forms.Textarea,
        help_text="The lead and duty are told at once that there is an alert. They read the words here.",
    )


class AnswerAlert(forms.Form):
    """What was done about an alert."""

    KINDS = [
        ("seen", "I have seen it"),
        ("action", "I have done something about it"),
        ("closed", "It can be closed"),
    ]
    answer = forms.ChoiceField(label="What do you want to record?", choices=KINDS, widget=forms.RadioSelect)
    note = forms.CharField(
        label="What was done, or why it can be closed", required=False, max_length=2000, widget=forms.Textarea
    )


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


class EnteredInError(forms.Form):
    """Why a record should not be here."""

    reason = forms.CharField(label="Why was this entered in error?", max_length=200)
