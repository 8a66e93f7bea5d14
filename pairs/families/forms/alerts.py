"""Alerts, and what was entered in error."""

from django import forms

from pairs.families.choices import AlertStepKind


class NewAlertForm(forms.Form):
    """Somebody is worried: what about, in a sentence or two."""

    what = forms.CharField(
        label="What are you worried about?",
        max_length=300,
        widget=forms.Textarea,
        help_text="The lead and duty are told straight away that there is an alert. They read the details here.",
    )


class AnswerAlertForm(forms.Form):
    """What was done about an alert."""

    conditional = ("note",)  # needed of an act and of a closing

    KINDS = [
        (AlertStepKind.SEEN, "I have seen it"),
        (AlertStepKind.ACTION, "I have done something about it"),
        (AlertStepKind.CLOSED, "It can be closed"),
    ]
    answer = forms.ChoiceField(label="What do you want to record?", choices=KINDS, widget=forms.RadioSelect)
    note = forms.CharField(
        label="What was done, or why it can be closed", required=False, max_length=2000, widget=forms.Textarea
    )


class EnteredInErrorForm(forms.Form):
    """Why a record should not be here."""

    reason = forms.CharField(label="Why was this entered in error?", max_length=200)
