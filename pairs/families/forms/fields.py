"""Fields that forms about people share."""

from typing import Any

from django import forms
from django.conf import settings

from pairs.families.rules import find_nhs_number_error, strip_nhs_number


class NhsNumberField(forms.CharField):
    """Ten digits with a check digit, typed with or without spaces; empty when not known yet."""

    def __init__(self, **options: Any) -> None:
        options = {"label": "NHS number", "required": False, "max_length": 20} | options
        super().__init__(**options)

    def clean(self, value: str | None) -> str:
        digits = strip_nhs_number(super().clean(value))
        problem = find_nhs_number_error(digits, test_numbers=settings.TEST_NHS_NUMBERS) if digits else ""
        if problem:
            raise forms.ValidationError(problem)
        return digits
