"""A consultation: asked for, arranged, held, taken back."""

from typing import Any

from django import forms

from pairs.service.models import UserQuerySet
from pairs.web.date_fields import LocalTimeForm, make_day_field, make_time_field
from referrals.forms.districts import DistrictField
from referrals.forms.pages import MAX_TEXT_LENGTH, TEXT_AREA, AskerFields, make_short_field
from referrals.rules.choices import ConsultationOutcome, PermissionBasis


class NewConsultationForm(AskerFields):
    """What somebody would like to think about with us; the family may stay unnamed."""

    about = forms.CharField(
        label="What would you like to think about?",
        max_length=MAX_TEXT_LENGTH,
        widget=TEXT_AREA,
        help_text="What you see between the baby and carers, and what you are unsure about. Leave names out.",
        error_messages={"required": "Enter what you would like to think about"},
    )
    place = DistrictField("Which district does the family live in?", "Choose the district")
    named = forms.ChoiceField(
        label="Will you name the family?",
        choices=[("no", "No, the family is not named"), ("yes", "Yes, with permission")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether to name the family"},
    )
    who = make_short_field("Who is it about?", hint="For example, baby Ada Example and her father Dan.")
    permission = forms.ChoiceField(
        label="If you name them: does the parent know, and agree?",
        choices=[(PermissionBasis.PARENT_AGREES, "The parent agrees"), *PermissionBasis.choices[1:]],
        widget=forms.RadioSelect,
        required=False,
    )
    permission_reason = forms.CharField(
        label="What is the lawful basis, and why?",
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    best_times = make_short_field("Good days and times for you")
    reveals = {"named": {"yes": "who"}, "permission": {PermissionBasis.LAWFUL_BASIS: "permission_reason"}}
    groups = [
        (None, ["about", "place"]),
        ("The family", ["named", "who", "permission", "permission_reason"]),
        (
            "About you",
            ["best_times", "asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone"],
        ),
    ]

    def __init__(self, *args: Any, referral: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if referral:  # named already, on the ground the referral came with, where it says the family lives
            for name in ("place", "named", "who", "permission", "permission_reason"):
                del self.fields[name]

    def details(self):
        """Keyword arguments of ask_for_consultation."""
        named = self.cleaned_data.get("named")
        return self.cleaned_data | ({"named": named == "yes"} if named else {})


class ArrangeConsultationForm(LocalTimeForm):
    """Who thinks with them, and when."""

    moment_fields = ("on", "at")

    clinician = forms.ModelChoiceField(
        label="Who will hold the consultation?", queryset=None, empty_label="Choose",
        error_messages={"required": "Choose who will hold it"},
    )  # fmt: skip
    on = make_day_field("On what date?", error_messages={"required": "Choose the day"})
    at = make_time_field("At what time?", error_messages={"required": "Choose the time"})

    def __init__(self, *args: Any, clinicians: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clinician"].queryset = clinicians

    def details(self):
        """Keyword arguments of arrange_consultation."""
        return {"clinician": self.cleaned_data["clinician"], "at": self.get_moment()}


class RecordConsultationForm(forms.Form):
    """What was thought together, and what came of it."""

    held_on = make_day_field("When was it?", error_messages={"required": "Choose the day"})
    minutes = forms.IntegerField(
        label="How long was it, in minutes?", min_value=1, max_value=240,
        error_messages={"required": "Give the minutes"},
    )  # fmt: skip
    thoughts = forms.CharField(
        label="What did we think together?", max_length=MAX_TEXT_LENGTH, widget=TEXT_AREA,
        help_text="The person who requested it can read this too.",
        error_messages={"required": "Enter the consultation summary"},
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label="What was the outcome?", choices=ConsultationOutcome.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )  # fmt: skip


class WithdrawConsultationForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label="Why is it cancelled?", max_length=300,
        error_messages={"required": "Enter why, in a sentence"},
    )  # fmt: skip
