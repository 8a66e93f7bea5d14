"""The hub's answer to a possible match."""

from django import forms

from referrals.rules.choices import MatchResult


class MatchCheckForm(forms.Form):
    """The same person, or not, and how one knows."""

    answer = forms.ChoiceField(
        label="Are they the same person?",
        choices=[(MatchResult.SAME, "Yes, the same person"), (MatchResult.DIFFERENT, "No, somebody else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are the same person"},
    )
    reason = forms.CharField(
        label="How do you know?", max_length=300, required=False,
        help_text="Whoever decides the referral does not read this.",
    )  # fmt: skip
