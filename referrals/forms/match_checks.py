"""The hub's answer to a possible match."""

from django import forms

from referrals.rules.choices import MatchResult


class MatchCheckForm(forms.Form):
    """The same person, or not, and how one knows."""

    conditional = ("reason",)  # needed of some answers

    answer = forms.ChoiceField(
        label="Are they the same person?",
        choices=[(MatchResult.SAME, "Yes, the same person"), (MatchResult.DIFFERENT, "No, someone else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they are the same person"},
    )
    reason = forms.CharField(
        label="How do you know?", max_length=300, required=False,
        help_text="The person deciding the referral does not see this.",
    )  # fmt: skip
