"""A consultation: asked for, arranged, held, taken back."""

from datetime import date
from typing import Any

from django import forms

from pairs.service.models import Site, SiteQuerySet, UserQuerySet
from pairs.web.date_fields import LocalTimeForm, make_day_field, make_time_field
from referrals.forms.districts import DistrictField
from referrals.forms.pages import MAX_TEXT_LENGTH, TEXT_AREA, AskerFields, make_long_field, make_short_field
from referrals.rules.choices import (
    Agreement,
    ConsultationOutcome,
    ConsultationRoute,
    PermissionBasis,
    ProfessionalGroup,
)
from referrals.rules.consultations import find_feedback_error


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


class ProfessionalForm(forms.Form):
    """One more professional who took part."""

    conditional = ("group",)  # needed as soon as something is typed of them

    name = make_short_field("Name", 120)
    group = forms.ChoiceField(
        label="Professional group", choices=[("", "Choose"), *ProfessionalGroup.choices], required=False
    )
    organisation = make_short_field("Organisation", 120)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if any(cleaned.get(name) for name in ("name", "organisation")) and not cleaned.get("group"):
            self.add_error("group", "Choose their professional group.")
        return cleaned


class ProfessionalBaseFormSet(forms.BaseFormSet):
    def rows(self) -> list[dict[str, str]]:
        """Of each professional their name, group and organisation; rows left empty are no one's."""
        return [row for row in (form.cleaned_data for form in self.forms) if row.get("group")]


ProfessionalFormSet = forms.formset_factory(
    ProfessionalForm, formset=ProfessionalBaseFormSet, extra=1, max_num=30, absolute_max=30
)


class HeldFields(forms.Form):
    """What was thought together, what was agreed, and what came of it."""

    minutes = forms.IntegerField(
        label="How long was it, in minutes?", min_value=1, max_value=240,
        error_messages={"required": "Give the minutes"},
    )  # fmt: skip
    thoughts = forms.CharField(
        label="What did we think together?", max_length=MAX_TEXT_LENGTH, widget=TEXT_AREA,
        help_text="The person who requested it can read this too.",
        error_messages={"required": "Enter the consultation summary"},
    )  # fmt: skip
    agreed = make_long_field("What did we agree?", "Who does what, and by when.")
    outcome = forms.ChoiceField(
        label="What was the outcome?", choices=ConsultationOutcome.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome"},
    )  # fmt: skip
    follow_up_on = make_day_field(
        "When will you ask what happened next?",
        required=False,
        help_text="It appears in To do from that day.",
    )


class RecordConsultationForm(LocalTimeForm, HeldFields):
    """A consultation that was requested and has been held."""

    moment_fields = ("held_on", "held_at")
    conditional = ("held_at",)

    held_on = make_day_field("When was it?", error_messages={"required": "Choose the day"})
    held_at = make_time_field("At what time did it start?", required=False)
    field_order = ("held_on", "held_at")

    def __init__(self, *args: Any, booked_on: date | None, **kwargs: Any) -> None:
        """``booked_on``: the day for which it was booked, whose time is known already."""
        super().__init__(*args, **kwargs)
        self.booked_on = booked_on

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        held_on, known = self.cleaned_data.get("held_on"), "held_at" in self.errors
        if held_on and held_on != self.booked_on and not known and not self.cleaned_data.get("held_at"):
            self.add_error("held_at", "Enter the time it started.")
        return cleaned

    def details(self) -> dict[str, Any]:
        """Keyword arguments of hold_consultation."""
        known = {name: value for name, value in self.cleaned_data.items() if name != "held_at"}
        return known | {"starts_at": self.get_moment() if self.cleaned_data.get("held_at") else None}


