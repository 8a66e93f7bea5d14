"""Forms about emergency access."""

from collections.abc import Callable
from typing import Any

from django import forms

from pairs.emergency_access.rules import MAX_REASON_LENGTH, MIN_REASON_LENGTH, Finding
from pairs.web.date_fields import DatePartsField

NOT_FOUND = (
    "No record that can be opened here has this number and date. Check both. A record may also be restricted: "
    "then only information governance can give access."
)


class EmergencyAccessForm(forms.Form):
    """Which record, by two facts about the baby; and why. ``find_family``: of (number, birth_date); None for none."""

    number = forms.CharField(
        label="Baby’s NHS number or PI number", max_length=40, help_text="For example PI-2026-00017."
    )
    birth_date = DatePartsField(
        label="Date of birth", help_text="For an unborn baby, the due date. For example 27 3 2026."
    )
    reason = forms.CharField(
        label="Why do you need this record now?",
        min_length=MIN_REASON_LENGTH,
        max_length=MAX_REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What is happening, and why it cannot wait. Information governance will read this.",
    )

    def __init__(self, *args: Any, find_family: Callable[..., Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find_family = find_family

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "number" in cleaned and "birth_date" in cleaned:
            found = self.find_family(cleaned["number"], cleaned["birth_date"])
            if isinstance(found, str):
                self.add_error("number", found)
            cleaned["family"] = found
        return cleaned


class ReviewEmergencyAccessForm(forms.Form):
    """What the review found, and how it was checked."""

    finding = forms.ChoiceField(label="What did you find?", choices=Finding, widget=forms.RadioSelect)
    note = forms.CharField(
        label="What did you check, and what happens next?",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
