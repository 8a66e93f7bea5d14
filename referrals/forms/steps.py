"""Steps beside the decision, what somebody adds, and handing over."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from pairs.service.models import User
from referrals.rules.choices import FAMILY_KNOWS, WITHDRAWN_BY

MAX_REASON_LENGTH = 250


class QuestionForm(forms.Form):
    """What is asked; the words themselves are the reply's."""

    reason = forms.CharField(
        label="What do you need to know, in a line?", max_length=MAX_REASON_LENGTH,
        help_text="For our own record. The question itself goes into the reply below.",
        error_messages={"required": "Say in a line what you need to know"},
    )  # fmt: skip


class WithdrawalForm(forms.Form):
    """Who asked that it ends, and why."""

    asked_by = forms.ChoiceField(
        label="Who asked to withdraw it?", choices=WITHDRAWN_BY, widget=forms.RadioSelect,
        error_messages={"required": "Say who asked to withdraw it"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=MAX_REASON_LENGTH, help_text="In words the family would recognise.",
        error_messages={"required": "Give the reason, in words the family would recognise"},
    )  # fmt: skip


class ReopeningForm(forms.Form):
    """Why one that ended is looked at again."""

    reason = forms.CharField(
        label="Why is it opened again?", max_length=MAX_REASON_LENGTH,
        error_messages={"required": "Say why it is opened again"},
    )  # fmt: skip


class OwnWithdrawalForm(forms.Form):
    """Whoever referred withdraws it: why, and whether the family knows."""

    reason = forms.CharField(
        label="Why?",
        max_length=MAX_REASON_LENGTH,
        help_text="For example: they have found help, or would rather wait.",
        error_messages={"required": "Say why, in a line"},
    )
    family_knows = forms.ChoiceField(
        label="Does the family know?", choices=FAMILY_KNOWS, widget=forms.RadioSelect,
        error_messages={"required": "Say whether the family knows"},
    )  # fmt: skip
    option_hints = {"family_knows": {"tell": "We tell them first, and then close it."}}


class AdditionForm(forms.Form):
    """What is added, as it is said."""

    text = forms.CharField(
        label="What would you like to add?", max_length=10_000, widget=forms.Textarea,
        error_messages={"required": "Write what you would like to add"},
    )  # fmt: skip


class HandOverForm(forms.Form):
    """Whose referrals go to whom."""

    whose = forms.ModelChoiceField(label="Whose referrals?", queryset=User.objects.none(), empty_label=None)
    to = forms.ModelChoiceField(
        label="Who takes them over?", queryset=User.objects.none(), empty_label="Choose"
    )

    def __init__(self, *args: Any, whose: QuerySet[User], to: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].queryset, self.fields["to"].queryset = whose, to