class LogConsultationForm(LocalTimeForm, HeldFields, AskerFields):
    """A consultation at a drop-in clinic or by phone, which nobody requested first."""

    moment_fields = ("held_on", "held_at")

    came_by = forms.ChoiceField(
        label="How did it come about?",
        choices=[(route, route.label) for route in (ConsultationRoute.DROP_IN, ConsultationRoute.PHONE)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it came about"},
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label="Which site held it?", to_field_name="code", empty_label=None
    )
    held_on = make_day_field("When was it?", error_messages={"required": "Choose the day"})
    held_at = make_time_field(
        "At what time did it start?", error_messages={"required": "Enter the time it started"}
    )
    asker_email = forms.EmailField(
        label="Their work e-mail", required=False, help_text="To send them the link for feedback."
    )
    about = forms.CharField(
        label="What did they want to think about?", max_length=MAX_TEXT_LENGTH, widget=TEXT_AREA,
        error_messages={"required": "Enter what they wanted to think about"},
    )  # fmt: skip
    place = DistrictField("Which district does the family live in?", "Choose the district")
    named = forms.ChoiceField(
        label="Did they name the family?",
        choices=[("no", "No, the family is not named"), ("yes", "Yes, with permission")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they named the family"},
    )
    who = make_short_field("Who was it about?")
    permission = forms.ChoiceField(
        label="If the family was named: does the parent know, and agree?",
        choices=[(PermissionBasis.PARENT_AGREES, "The parent agrees"), *PermissionBasis.choices[1:]],
        widget=forms.RadioSelect,
        required=False,
    )
    permission_reason = forms.CharField(
        label="What is the lawful basis, and why?",
        max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    reveals = NewConsultationForm.reveals
    groups = [
        (None, ["came_by", "site", "held_on", "held_at", "minutes"]),
        (
            "Who asked",
            ["asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone", "asker_email"],
        ),
        ("The family", ["place", "named", "who", "permission", "permission_reason"]),
        ("What was thought about", ["about", "thoughts", "agreed", "outcome", "follow_up_on"]),
    ]

    def __init__(self, *args: Any, sites: SiteQuerySet, **kwargs: Any) -> None:
        """``sites``: those where the person holds consultations."""
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites
        labels = {"name": "Their name", "role": "Their role", "phone": "Their phone number"}
        labels |= {"group": "Their professional group", "organisation": "Their organisation"}
        for name, label in labels.items():
            self.fields[f"asker_{name}"].label = label
        self.fields["asker_group"].required = True
        self.fields["asker_group"].error_messages["required"] = "Choose their professional group"

    def details(self) -> dict[str, Any]:
        """Keyword arguments of log_consultation."""
        known = {name: value for name, value in self.cleaned_data.items() if name not in self.moment_fields}
        return known | {"named": self.cleaned_data["named"] == "yes", "starts_at": self.get_moment()}


class FollowUpForm(forms.Form):
    """What happened after a consultation."""

    happened_next = forms.CharField(
        label="What happened next?", max_length=MAX_TEXT_LENGTH, widget=TEXT_AREA,
        help_text="For the baby, the carers and the person who asked.",
        error_messages={"required": "Enter what happened next"},
    )  # fmt: skip


def make_agreement_field(sentence: str) -> forms.TypedChoiceField:
    """One sentence and how far they agree; it may be left out."""
    return forms.TypedChoiceField(
        label=sentence,
        choices=Agreement,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the answers, or none"},
    )


class FeedbackForm(forms.Form):
    """Two questions of our own about a consultation, and a box for anything else."""

    helped_to_think = make_agreement_field("It helped me to think about the baby and the carers")
    knew_what_next = make_agreement_field("Afterwards I knew what to do next")
    words = forms.CharField(
        label="Anything you want us to know",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Please leave out the family’s names.",
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        answers = [cleaned.get(name) for name in ("helped_to_think", "knew_what_next")]
        problem = find_feedback_error(answers=answers, words=cleaned.get("words", ""))
        if problem and not self.errors:
            self.add_error("helped_to_think", problem)
        return cleaned


class WithdrawConsultationForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(
        label="Why is it cancelled?", max_length=300,
        error_messages={"required": "Enter why, in a sentence"},
    )  # fmt: skip
