"""The form of a hand-over: why, and for each thing that a colleague holds who takes it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from interventions.plans.forms.team import make_reason_field
from interventions.workforce.held_rows import HeldRow
from interventions.workforce.rules import PossibleHolder
from pairs.web.formats import format_plural

END = "end"
MAX_ROWS = 450  # two fields each: within Django's own limit of fields in one form


class HandOverForm(forms.Form):
    """Why the work goes to others; it is in the history of each family's lead."""

    why = make_reason_field("Reason", help_text="For example: Maya leaves on 30 June. Colleagues read it.")


class HandedRowForm(forms.Form):
    """Who takes one thing. ``to``: a colleague's id, "end" where it may end, or nothing while it stays."""

    conditional = ("to",)  # what is left open stays
    held: ClassVar[Mapping[str, HeldRow]] = {}
    what = forms.CharField(widget=forms.HiddenInput, max_length=80)
    to = forms.CharField(label="Goes to", required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = self.held.get(str(self["what"].value()))
        choices = list_choices(self.row) if self.row else [("", "Not yet")]
        self.fields["to"].widget = forms.Select(choices=choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "what" in cleaned and self.row is None:
            self.add_error("to", "This has just been handed over or has ended. Open the page again.")
        elif self.row and cleaned.get("to") and cleaned["to"] not in dict(list_choices(self.row)):
            self.add_error("to", "Choose a colleague from the list.")
        return cleaned


HandedFormSet = forms.formset_factory(HandedRowForm, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS)


def build_handed_formset(rows: Iterable[HeldRow]) -> type[forms.BaseFormSet]:
    """The formset of what this person holds."""
    form = type("HandedRowForm", (HandedRowForm,), {"held": {each.key: each for each in rows}})
    return forms.formset_factory(form, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS)


def list_choices(row: HeldRow) -> list[tuple[str, str]]:
    """Whom to choose from, the load of each beside the name; what is not chosen stays."""
    ends = [(END, "No one: it ends")] if row.may_end else []
    return [("", "Not yet"), *((str(each.person_id), _describe(each)) for each in row.people), *ends]


def _describe(person: PossibleHolder) -> str:
    facts = [f"leads {format_plural(person.load, 'family', 'families')}"]
    facts += ["works with them"] if person.knows_family else []
    facts += ["away today"] if person.is_away else []
    return f"{person.name} ({', '.join(facts)})"


def get_usual_choice(row: HeldRow) -> str:
    """What the form says at first: the proposal, or that it ends where nobody could take it."""
    if row.proposed:
        return str(row.proposed)
    return END if row.may_end and not row.rule.needs else ""
