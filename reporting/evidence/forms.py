"""The one parser of what is asked of reports: a month, and why one is corrected."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from reporting.evidence.rules import get_previous_month

MONTHS_OFFERED = 36


class ReportForm(forms.Form):
    """A month as 2026-10; the page offers the last three years of months that are over, newest first."""

    month = forms.CharField(
        label="Month",
        max_length=7,
        widget=forms.Select,
        error_messages={"required": "Choose a month", "max_length": "Give the month as a year and month, like 2026-10"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = list(_list_finished_months(timezone.localdate()))
        self.fields["month"].widget.choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
        self.fields["month"].initial = f"{months[0]:%Y-%m}"

    def clean_month(self) -> date:
        try:
            return date.fromisoformat(self.cleaned_data["month"] + "-01")
        except ValueError:
            raise forms.ValidationError("Give the month as a year and month, like 2026-10") from None


class CorrectionForm(forms.Form):
    """Why a report is corrected; it is printed on the new edition."""

    reason = forms.CharField(
        label="Why this report is corrected",
        help_text="Printed on the new edition. Do not name a family or give a number.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why this report is corrected"},
    )


def _list_finished_months(on: date) -> Iterator[date]:
    month = on
    for _ in range(MONTHS_OFFERED):
        month = get_previous_month(month)
        yield month
