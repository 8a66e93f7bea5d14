"""Fields that forms about people share."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings

from pairs.families.rules import find_nhs_number_error, strip_nhs_number
from pairs.geography.rules import normalise_postcode, suggest_postcode

MAX_TYPED_LENGTH = 60  # a paste may bring spaces and a label: "NHS number: 999 000 0018"


class PostcodeField(forms.CharField):
    """A full postcode as it is spoken, a BFPO number, or nothing.

    What can be read in one way only is offered in that way: it stands in the box when the form is shown again.
    """

    default_error_messages: ClassVar = {
        "invalid": "Enter a full postcode, like BB1 7AA, or leave it empty",
        "mistyped": "Do you mean %(reading)s? Save it to confirm; otherwise correct it or leave it empty",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": "Postcode", "required": False, "max_length": MAX_TYPED_LENGTH} | options)

    def clean(self, value: str | None) -> str:
        typed = super().clean(value)
        found = normalise_postcode(typed) if typed else ""
        if found is not None:
            return found
        reading = suggest_postcode(typed)
        code = "mistyped" if reading else "invalid"
        raise forms.ValidationError(self.error_messages[code], code=code, params={"reading": reading})

    def bound_data(self, data: Any, initial: Any) -> Any:
        typed = super().bound_data(data, initial)
        misread = isinstance(typed, str) and typed and normalise_postcode(typed) is None
        return (misread and suggest_postcode(typed)) or typed


class NhsNumberField(forms.CharField):
    """Ten digits with a check digit, typed with or without spaces; empty when not known yet."""

    def __init__(self, **options: Any) -> None:
        options = {"label": "NHS number", "required": False, "max_length": MAX_TYPED_LENGTH} | options
        super().__init__(**options)

    def clean(self, value: str | None) -> str:
        digits = strip_nhs_number(super().clean(value))
        problem = find_nhs_number_error(digits, test_numbers=settings.TEST_NHS_NUMBERS) if digits else ""
        if problem:
            raise forms.ValidationError(problem)
        return digits
