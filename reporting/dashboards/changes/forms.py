"""Form of the page of changes."""

from typing import Any

from django import forms

from reporting.dashboards.forms import DaysForm


class ChangesForm(DaysForm):
    """Whose changes, to whose record, on which days: at least one of them."""

    field_order = ("person", "family", "since", "until")

    person = forms.CharField(label="Colleague", max_length=150, required=False, help_text="Name or username.")
    family = forms.CharField(
        label="Family", max_length=150, required=False, help_text="Family name or PI number."
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("person", "family", "since")):
            self.add_error("person", "Enter a colleague, a family or a first day.")
        return cleaned
