"""Forms of what is written with a family: formulation, plan, review, goals, and a page to be given."""

from django import forms

from interventions.episodes.forms.episodes import day_box
from interventions.episodes.forms.people import called
from interventions.plans.rules import DECISIONS, DECLINABLE, PARTS
from pairs.families.models import Caregiver

EVERYBODY = ("", "Everybody in the work")
LONGEST = 5000


def words_box(label, **options):
    options = {"required": False, "max_length": LONGEST} | options
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **options)


def carers_of(family):
    """The family's living carers, from their relationships; the family comes from with_people()."""
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    return [carer for carer in carers.values() if not carer.died_on]


def about_choices(family):
    """{value: whom a part may be about}: a relationship, or a carer alone."""
    dyads = [dyad for dyad in family.dyads.all() if not dyad.infant.lost_on]
    return {f"{each._meta.model_name}:{each.pk}": each for each in [*dyads, *carers_of(family)]}


def about_words(each):
    if isinstance(each, Caregiver):
        return f"{called(each)} alone"
    return f"{called(each.infant)} and {called(each.caregiver)}"


class NewFormulation(forms.Form):
    """What we saw and how we understand it: five parts, each about somebody. All but one may stay empty."""

    written_on = day_box("Seen, or talked about, on")
    with_family = forms.BooleanField(label="We talked about this with the family", required=False)

    saw = words_box(
        "What we saw between you", help_text="What they did, moment by moment, before what it may mean."
    )
    saw_about = forms.ChoiceField(label="About", required=False)
    helps = words_box("What helps")
    helps_about = forms.ChoiceField(label="About", required=False)
    hard = words_box("What is hard")
    hard_about = forms.ChoiceField(label="About", required=False)
    baby_tells = words_box(
        "What the baby may be telling us", help_text="If they could talk, what might they say?"
    )
    baby_tells_about = forms.ChoiceField(label="About", required=False)
    understand = words_box("How we understand it together", help_text="In the family's own terms.")
    understand_about = forms.ChoiceField(label="About", required=False)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = about_choices(family)
        named = [(value, about_words(each)) for value, each in self.offered.items()]
        for part, _ in PARTS:
            self.fields[f"{part}_about"].choices = [EVERYBODY, *named]

    def clean(self):
        """Whom a part is about is the record itself from here on; None is everybody."""
        said = super().clean()
        return said | {f"{part}_about": self.offered.get(said.get(f"{part}_about")) for part, _ in PARTS}


def parts_of(said):
    """{part: (text, whom it is about or None)} of a valid form's values."""
    return {part: (said[part], said[f"{part}_about"]) for part, _ in PARTS}


class PlanWords(forms.Form):
    """What a plan says. Only the aims are needed; the rest may come later, as the next version."""

    aims = words_box("What do you want to happen, together?", required=True, help_text="In their own words.")
    success = words_box("What would success look like?")
    by_when = day_box("By when", required=False)
    who_when = words_box("Who sees the family, and when?")
    if_not_helping = words_box("What happens if it does not help?")
    review_on = day_box("Look at it together again on", required=False)


class ChangedPlan(PlanWords):
    """The next version of a plan, and why."""

    changed_because = forms.CharField(label="Why it changes", max_length=300)
    agreed_on = day_box("The family agreed this on", required=False)


class NewPlan(PlanWords):
    """For the API: a plan of its own, and whose it is; empty for the whole family."""

    caregiver = forms.ModelChoiceField(Caregiver.objects.none(), label="Whose own plan", required=False)
    agreed_on = day_box("The family agreed this on", required=False)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["caregiver"].queryset = family.caregivers.live()


class Review(forms.Form):
    """The plan was looked at."""

    held_on = day_box("Looked at on")
    how_it_went = words_box("How has it gone, and what does the family say?", required=True)
    decision = forms.ChoiceField(label="What now?", choices=DECISIONS, widget=forms.RadioSelect)
    next_on = day_box("Look at it again on", required=False)


class GoalWords(forms.Form):
    """A goal in other words."""

    words = forms.CharField(
        label="What does the family hope for now?", max_length=300, help_text="In their own words."
    )


class EndOfGoal(forms.Form):
    """A goal is reached, or theirs no longer."""

    how = forms.ChoiceField(
        label="How is it with this goal?",
        choices=[("reached", "They feel they have reached it"), ("closed", "It is not theirs any more")],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(label="In their words, if they say", max_length=300, required=False)


class NewDeclined(forms.Form):
    """They would rather not."""

    what = forms.ChoiceField(
        label="What would they rather not have?", choices=DECLINABLE, widget=forms.RadioSelect
    )
    declined_on = day_box("Asked on")
    why = forms.CharField(label="Why, if they say", max_length=300, required=False)


class NewPaper(forms.Form):
    """For whom the page is: one carer."""

    to = forms.ModelChoiceField(
        Caregiver.objects.none(), label="Who is it for?", empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args, carers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = carers


class Given(forms.Form):
    """That the page was handed over."""

    given_on = day_box("Handed over on")
