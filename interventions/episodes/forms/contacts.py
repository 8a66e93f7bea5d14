"""Forms of a care contact and its note."""

from datetime import datetime

from django import forms
from django.utils import timezone

from interventions.episodes.forms.episodes import day_box, ways_of_working
from interventions.episodes.rules import (
    LOCATIONS,
    MECHANISMS,
    NOTE_PARTS,
)
from pairs.service.refusals import Refused


def about_box():
    return forms.CharField(label="About", required=False, widget=forms.Select)


class NewContact(forms.Form):
    """A care contact, all but its participants (a formset of ``Expected``)."""

    held_on = day_box("Day")
    held_at = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=720)
    mechanism = forms.ChoiceField(label="How", choices=MECHANISMS)
    location = forms.ChoiceField(label="Where", choices=LOCATIONS)
    interventions = ways_of_working("What we worked with")
    missed_because = forms.CharField(
        label="If somebody did not come: who, and why, as far as you know",
        max_length=500,
        required=False,
        help_text="This goes into “What happened”.",
    )
    happened = forms.CharField(label="What happened", required=False, widget=forms.Textarea, max_length=20000)
    happened_about = about_box()
    baby_told = forms.CharField(
        label="What the baby told us", required=False, widget=forms.Textarea, max_length=20000
    )
    baby_told_about = about_box()
    next = forms.CharField(label="What next", required=False, widget=forms.Textarea, max_length=20000)
    next_about = about_box()
    sign = forms.BooleanField(label="Sign it", required=False)

    def notes(self):
        """{part: text}; why somebody did not come stands first in what happened."""
        notes = {part: self.cleaned_data[part] for part, _ in NOTE_PARTS}
        why = self.cleaned_data["missed_because"].strip()
        if why:
            notes["happened"] = f"Did not come: {why}\n\n{notes['happened']}".strip()
        return notes

    def starts_at(self):
        """Day and time as one moment, in the service's own time zone."""
        return timezone.make_aware(
            datetime.combine(self.cleaned_data["held_on"], self.cleaned_data["held_at"])
        )

    def subjects(self, people):
        """{part: Infant, Caregiver, Dyad, "couple" or "family"} of the parts that say so."""
        said = {part: self.cleaned_data[f"{part}_about"] for part, _ in NOTE_PARTS}
        return {part: people.subject(f"{part}_about", text) for part, text in said.items() if text}

    def offering(self, people, interventions):
        """For the page: whom a part may be about, and the ways of working already under way first."""
        for part, _ in NOTE_PARTS:
            self.fields[f"{part}_about"].widget.choices = people.subjects()
        self.fields["interventions"].queryset = interventions
        return self


MISSED = {"not_brought", "did_not_attend"}


def ask_about_the_missed(form, formset):
    """Somebody was not brought or did not attend: the note says who and why, or that it is not known yet."""
    missed = any(row.cleaned_data.get("attendance") in MISSED for row in formset.forms)
    if missed and not (form.cleaned_data["missed_because"] or form.cleaned_data["happened"]).strip():
        raise Refused({"missed_because": "Say who did not come and why, or that it is not known yet."})


class Notes(forms.Form):
    """The three parts of a note that is not signed yet."""

    happened = forms.CharField(label="What happened", required=False, widget=forms.Textarea, max_length=20000)
    baby_told = forms.CharField(
        label="What the baby told us", required=False, widget=forms.Textarea, max_length=20000
    )
    next = forms.CharField(label="What next", required=False, widget=forms.Textarea, max_length=20000)
    sign = forms.BooleanField(label="Sign it", required=False)

    def notes(self):
        return {part: self.cleaned_data[part] for part, _ in NOTE_PARTS}


class Amendment(forms.Form):
    """What a signed part should say, and why it is amended."""

    text = forms.CharField(label="What it should say", widget=forms.Textarea, max_length=20000)
    reason = forms.CharField(label="Why it is amended", max_length=200)
