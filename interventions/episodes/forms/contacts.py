"""Forms of a care contact and its note."""

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from interventions.episodes.contact_rules import FAMILY_MECHANISMS, MESSAGE_MECHANISMS, CountersigningState
from interventions.episodes.forms.episodes import make_interventions_field
from interventions.episodes.forms.minutes import MinutesField
from interventions.episodes.forms.people import FamilyPeople, get_display_name
from interventions.episodes.rules import Location, Mechanism, NoteHeading
from pairs.families.forms import EnteredInErrorForm
from pairs.web.date_fields import LocalTimeForm, make_day_field
from pairs.web.shared_fields import share_fields

MAX_PART_LENGTH = 20000


def make_subject_field() -> forms.CharField:
    return forms.CharField(label="About", required=False, widget=forms.Select)


def make_note_field(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea, max_length=MAX_PART_LENGTH, **options
    )


class WrittenContactForm(LocalTimeForm):
    """The fields of every kind of contact: day and time, and the parts of the note, signed or not."""

    moment_fields = ("held_on", "held_at")

    held_on = make_day_field("Date")
    held_at = forms.TimeField(label="Start", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    happened = make_note_field("What happened")
    happened_about = make_subject_field()
    next = make_note_field("What next")
    next_about = make_subject_field()
    sign = forms.BooleanField(label="Sign it", required=False)

    def parts(self) -> list[str]:
        """The note parts of this form, in order."""
        return [part for part in NoteHeading.values if part in self.fields]

    def notes(self) -> dict[str, str]:
        """{part: text}."""
        return {part: self.cleaned_data[part] for part in self.parts()}

    def starts_at(self) -> datetime:
        """Day and time as one datetime, in the service's time zone."""
        return self.get_moment()

    def subjects(self, people: FamilyPeople) -> dict[str, Any]:
        """{part: Infant, Caregiver, Dyad, "couple" or "family"} of the parts whose subject was chosen."""
        said = {part: self.cleaned_data[f"{part}_about"] for part in self.parts()}
        return {part: people.subject(f"{part}_about", text) for part, text in said.items() if text}

    def offer_subjects(self, people: FamilyPeople) -> Any:
        """Set the subject choices of each part, for the page."""
        choices = functools.cache(
            people.subjects
        )  # asked for when the page is shown: not of a form that is saved
        for part in self.parts():
            self.fields[f"{part}_about"].widget.choices = choices
        return self


@share_fields(but=("interventions", "happened_about", "baby_told_about", "next_about"))
class NewContactForm(WrittenContactForm):
    """A contact with the family, without its participants, who are a formset."""

    minutes = MinutesField(usual=(30, 60, 90))
    mechanism = forms.ChoiceField(label="How", choices=FAMILY_MECHANISMS)
    location = forms.ChoiceField(label="Where", choices=Location)
    interventions = make_interventions_field("What we worked with")
    baby_told = make_note_field("What the baby told us")
    baby_told_about = make_subject_field()


class NewMessageForm(WrittenContactForm):
    """A text or an e-mail, exchanged with one carer or more."""

    mechanism = forms.ChoiceField(label="How", choices=MESSAGE_MECHANISMS, widget=forms.RadioSelect)
    carers = forms.MultipleChoiceField(
        label="Who with",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who you exchanged messages with."},
    )

    def __init__(self, *args: Any, people: FamilyPeople, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_at"].label = "Time"
        self.fields[NoteHeading.HAPPENED].label = "What was said"
        self.fields["carers"].choices = [(str(each.pk), get_display_name(each)) for each in people.caregivers]


class NewLiaisonForm(WrittenContactForm):
    """A conversation about the family with a colleague, without the family; the colleagues are a formset."""

    minutes = MinutesField(usual=(15, 30, 60))
    mechanism = forms.ChoiceField(label="How", choices=Mechanism)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[NoteHeading.HAPPENED].label = "What was said"
        self.fields[NoteHeading.HAPPENED].required = True


class NotesForm(forms.Form):
    """The three parts of a note that is not signed yet."""

    happened = make_note_field("What happened")
    baby_told = make_note_field("What the baby told us")
    next = make_note_field("What next")
    sign = forms.BooleanField(label="Sign it", required=False)

    def notes(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in NoteHeading.values}


class AmendmentForm(forms.Form):
    """The new text of a signed part, and the reason for the amendment."""

    text = forms.CharField(label="What it should say", widget=forms.Textarea, max_length=20000)
    reason = forms.CharField(label="Why it is amended", max_length=200)


class CountersigningForm(forms.Form):
    """Countersign a trainee's note, or ask for an amendment first."""

    READ = [
        (CountersigningState.DONE.value, "Countersign"),
        (CountersigningState.RETURNED.value, "Ask for an amendment first"),
    ]
    outcome = forms.ChoiceField(label="Your decision", choices=READ, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="What should be amended, and why",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="The author reads this. The signed text is kept beside the amendment.",
    )
    reveals = {"outcome": {CountersigningState.RETURNED.value: "reason"}}


class StarringForm(forms.Form):
    """Star a contact for supervision, or take the star off."""

    star = forms.BooleanField(label="For supervision", required=False)


class NamedRecordForm(EnteredInErrorForm):
    """Why a contact was entered in error, and the episode it belongs to, if any, by a reference."""

    reference = forms.CharField(
        label="Or the reference of the baby or the referral it belongs to",
        required=False,
        max_length=30,
        help_text="For example PI-2026-00017 or R-2026-00042.",
    )
    field_order = ("reason", "belongs_to", "reference")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned.get("belongs_to") and cleaned.get("reference"):
            self.add_error("reference", "Either choose from the list or enter a reference, not both.")
        return cleaned


class WrongRecordForm(NamedRecordForm):
    """For the page: or chosen from a list."""

    belongs_to = forms.ChoiceField(
        label="Does it belong in another record?",
        required=False,
        help_text="Other episodes of this family, and of your own caseload.",
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["belongs_to"].choices = [("", "No, it does not belong in any record"), *choices]


class WrongRecordByIdForm(NamedRecordForm):
    """For the API: or any episode in which the user may write, by its id."""

    belongs_to = forms.UUIDField(label="The episode it belongs to", required=False)
