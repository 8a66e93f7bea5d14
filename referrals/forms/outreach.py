"""The outreach session that a referral came from."""

from typing import Any

from django import forms

from referrals.outreach.models import OutreachSession, OutreachSessionQuerySet


class LinkOutreachForm(forms.Form):
    """One session, or none."""

    outreach_session = forms.ModelChoiceField(
        OutreachSession.objects.none(),
        label="Which outreach session?",
        required=False,
        empty_label="None",
        help_text="Sessions held before the referral was received.",
    )

    def __init__(self, *args: Any, sessions: OutreachSessionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outreach_session"].queryset = sessions
