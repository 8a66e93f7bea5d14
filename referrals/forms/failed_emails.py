"""What is done about an e-mail that could not be delivered."""

from django import forms

from referrals.rules.choices import FailedEmailAnswer


class FailedEmailForm(forms.Form):
    """Sent again, to this or another address, or told in another way."""

    reveals = {"how": {FailedEmailAnswer.ADDRESS.value: "address"}}
    conditional = ("address", "note")  # needed of some answers

    how = forms.ChoiceField(
        label="What will you do?", choices=FailedEmailAnswer, widget=forms.RadioSelect,
        error_messages={"required": "Choose what you will do about it"},
    )  # fmt: skip
    address = forms.EmailField(
        label="The other e-mail address",
        required=False,
        help_text="An address of the person themselves, where it is safe to write to them.",
    )
    note = forms.CharField(
        label="Note", max_length=300, required=False,
        help_text="For example when you spoke to them. Needed if the e-mail is no longer needed.",
    )  # fmt: skip
