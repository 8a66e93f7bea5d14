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
        help_text="For our records. Write the question itself in the reply below.",
        error_messages={"required": "Enter what you need to know, in one line"},
    )  # fmt: skip


class WithdrawalForm(forms.Form):
    """Who asked that it ends, and why."""

    asked_by = forms.ChoiceField(
        label="Who asked to withdraw it?", choices=WITHDRAWN_BY, widget=forms.RadioSelect,
        error_messages={"required": "Choose who asked to withdraw it"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why?", max_length=MAX_REASON_LENGTH, help_text="In words the family would recognise.",
        error_messages={"required": "Enter the reason, in words the family would recognise"},
    )  # fmt: skip


class ReopeningForm(forms.Form):
    """Why one that ended is looked at again."""

    reason = forms.CharField(
        label="Why is it being reopened?", max_length=MAX_REASON_LENGTH,
        error_messages={"required": "Enter why it is being reopened"},
    )  # fmt: skip


class OwnWithdrawalForm(forms.Form):
    """Whoever referred withdraws it: why, and whether the family knows."""

    reason = forms.CharField(
        label="Why?",
        max_length=MAX_REASON_LENGTH,
        help_text="For example: they have found help, or prefer to wait.",
        error_messages={"required": "Enter why, in one line"},
    )
    family_knows = forms.ChoiceField(
        label="Does the family know?", choices=FAMILY_KNOWS, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the family knows"},
    )  # fmt: skip
    option_hints = {"family_knows": {"tell": "We will tell them first, then close the referral."}}


class AdditionForm(forms.Form):
    """What is added, as it is said. ``answers``: whether it is the answer to a question of ours."""

    text = forms.CharField(
        label="What would you like to add?", max_length=10_000, widget=forms.Textarea,
        error_messages={"required": "Enter what you would like to add"},
    )  # fmt: skip

    def __init__(self, *args: Any, answers: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answers:
            self.fields["text"].label = "Your answer"
            self.fields["text"].error_messages["required"] = "Enter your answer"


class HandOverForm(forms.Form):
    """Whose referrals go to whom."""

    whose = forms.ModelChoiceField(label="Whose referrals?", queryset=User.objects.none(), empty_label=None)
    to = forms.ModelChoiceField(
        label="Who will take them over?", queryset=User.objects.none(), empty_label="Choose"
    )

    def __init__(self, *args: Any, whose: QuerySet[User], to: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whose"].queryset, self.fields["to"].queryset = whose, to
