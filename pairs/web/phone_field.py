"""A phone number as people write it down: perhaps two, an extension, whose it is and when to ring."""

from typing import Any

from django import forms
from django.utils.functional import Promise

from pairs.web.typed_text import PHONE_LENGTH, tidy_typed_text


class PhoneField(forms.CharField):
    """One line, kept as it was typed and as long as two numbers with "mum’s" need; more is refused, never cut."""

    def __init__(self, label: str | Promise = "Phone", **options: Any) -> None:
        words = {
            "max_length": f"Keep the phone numbers to {PHONE_LENGTH} letters and figures; this has %(show_value)d."
            " The rest belongs in a note"
        } | options.pop("error_messages", {})
        super().__init__(
            **{"label": label, "max_length": PHONE_LENGTH, "required": False, "error_messages": words}
            | options
        )

    def to_python(self, value: Any) -> str:
        return tidy_typed_text(super().to_python(value))
