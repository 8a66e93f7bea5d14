"""Forms of training: a programme, its sessions, who has a place, who came, certificates, headcounts."""

from typing import Any

from django import forms
from django.utils import timezone

from interventions.training.models import TrainingAttendeeQuerySet, TrainingTopic
from interventions.training.rules import (
    HIGHEST_CONFIDENCE,
    LOWEST_CONFIDENCE,
    WorkforceGroup,
)
from pairs.service.models import Place, Site, SiteQuerySet, User, UserQuerySet
from pairs.web.date_fields import make_day_field
from pairs.web.session_times import SessionTimesForm
from referrals.rules.choices import ProfessionalGroup

WORKFORCE_EXAMPLES = {
    WorkforceGroup.FAMILY_FACING: "For example family hub receptionist, GP, Talking Therapies, paediatrician",
    WorkforceGroup.UNIVERSAL: "For example community midwife, health visitor",
    WorkforceGroup.ENHANCED: "For example specialist health visitor or specialist midwife",
    WorkforceGroup.EARLY_YEARS: "For example nursery practitioner, nursery manager, early years teacher",
    WorkforceGroup.CYP_MENTAL_HEALTH: "For example children and young people’s mental health nurse",
    WorkforceGroup.SOCIAL_CARE: "For example social worker",
}


class TopicForm(forms.Form):
    """A topic of the service's own."""

    name = forms.CharField(label="Topic", max_length=120, error_messages={"required": "Enter the topic"})
    recommended_by = forms.CharField(
        label="Where is it recommended?",
        max_length=200,
        required=False,
        help_text="Such as a framework or pathway.",
    )


class RetireTopicForm(forms.Form):
    """A topic that is offered no more."""

    topic = forms.ModelChoiceField(
        TrainingTopic.objects.offered(), label="Topic", to_field_name="code", empty_label="Choose",
        error_messages={"required": "Choose the topic"},
    )  # fmt: skip


class ProgrammeForm(forms.Form):
    """The name, topics and number of places."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the name"})
    topics = forms.ModelMultipleChoiceField(
        TrainingTopic.objects.offered(),
        label="Topics",
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one topic"},
    )
    places = forms.IntegerField(
        label="For how many people?", min_value=1, max_value=1000,
        error_messages={"required": "Enter the number of places"},
    )  # fmt: skip


class NewProgrammeForm(ProgrammeForm):
    """With the site that runs it."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label="Which site runs it?", to_field_name="code", empty_label=None
    )
    field_order = ("name", "site", "topics", "places")

    def __init__(self, *args: Any, sites: SiteQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites


class SessionForm(SessionTimesForm):
    """When, where, and who trains."""

    place = forms.ModelChoiceField(
        Place.objects.all(), label="District", to_field_name="code", empty_label="Choose",
        error_messages={"required": "Choose the district"},
    )  # fmt: skip
    venue = forms.CharField(label="Venue", max_length=120, required=False)
    trainer = forms.ModelChoiceField(
        User.objects.none(), label="Trainer", empty_label="Choose",
        error_messages={"required": "Choose who trains"},
    )  # fmt: skip
    second_trainer = forms.ModelChoiceField(
        User.objects.none(), label="Second trainer", required=False, empty_label="No one"
    )

    def __init__(self, *args: Any, trainers: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("trainer", "second_trainer"):
            self.fields[name].queryset = trainers

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        second = self.cleaned_data.get("second_trainer")
        if second and second == self.cleaned_data.get("trainer"):
            self.add_error("second_trainer", "Choose someone else, or no one.")
        return cleaned

    def details(self) -> dict[str, Any]:
        """Keyword arguments of the session's actions."""
        names = ("place", "venue", "trainer", "second_trainer")
        return {name: self.cleaned_data[name] for name in names} | self.get_times()


class CancelSessionForm(forms.Form):
    """Why a session does not take place."""

    because = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Enter why"})


def make_confidence_field(label: str) -> forms.IntegerField:
    """As the attendee rates it, our own question."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=LOWEST_CONFIDENCE,
        max_value=HIGHEST_CONFIDENCE,
        help_text=f"As they rate it, from {LOWEST_CONFIDENCE} (not at all) to {HIGHEST_CONFIDENCE} (completely).",
    )


class AttendeeForm(forms.Form):
    """Who has a place, and how confident they are."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter their name"})
    group = forms.ChoiceField(
        label="Profession", choices=[("", "Choose"), *ProfessionalGroup.choices],
        error_messages={"required": "Choose their profession"},
    )  # fmt: skip
    workforce_group = forms.ChoiceField(
        label="Level: which group of the workforce?", choices=WorkforceGroup.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose their group of the workforce"},
    )  # fmt: skip
    organisation = forms.CharField(label="Organisation", max_length=120, required=False)
    email = forms.EmailField(
        label="Work e-mail", required=False, help_text="It tells people of the same name apart."
    )
    place = forms.ModelChoiceField(
        Place.objects.all(), label="In which district do they work?", to_field_name="code", required=False,
        empty_label="Not known",
    )  # fmt: skip
    confidence_before = make_confidence_field("Confidence before the training")
    confidence_after = make_confidence_field("Confidence after the training")
    option_hints = {"workforce_group": WORKFORCE_EXAMPLES}


class RemoveAttendeeForm(forms.Form):
    reason = forms.CharField(
        label="Why?", max_length=200, error_messages={"required": "Enter why, in a sentence"}
    )


class AttendeeChoiceField(forms.ModelMultipleChoiceField):
    """Attendees by name and organisation."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, attendee: Any) -> str:
        return ", ".join(filter(None, [attendee.name, attendee.organisation]))


class RegisterForm(forms.Form):
    """Who came to a session."""

    came = AttendeeChoiceField(None, label="Who attended?", required=False)

    def __init__(self, *args: Any, attendees: TrainingAttendeeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came"].queryset = attendees


class CertificatesForm(forms.Form):
    """Who receives a certificate."""

    attendees = AttendeeChoiceField(
        None, label="Who receives a certificate?",
        error_messages={"required": "Choose who receives a certificate"},
    )  # fmt: skip

    def __init__(self, *args: Any, attendees: TrainingAttendeeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendees"].queryset = attendees


class HeadcountForm(forms.Form):
    """How many people of a group work in a place, and who says so."""

    place = forms.ModelChoiceField(
        Place.objects.all(), label="District", to_field_name="code", empty_label="Choose",
        error_messages={"required": "Choose the district"},
    )  # fmt: skip
    workforce_group = forms.ChoiceField(
        label="Group of the workforce", choices=WorkforceGroup.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose the group of the workforce"},
    )  # fmt: skip
    headcount = forms.IntegerField(
        label="How many people?", min_value=1, max_value=1_000_000,
        error_messages={"required": "Enter how many people"},
    )  # fmt: skip
    as_of = make_day_field("As of", error_messages={"required": "Choose the day"})
    source = forms.CharField(
        label="Source", max_length=200, help_text="For example the workforce return of the trust.",
        error_messages={"required": "Enter where the number is from"},
    )  # fmt: skip
    option_hints = {"workforce_group": WORKFORCE_EXAMPLES}

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError("This date is in the future.")
        return day
