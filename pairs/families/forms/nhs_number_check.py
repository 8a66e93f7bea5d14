"""An NHS number outside the ranges in ordinary use: asked about once, and kept when it is said to be right."""

from typing import Any

from django import forms

from pairs.families.rules import is_unusual_nhs_number

TEST_NUMBER_PREFIX = "999"  # for tests alone; the field refuses it where such numbers are not expected


class NhsNumberCheckForm(forms.Form):
    """A form with an ``nhs_number`` whose unusual value has to be said twice. The tick is no part of what it says."""

    nhs_number_is_right = forms.BooleanField(label="I have checked it: the number is right", required=False)
    said_right = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.said_right = bool(cleaned.pop("nhs_number_is_right", False))
        digits = cleaned.get("nhs_number") or ""
        unusual = bool(digits) and not digits.startswith(TEST_NUMBER_PREFIX) and is_unusual_nhs_number(digits)
        if unusual and not self.said_right and self._is_new(digits):
            self.add_error(
                "nhs_number",
                "This is not one of the numbers usually given out. Is it right? Check, and tick below.",
            )
        return cleaned

    def _is_new(self, digits: str) -> bool:
        """A number that was said to be right before is not asked about again."""
        return digits != (self.initial.get("nhs_number") or "")

    @property
    def asks_about_number(self) -> bool:
        """Does the page have to show the tick?"""
        return self.is_bound and ("nhs_number" in self.errors or self.said_right)
