"""Forms of formulations, plans, reviews, goals, and printed plans."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from interventions.episodes.forms.people import get_display_name
from interventions.episodes.rules import GoalOutcome
from interventions.plans.rules import FormulationHeading, OfferKind, ReviewDecision
from pairs.families.last_day import has_died
from pairs.families.models import Caregiver, Dyad, Family
from pairs.web.date_fields import make_day_field

EVERYBODY_CHOICE = ("", "Everyone involved")
MAX_TEXT_LENGTH = 5000


def make_long_text_field(label: str, **options: Any) -> forms.CharField:
    options = {"required": False, "max_length": MAX_TEXT_LENGTH} | options
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **options)


def build_subject_choices(family: Family) -> Any:
    """{value: dyad or carer} that a part may be about, those who live first: grief is understood together too."""
    dyads = list(family.dyads.all())
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in dyads}.values()
    people = sorted([*dyads, *carers], key=has_died)
    return {f"{each._meta.model_name}:{each.pk}": each for each in people}


def format_subject(each: Caregiver | Dyad) -> str:
    if isinstance(each, Caregiver):
        return f"{get_display_name(each)} alone"
    return f"{get_display_name(each.infant)} and {get_display_name(each.caregiver)}"


class NewFormulationForm(forms.Form):
    """A formulation: five parts, each with a subject. At least one must be filled in."""

    written_on = make_day_field("Seen, or talked about, on")
    with_family = forms.BooleanField(label="We discussed this with the family", required=False)

    saw = make_long_text_field(
        "What we saw between you", help_text="What they did, moment by moment, before what it may mean."
    )
    saw_about = forms.ChoiceField(label="About", required=False)
    helps = make_long_text_field("What helps")
    helps_about = forms.ChoiceField(label="About", required=False)
    hard = make_long_text_field("What is hard")
    hard_about = forms.ChoiceField(label="About", required=False)
    baby_tells = make_long_text_field(
        "What the baby may be telling us", help_text="If they could talk, what might they say?"
    )
    baby_tells_about = forms.ChoiceField(label="About", required=False)
    understand = make_long_text_field("How we understand it together", help_text="In the family's own terms.")
    understand_about = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = build_subject_choices(family)
        named = [(value, format_subject(each)) for value, each in self.offered.items()]
        for part in FormulationHeading.values:
            self.fields[f"{part}_about"].choices = [EVERYBODY_CHOICE, *named]

    def clean(self) -> dict[str, Any]:
        """Replace each subject's value by its record; None means everybody."""
        said = super().clean()
        return said | {
            f"{part}_about": self.offered.get(said.get(f"{part}_about")) for part in FormulationHeading.values
        }


def read_formulation_parts(said: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """{part: (text, subject or None)} from a valid form's values."""
    return {part: (said[part], said[f"{part}_about"]) for part in FormulationHeading.values}


class PlanTextForm(forms.Form):
    """The text of a plan. Only the aims are required; the rest may follow in the next version."""

    aims = make_long_text_field(
        "What do you want to happen, together?", required=True, help_text="In their own words."
    )
    success = make_long_text_field("What would success look like?")
    by_when = make_day_field("By when", required=False)
    who_when = make_long_text_field("Who sees the family, and when?")
    if_not_helping = make_long_text_field("What happens if it does not help?")
    review_on = make_day_field("Next review on", required=False)


class ChangePlanForm(PlanTextForm):
    """The next version of a plan, and why."""

    changed_because = forms.CharField(label="Why it changes", max_length=300)
    agreed_on = make_day_field("The family agreed this on", required=False)


class NewPlanForm(PlanTextForm):
    """For the API: a new plan, of one carer or, if empty, of the whole family."""

    caregiver = forms.ModelChoiceField(Caregiver.objects.none(), label="Whose plan", required=False)
    agreed_on = make_day_field("The family agreed this on", required=False)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["caregiver"].queryset = family.caregivers.active()


class ReviewForm(forms.Form):
    """A review of the plan."""

    conditional = ("next_on",)  # needed of some answers

    held_on = make_day_field("Looked at on")
    how_it_went = make_long_text_field("How has it gone, and what does the family say?", required=True)
    decision = forms.ChoiceField(label="What now?", choices=ReviewDecision, widget=forms.RadioSelect)
    next_on = make_day_field("Review on", required=False)


class GoalWordsForm(forms.Form):
    """A goal's new wording."""

    words = forms.CharField(
        label="What does the family hope for now?", max_length=300, help_text="In their own words."
    )


class CloseGoalForm(forms.Form):
    """Close a goal as reached or no longer the family's."""

    how = forms.ChoiceField(
        label="How is it with this goal?",
        choices=[
            (GoalOutcome.REACHED.value, "They feel they have reached it"),
            (GoalOutcome.CLOSED.value, "They no longer want it"),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="In their words, if they say", max_length=300, required=False)


class NewDeclinedForm(forms.Form):
    """The family declines a plan, goals or a rating."""

    what = forms.ChoiceField(label="What did they decline?", choices=OfferKind, widget=forms.RadioSelect)
    declined_on = make_day_field("Asked on")
    why = forms.CharField(label="Why, if they say", max_length=300, required=False)


class NewPaperForm(forms.Form):
    """The carer whom the page is for."""

    to = forms.ModelChoiceField(
        Caregiver.objects.none(), label="Who is it for?", empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, carers: QuerySet[Caregiver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = carers


class PaperGivenForm(forms.Form):
    """The day on which the page was given to the carer."""

    given_on = make_day_field("Given on")
