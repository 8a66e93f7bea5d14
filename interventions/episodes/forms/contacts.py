"""Forms of a care contact and its note."""

from datetime import datetime

from django import forms
from django.utils import timezone

from interventions.episodes.contact_rules import FAMILY_MECHANISMS, MESSAGE_MECHANISMS
from interventions.episodes.forms.episodes import day_box, ways_of_working
from interventions.episodes.forms.people import called
from interventions.episodes.rules import (
    LOCATIONS,
    MECHANISMS,
    NOTE_PARTS,
)
from pairs.families.forms import EnteredInError
from pairs.service.refusals import Refused

LONGEST_PART = 20000


def about_box():
    return forms.CharField(label="About", required=False, widget=forms.Select)


def part_box(label, **options):
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea, max_length=LONGEST_PART, **options
    )


class Written(forms.Form):
    """What every kind of contact has: a day and a time, and a note by parts that is signed or not yet."""

    held_on = day_box("Day")
    held_at = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    happened = part_box("What happened")
    happened_about = about_box()
    next = part_box("What next")
    next_about = about_box()
    sign = forms.BooleanField(label="Sign it", required=False)

    def parts(self):
        """The parts of the note that this form asks for, in the order they are written."""
        return [part for part, _ in NOTE_PARTS if part in self.fields]

    def notes(self):
        """{part: text}."""
        return {part: self.cleaned_data[part] for part in self.parts()}

    def starts_at(self):
        """Day and time as one moment, in the service's own time zone."""
        return timezone.make_aware(
            datetime.combine(self.cleaned_data["held_on"], self.cleaned_data["held_at"])
        )

    def subjects(self, people):
        """{part: Infant, Caregiver, Dyad, "couple" or "family"} of the parts that say so."""
        said = {part: self.cleaned_data[f"{part}_about"] for part in self.parts()}
        return {part: people.subject(f"{part}_about", text) for part, text in said.items() if text}

    def offering(self, people):
        """For the page: whom a part may be about."""
        for part in self.parts():
            self.fields[f"{part}_about"].widget.choices = people.subjects()
        return self


class NewContact(Written):
    """A contact with the family, all but its participants (a formset of ``Expected``)."""

    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=720)
    mechanism = forms.ChoiceField(label="How", choices=FAMILY_MECHANISMS)
    location = forms.ChoiceField(label="Where", choices=LOCATIONS)
    interventions = ways_of_working("What we worked with")
    missed_because = forms.CharField(
        label="If somebody did not come: who, and why, as far as you know",
        max_length=500,
        required=False,
        help_text="This goes into “What happened”.",
    )
    baby_told = part_box("What the baby told us")
    baby_told_about = about_box()

    def notes(self):
        """{part: text}; why somebody did not come stands first in what happened."""
        notes = super().notes()
        why = self.cleaned_data["missed_because"].strip()
        if why:
            notes["happened"] = f"Did not come: {why}\n\n{notes['happened']}".strip()
        return notes


class NewMessage(Written):
    """A text or an e-mail, exchanged with one carer or more."""

    mechanism = forms.ChoiceField(label="How", choices=MESSAGE_MECHANISMS, widget=forms.RadioSelect)
    carers = forms.MultipleChoiceField(
        label="With whom",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Say with whom you exchanged messages."},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["happened"].label = "What was said"
        self.fields["carers"].choices = [(str(each.pk), called(each)) for each in people.caregivers]


class NewLiaison(Written):
    """Spoken about the family with a colleague, the family not being there (with a formset of ``Other``)."""

    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=720)
    mechanism = forms.ChoiceField(label="How", choices=MECHANISMS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["happened"].label = "What was said"
        self.fields["happened"].required = True


MISSED = {"not_brought", "did_not_attend"}


def ask_about_the_missed(form, formset):
    """Somebody was not brought or did not attend: the note says who and why, or that it is not known yet."""
    missed = any(row.cleaned_data.get("attendance") in MISSED for row in formset.forms)
    if missed and not (form.cleaned_data["missed_because"] or form.cleaned_data["happened"]).strip():
        raise Refused({"missed_because": "Say who did not come and why, or that it is not known yet."})


class Notes(forms.Form):
    """The three parts of a note that is not signed yet."""

    happened = part_box("What happened")
    baby_told = part_box("What the baby told us")
    next = part_box("What next")
    sign = forms.BooleanField(label="Sign it", required=False)

    def notes(self):
        return {part: self.cleaned_data[part] for part, _ in NOTE_PARTS}


class Amendment(forms.Form):
    """What a signed part should say, and why it is amended."""

    text = forms.CharField(label="What it should say", widget=forms.Textarea, max_length=20000)
    reason = forms.CharField(label="Why it is amended", max_length=200)


class Countersigning(forms.Form):
    """A trainee's note was read: it stands, or is to be amended first."""

    READ = [("done", "It stands: countersign it"), ("returned", "Ask for an amendment first")]
    outcome = forms.ChoiceField(label="What do you think of it?", choices=READ, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="What should be amended, and why",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="Its author reads this. The signed words stay beside the amended ones.",
    )
    reveals = {"outcome": {"returned": "reason"}}


class Starring(forms.Form):
    """Star a contact for supervision, or take the star off."""

    star = forms.BooleanField(label="For supervision", required=False)


class WrongRecord(EnteredInError):
    """Why a contact should not stand here; and, where it belongs to another episode, which."""

    belongs_to = forms.ChoiceField(
        label="Does it belong somewhere else?",
        required=False,
        help_text="Other episodes of this family, and of your own caseload.",
    )
    reference = forms.CharField(
        label="Or the reference of the baby or the referral it belongs to",
        required=False,
        max_length=30,
        help_text="For example PI-2026-00017 or R-2026-00042.",
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["belongs_to"].choices = [("", "No, it should stand nowhere"), *choices]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("belongs_to") and cleaned.get("reference"):
            self.add_error("reference", "Choose from the list, or give a reference: not both.")
        return cleaned
