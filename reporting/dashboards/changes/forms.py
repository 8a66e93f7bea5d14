"""Forms of the page of changes."""

from typing import Any

from django import forms

from pairs.web.date_fields import make_day_field


class ChangesForm(forms.Form):
    """Whose changes, to whose record, on which days: at least one of them."""

    person = forms.CharField(label="Colleague", max_length=150, required=False, help_text="Name or username.")
    family = forms.CharField(
        label="Family", max_length=150, required=False, help_text="Family name or PI number."
    )
    since = make_day_field("From", required=False)
    until = make_day_field("To", required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Choose a day on or after the first.")
        if not self.errors and not any(cleaned.get(name) for name in ("person", "family", "since")):
            self.add_error("person", "Enter a colleague, a family or a first day.")
        return cleaned


class ChangesFilterForm(forms.Form):
    """What an address of the page asks for: no name of a family is in it."""

    username = forms.CharField(max_length=150, required=False)
    family = forms.UUIDField(required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
