"""Forms of outcomes: a measure's answers by item number, and a goal's rating."""

from functools import cache

from django import forms

from outcomes.measures import Measure
from outcomes.rules import TIMEPOINTS


def date_input():
    return forms.DateInput({"type": "date"})


class MeasureForm(forms.Form):
    """Who, when and which time; the measure's items are added by `form_of`."""

    measure = forms.CharField(widget=forms.HiddenInput, max_length=40)
    dyad = forms.TypedChoiceField(label="Whose relationship", widget=forms.RadioSelect)
    timepoint = forms.ChoiceField(label="Which time", choices=TIMEPOINTS, widget=forms.RadioSelect)
    completed_on = forms.DateField(label="Completed on", widget=date_input())
    declined = forms.BooleanField(label="The family declined", required=False)
    sheet: Measure

    def __init__(self, *args, dyads, **kwargs):
        """``dyads``: [(Dyad, label)] to choose from."""
        super().__init__(*args, **kwargs)
        by_id = {str(dyad.pk): dyad for dyad, _ in dyads}
        self.fields["dyad"].choices = [(str(dyad.pk), label) for dyad, label in dyads]
        self.fields["dyad"].coerce = by_id.get

    def items(self):
        """The bound fields of the items, in order."""
        return [self[f"q{number}"] for number in range(1, self.sheet.items + 1)]

    @property
    def responses(self):
        """{item number: answer} of a valid form; an item left blank is absent."""
        given = {number: self.cleaned_data.get(f"q{number}") for number in range(1, self.sheet.items + 1)}
        return {number: answer for number, answer in given.items() if answer not in (None, "")}

    def clean_measure(self):
        if self.cleaned_data["measure"] != self.sheet.id:
            raise forms.ValidationError("Choose a measure from the list.")
        return self.cleaned_data["measure"]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("declined") and self.responses:
            self.add_error(
                "declined", "There are answers here. Keep them, or clear them if the family declined."
            )
        return self.cleaned_data


@cache
def form_of(measure: Measure) -> type[MeasureForm]:
    """The measure's form: one optional choice an item, by number."""
    answers = [
        ("", "No answer"),
        *((value, str(value)) for value in range(measure.lowest, measure.highest + 1)),
    ]
    fields = {f"q{number}": _item(number, answers) for number in range(1, measure.items + 1)}
    return type(f"{measure.id.title()}Form", (MeasureForm,), fields | {"sheet": measure})


def _item(number, answers):
    return forms.TypedChoiceField(
        label=f"Item {number}",
        choices=answers,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class GoalRatingForm(forms.Form):
    """How near the goal feels, as the family says it."""

    score = forms.TypedChoiceField(
        label="How near does this goal feel?",
        help_text="0 is not at all met, 10 is fully met. The number is the family's own.",
        choices=[(value, str(value)) for value in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    timepoint = forms.ChoiceField(label="Which time", choices=TIMEPOINTS, widget=forms.RadioSelect)
    rated_on = forms.DateField(label="Said on", widget=date_input())
