"""The list of concerns: one more, other words, one fewer, another place."""

from django import forms

from referrals.models import Concern


class NewConcernForm(forms.Form):
    """A concern in both voices: without a diagnosis, a score or blame."""

    family_voice = forms.CharField(
        label="In the family's voice", max_length=120,
        help_text="As a parent would say it: I can't tell what my baby needs",
        error_messages={"required": "Enter it as a parent would say it"},
    )  # fmt: skip
    professional_voice = forms.CharField(
        label="In the professional's voice", max_length=120,
        help_text="The same, as a professional would write it: Parent finds it hard to read the baby's cues",
        error_messages={"required": "Enter it as a professional would say it"},
    )  # fmt: skip


class OfferedConcernForm(forms.Form):
    """One of those on the list."""

    concern = forms.ModelChoiceField(
        label="Which concern?",
        queryset=Concern.objects.filter(retired_on=None),
        to_field_name="code",
        empty_label="Choose",
        error_messages={"required": "Choose a concern", "invalid_choice": "This concern is not on the list"},
    )


class RewordConcernForm(OfferedConcernForm, NewConcernForm):
    """Other words for one of them."""

    field_order = ("concern", "family_voice", "professional_voice")


class MoveConcernForm(OfferedConcernForm):
    """One place up or down."""

    way = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])
