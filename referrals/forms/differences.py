"""What a referral says otherwise than a record: chosen at the decision, or afterwards."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.choices import Relationship, Sex
from pairs.web.formats import format_day
from referrals.actions.differences import HELD, NOW, SAID
from referrals.rules.differences import SAFE_CONTACT, Difference

CODED = {
    "ethnicity": dict(ETHNIC_CATEGORIES),
    "relationship": dict(Relationship.choices),
    "sex": dict(Sex.choices),
}
DATES = ("birth_date", "estimated_due_date")


def describe_value(field: str, value: Any) -> str:
    """A fact in words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in ("", None):
        return "Not recorded"
    if field in DATES:
        return format_day(date.fromisoformat(value) if isinstance(value, str) else value)
    return str(CODED.get(field, {}).get(value, value)).replace("\n", ", ")


def describe_difference(row: Difference) -> str:
    """“Phone: this referral says 01632 960002; we hold 01632 960001”."""
    held, said = (describe_value(row.field, value) for value in (row.held, row.said))
    return f"{row.label}: this referral says {said}; the record says {held}"


class DifferenceForm(forms.Form):
    """One fact, and which of the two the record says from now on."""

    difference = forms.CharField(widget=forms.HiddenInput, max_length=80)
    keep = forms.ChoiceField(
        label="What should the record say?", choices=((NOW, ""), (HELD, ""), (SAID, "")), widget=forms.RadioSelect,
        error_messages={"required": "Choose what the record should say"},
    )  # fmt: skip

    def __init__(self, *args: Any, rows: dict[str, tuple[Any, Difference]], **kwargs: Any) -> None:
        """``rows``: {what the hidden field says: (named person, difference)}."""
        super().__init__(*args, **kwargs)
        asked = (
            self.data.get(self.add_prefix("difference")) if self.is_bound else self.initial.get("difference")
        )
        named, self.row = rows.get(str(asked), (None, None))
        if self.row:
            self.fields["keep"].label = f"{named.name or 'The baby'}: {self.row.label.lower()}"
            self.fields["keep"].choices = _list_choices(self.row)

    def clean_difference(self) -> str:
        if self.row is None:
            raise forms.ValidationError("Choose from the details that differ in this referral.")
        return self.cleaned_data["difference"]


def _list_choices(row: Difference) -> list[tuple[str, str]]:
    """The record as it is, the referral's word, and of a safety answer what was held before."""
    held, said = (describe_value(row.field, value) for value in (row.held, row.said))
    if row.field == SAFE_CONTACT:
        both = (NOW, f"Both, as the record says now: “{said}” and “{held}”")
        return [
            both,
            (SAID, f"Only what the referral says: {said}"),
            (HELD, f"Only what the record says: {held}"),
        ]
    if row.is_safety:
        return [
            (NOW, "No, keep the safer answer"),
            (SAID if row.said else HELD, "Yes: they were asked again"),
        ]
    return [(NOW, f"As the record says: {held}"), (SAID, f"As the referral says: {said}")]


class BaseDifferenceFormSet(forms.BaseFormSet):
    """A row for each fact that waits."""

    rows: dict[str, tuple[Any, Difference]] = {}

    def get_form_kwargs(self, index: Any) -> dict[str, Any]:
        return {"rows": self.rows}

    def chosen(self) -> dict[str, str]:
        """{"<named person>:<number>": which}."""
        return {row.cleaned_data["difference"]: row.cleaned_data["keep"] for row in self.forms}


DifferenceFormSet = forms.formset_factory(
    DifferenceForm, formset=BaseDifferenceFormSet, extra=0, max_num=60, absolute_max=60
)


def build_difference_formset(found: Sequence[tuple[Any, int, Difference]]) -> type[BaseDifferenceFormSet]:
    """The formset class for what waits of one referral, from ``list_open_differences``."""
    rows = {f"{named.pk}:{number}": (named, row) for named, number, row in found}
    return type("DifferenceFormSet", (DifferenceFormSet,), {"rows": rows})
