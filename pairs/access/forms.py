"""The form that issues an API token."""

from django import forms


class NewTokenForm(forms.Form):
    """What the token is for, and how long it lasts."""

    name = forms.CharField(
        label="What is it for?", max_length=80, help_text="For example: the trust's referral system."
    )
    days = forms.TypedChoiceField(
        label="How long does it last?",
        choices=[(30, "30 days"), (90, "90 days"), (365, "A year")],
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
    )
