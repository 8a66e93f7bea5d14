"""The form of “is this helping?”."""

from django import forms

from interventions.episodes.forms.episodes import day_box
from interventions.plans.forms.writing import words_box
from interventions.plans.rules import FAMILY_ANSWERS, NEXT_STEPS, OUR_ANSWERS


class Helping(forms.Form):
    """Asked of the family and of the practitioner."""

    asked_on = day_box("Asked on")
    family_says = forms.ChoiceField(
        label="Is this helping? What the family says", choices=FAMILY_ANSWERS, widget=forms.RadioSelect
    )
    family_words = words_box("In their words")
    we_say = forms.ChoiceField(
        label="Is this helping? What you think yourself", choices=OUR_ANSWERS, widget=forms.RadioSelect
    )
    what_next = forms.ChoiceField(label="What now?", choices=NEXT_STEPS, widget=forms.RadioSelect)
    what_changes = words_box("What will be different?")
    ask_again_on = day_box("Ask again on", required=False)
