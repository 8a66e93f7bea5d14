"""The form of “is this helping?”."""

from django import forms

from interventions.plans.forms.care_plan import make_long_text_field
from interventions.plans.rules import FamilyAnswer, NextStep, OurAnswer
from pairs.web.date_fields import make_day_field


class HelpingForm(forms.Form):
    """The family's and the practitioner's answer, and the next step."""

    conditional = ("what_changes", "ask_again_on")  # needed of some answers

    asked_on = make_day_field("Asked on")
    family_says = forms.ChoiceField(
        label="Is this helping? What the family says", choices=FamilyAnswer, widget=forms.RadioSelect
    )
    family_words = make_long_text_field("In their words")
    we_say = forms.ChoiceField(
        label="Is this helping? What you think yourself", choices=OurAnswer, widget=forms.RadioSelect
    )
    what_next = forms.ChoiceField(label="What now?", choices=NextStep, widget=forms.RadioSelect)
    what_changes = make_long_text_field("What will be different?")
    ask_again_on = make_day_field("Ask again on", required=False)
