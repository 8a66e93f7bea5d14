"""Forms of outcomes: a measure's answers by item number or its typed totals, and a goal's rating."""

from functools import cache
from typing import Any

from django import forms

from outcomes.measure_definitions import CODER, DONE_ONLY, Measure, Scale
from outcomes.presenters import format_range
from outcomes.rules import CompletionWay, RaterRole, Reliability, Timepoint
from outcomes.scoring import may_type
from pairs.web.date_fields import make_day_field

MAX_CHOICES = 11  # beyond this, a number is typed instead of picked
NOT_APPLICABLE = "na"


def _make_dyad_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="Whose relationship", widget=forms.RadioSelect)


def _make_timepoint_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Which time", choices=Timepoint, widget=forms.RadioSelect)


class YesOrNoField(forms.ChoiceField):
    """“yes” or “no”; the API sends true or false, as it reads them."""

    def to_python(self, value: Any) -> str:
        return {"True": "yes", "False": "no"}.get(value, super().to_python(value))


class DyadForm(forms.Form):
    """A form that begins with whose relationship it is."""

    def __init__(self, *args: Any, dyads: list[tuple[Any, str]], **kwargs: Any) -> None:
        """``dyads``: [(Dyad, label)] to choose from."""
        super().__init__(*args, **kwargs)
        by_id = {str(dyad.pk): dyad for dyad, _ in dyads}
        self.fields["dyad"].choices = [(str(dyad.pk), label) for dyad, label in dyads]
        self.fields["dyad"].coerce = by_id.get


class AnswersForm(forms.Form):
    """Only the measure's items, added by `build_answers_form`."""

    sheet: Measure

    def items(self) -> list[forms.BoundField]:
        """The bound fields of the items, in order."""
        return [self[f"q{number}"] for number in range(1, self.sheet.items + 1)]

    @property
    def responses(self) -> dict[int, int | None]:
        """{item number: answer} of a valid form; left blank: absent; marked as not applying: None."""
        given = {number: self.cleaned_data.get(f"q{number}") for number in range(1, self.sheet.items + 1)}
        return {
            number: _to_stored_answer(answer) for number, answer in given.items() if answer not in (None, "")
        }


