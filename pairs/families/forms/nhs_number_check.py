"""An NHS number outside the ranges in ordinary use: asked about once, and kept when it is said to be right."""

from typing import Any

from django import forms

from pairs.families.rules import describe_unusual_nhs_number, is_unusual_nhs_number

TEST_NUMBER_PREFIX = "999"  # for tests alone; the field refuses it where such numbers are not expected


class NhsNumberCheckForm(forms.Form):
    """A form with an ``nhs_number`` whose unusual value has to be said twice. The tick is no part of what it says.

    ``known_number``: what the record has already; it was said to be right before, and is not asked about again.
    """

    nhs_number_is_right = forms.BooleanField(
        label="I have checked the number and it is correct", required=False
    )
    said_right = False

    def __init__(self, *args: Any, known_number: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_number = known_number or ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.said_right = bool(cleaned.pop("nhs_number_is_right", False))
        digits = cleaned.get("nhs_number") or ""
        unusual = bool(digits) and not digits.startswith(TEST_NUMBER_PREFIX) and is_unusual_nhs_number(digits)
        if unusual and not self.said_right and digits != self.known_number:
            self.add_error(
                "nhs_number",
                " ".join(
                    filter(
                        None,
                        [
                            "This number is outside the ranges usually issued in England.",
                            describe_unusual_nhs_number(digits),
                            "Check it, then tick the box below.",
                        ],
                    )
                ),
            )
        return cleaned

    @property
    def asks_about_number(self) -> bool:
        """Does the page have to show the tick?"""
        return self.is_bound and ("nhs_number" in self.errors or self.said_right)

    def visible_fields(self) -> list[forms.BoundField]:
        """The tick is among them only once it is asked for."""
        shown = super().visible_fields()
        return [each for each in shown if each.name != "nhs_number_is_right" or self.asks_about_number]