class MeasureForm(DyadForm, AnswersForm):
    """Who, when and which time, before what is on the sheet."""

    measure = forms.CharField(widget=forms.HiddenInput, max_length=40)
    dyad = _make_dyad_field()
    timepoint = _make_timepoint_field()
    completed_on = make_day_field("Completed on")
    declined = forms.BooleanField(label="The family declined", required=False)
    declined_why = forms.CharField(label="Why, if they say", max_length=200, required=False)

    @property
    def typed(self) -> dict[str, float]:
        """{scale: number} of a valid form; a number that was not typed is absent."""
        given = {
            scale.id: self.cleaned_data.get(f"t_{scale.id}")
            for scale in self.sheet.scales
            if self._has_field(scale)
        }
        return {id: float(number) for id, number in given.items() if number is not None}

    def list_typed_fields(self) -> list[forms.BoundField]:
        """The bound fields of the numbers to type."""
        return [self[f"t_{scale.id}"] for scale in self.sheet.scales if self._has_field(scale)]

    def list_about_fields(self) -> list[forms.BoundField]:
        """The bound fields of this measure beside answers: form, who coded it, whether there is a concern."""
        return [
            self[name]
            for name in ("form", "rater_role", "reliability", "concern", "confirmed")
            if name in self.fields
        ]

    def _has_field(self, scale: Scale) -> bool:
        return f"t_{scale.id}" in self.fields

    def clean_measure(self) -> str:
        if self.cleaned_data["measure"] != self.sheet.id:
            raise forms.ValidationError("Choose a measure from the list.")
        return self.cleaned_data["measure"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        said = self.cleaned_data
        answered = self.responses or self.typed or said.get("concern")
        if said.get("declined") and answered:
            self.add_error(
                "declined", "Answers are entered. Keep them, or clear them if the family declined."
            )
        if said.get("declined_why") and not said.get("declined"):
            self.add_error(
                "declined", "A reason for declining is entered. Tick that they declined, or clear the reason."
            )
        return said


@cache
def build_measure_form(measure: Measure) -> type[MeasureForm]:
    """The measure's form: each item by number, each number to type, and who coded it."""
    return type(
        f"{measure.id.title()}Form", (MeasureForm,), _build_measure_fields(measure) | {"sheet": measure}
    )


@cache
def build_answers_form(measure: Measure) -> type[AnswersForm]:
    """The items alone, as a parent answers them."""
    return type(
        f"{measure.id.title()}Answers", (AnswersForm,), _build_item_fields(measure) | {"sheet": measure}
    )


def _build_measure_fields(measure: Any) -> dict[str, forms.TypedChoiceField]:
    found = _build_item_fields(measure)
    found |= {
        f"t_{scale.id}": _make_scale_field(scale) for scale in measure.scales if may_type(measure, scale)
    }
    if measure.forms:
        choices = [(each, each.capitalize()) for each in measure.forms]
        found["form"] = forms.ChoiceField(
            label="Which form", choices=[("", "Choose"), *choices], required=False
        )
    if measure.completed_by == CODER:
        found["rater_role"] = _make_radio_field("Who coded it", RaterRole.choices)
        found["reliability"] = _make_radio_field("Reliability", Reliability.choices)
    if measure.kind == DONE_ONLY and measure.asks_concern:
        found["concern"] = YesOrNoField(
            label="Is there a concern?",
            choices=[("yes", "Yes"), ("no", "No")],
            required=False,
            widget=forms.RadioSelect,
        )
    if measure.may_ask:
        found["confirmed"] = forms.BooleanField(
            label="Right as entered",
            help_text="Tick only if asked: for a form not usual at this age, or an unusual number.",
            required=False,
        )
    found["way"] = _make_radio_field("How it was filled in", CompletionWay.choices[:2])
    return found


def _make_radio_field(label: str, choices: list[tuple[str, str]]) -> Any:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def _build_item_fields(measure: Measure) -> dict[str, Any]:
    return {f"q{number}": _build_item_field(measure, number) for number in range(1, measure.items + 1)}


def _build_item_field(measure: Any, number: int) -> Any:
    label = measure.words.items[number] if measure.words else f"Item {number}"
    values = _list_answer_values(measure)
    if values is None:
        return _make_number_field(label, measure.step)
    if number in measure.printed_downwards:
        values = values[::-1]
    skip = [(NOT_APPLICABLE, measure.not_applicable.words)] if measure.may_skip(number) else []
    answers = [
        ("", "No answer"),
        *((str(value), _format_answer_label(measure, value)) for value in values),
        *skip,
    ]
    field = forms.TypedChoiceField(
        label=label,
        choices=answers,
        coerce=_coerce_answer,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    field.worded = bool(measure.words and measure.words.answers)
    return field


def _to_stored_answer(answer: Any) -> Any:
    """As it is kept: None where it does not apply, whole numbers whole."""
    if answer == NOT_APPLICABLE:
        return None
    return int(answer) if answer == int(answer) else float(answer)


def _coerce_answer(value: str) -> int | str:
    return value if value == NOT_APPLICABLE else int(value)


def _format_answer_label(measure: Measure, value: int) -> str:
    """What the answer is called: the licensed copy's word, else the number."""
    return (measure.words.answers.get(value) if measure.words else None) or str(value)


def _list_answer_values(measure: Measure) -> list[int] | None:
    """The answers to pick from; None where there are too many, and one types."""
    few = measure.step == 1 and measure.highest - measure.lowest < MAX_CHOICES
    return list(range(int(measure.lowest), int(measure.highest) + 1)) if few else None


def _make_scale_field(scale: Scale) -> Any:
    field = _make_number_field(scale.name, scale.step)
    field.help_text = format_range(scale)
    return field


def _make_number_field(label: str, step: float) -> forms.DecimalField:
    """A number field without bounds: the scoring rules check them for page, API and action alike."""
    places = 0 if step == 1 else 2
    return forms.DecimalField(
        label=label,
        max_digits=6,
        decimal_places=places,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric" if step == 1 else "decimal", "step": step}),
    )


class LinkForm(DyadForm):
    """Whose phone, which measure, which time."""

    dyad = _make_dyad_field()
    timepoint = _make_timepoint_field()


class GoalRatingForm(forms.Form):
    """How near the goal feels, as the family says it."""

    score = forms.TypedChoiceField(
        label="How close does this goal feel?",
        help_text="0 is not at all met, 10 is fully met. The number is the family's own.",
        choices=[(value, str(value)) for value in range(11)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    timepoint = _make_timepoint_field()
    rated_on = make_day_field("Rated on")
