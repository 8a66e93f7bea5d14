"""Forms of subject access, for pages and the API."""

from collections.abc import Iterable
from typing import Any

from django import forms

from pairs.families.models import Caregiver, Infant
from pairs.service.models import User, UserQuerySet
from pairs.subject_access.choices import (
    AskedAs,
    CheckAnswer,
    Decision,
    HarmFinding,
    ReceivedHow,
    RequestStatus,
    SealedGround,
    WithheldBecause,
)
from pairs.subject_access.rules import MIN_REASON_LENGTH
from pairs.web.date_fields import make_day_field

ENDINGS = [(each.value, each.label) for each in (RequestStatus.WITHDRAWN, RequestStatus.REFUSED)]
FOR_SECTION = [(each.value, each.label) for each in (Decision.GIVE, Decision.WITHHOLD)]


def make_text_field(label: str, *, rows: int = 2, max_length: int = 300, **options: Any) -> forms.CharField:
    shared: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": rows}), "max_length": max_length}
    return forms.CharField(label=label, **shared | options)


def make_radio_field(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class IdentityForm(forms.Form):
    """When identity was asked for, and when and how it was shown."""

    identity_asked_on = make_day_field(
        "If you had to ask for proof of identity, when did you ask?",
        required=False,
        help_text="The one-month clock then starts on the day it is shown.",
    )
    identity_shown_on = make_day_field("When was identity checked?", required=False)
    identity_how = forms.CharField(
        label="How was identity checked?",
        max_length=200,
        required=False,
        help_text="For example passport seen, or known to the practitioner. Keep no copy of a document here.",
    )


class RecordRequestForm(IdentityForm):
    """Who asks, for whom and in which right, when it was received, and whether identity has been checked."""

    person = forms.ChoiceField(label="Whose information is asked for?", widget=forms.RadioSelect)
    asked_as = make_radio_field("Who is asking?", AskedAs)
    carer = forms.ModelChoiceField(
        Caregiver.objects.none(),
        label="If they are a carer of this family, which?",
        required=False,
        empty_label="Not a carer of this family",
    )
    name = forms.CharField(label="Otherwise, their name", max_length=160, required=False)
    authority = make_text_field(
        "How did they show that they may ask?",
        required=False,
        help_text="Not needed where people ask for themselves. For example a birth certificate or power of attorney.",
    )
    received_on = make_day_field("When was the request received?")
    received_how = make_radio_field("How was it received?", ReceivedHow)
    asks_for = make_text_field(
        "What do they ask for?",
        rows=3,
        max_length=2000,
        required=False,
        help_text="In their words. Leave empty if they ask for everything.",
    )
    conditional = ("name", "authority")
    field_order = (
        "person", "asked_as", "carer", "name", "authority", "received_on", "received_how", "asks_for",
    )  # fmt: skip

    def __init__(self, *args: Any, infants: Iterable[Infant], carers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in (*infants, *carers)}
        self.fields["person"].choices = [(key, str(each)) for key, each in self.people.items()]
        self.fields["carer"].queryset = carers

    def clean_person(self) -> Caregiver | Infant:
        return self.people[self.cleaned_data["person"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        carer, name = cleaned.pop("carer", None), cleaned.pop("name", "")
        if carer and name:
            self.add_error("name", "Either choose a carer or enter a name, not both.")
        person, asks_alone = cleaned.get("person"), cleaned.get("asked_as") == AskedAs.SELF
        if asks_alone and isinstance(person, Caregiver) and not (carer or name):
            carer = person
        if asks_alone and carer and person and carer != person:
            self.add_error(
                "carer", "The person themselves asks: choose the same person, or another answer above."
            )
        if not (carer or name) and not asks_alone:
            self.add_error("name", "Choose the carer who asks, or enter the person’s name.")
        cleaned["asked_by"] = carer or name
        return cleaned


class ExtendRequestForm(forms.Form):
    """Why it takes longer, and when they were told."""

    because = make_text_field("Why is more time needed?", min_length=MIN_REASON_LENGTH)
    told_on = make_day_field(
        "When did you tell them about the extension, and why?",
        help_text="They have to be told within the first month.",
    )


class CloseRequestForm(forms.Form):
    """Withdrawn or refused, and why."""

    conditional = ("told_on",)
    status = make_radio_field("How does the request end?", ENDINGS)
    because = make_text_field("Why?", min_length=MIN_REASON_LENGTH)
    told_on = make_day_field(
        "If it is refused, when did you tell them?",
        required=False,
        help_text="Tell them why, that they may complain to the Information Commissioner, and go to court.",
    )


class AnswerCheckForm(forms.Form):
    """What a check found."""

    answer = make_radio_field("What did you find?", CheckAnswer)
    note = make_text_field(
        "What did you look at, and what follows?", rows=3, max_length=500, min_length=MIN_REASON_LENGTH
    )


class NoQuestionForm(forms.Form):
    """An act that asks nothing."""


def make_withheld_field() -> forms.ChoiceField:
    return make_radio_field("If not all of it is given, why?", WithheldBecause, required=False)


def make_why_field() -> forms.CharField:
    return make_text_field(
        "What is your reason?", required=False, help_text="For the record. The person does not see this."
    )


class DecideEntryForm(forms.Form):
    """What is done with one entry."""

    conditional = ("given_text", "withheld_because", "why")
    decision = make_radio_field("What do you do with this entry?", Decision)
    given_text = make_text_field(
        "Text to give, if parts are struck out",
        rows=6,
        max_length=50000,
        required=False,
        help_text="Put [struck out] where words were taken out. This text is given in place of the entry.",
    )
    withheld_because = make_withheld_field()
    why = make_why_field()


class DecideSectionForm(forms.Form):
    """What is done with every entry of a section that waits."""

    conditional = ("withheld_because", "why")
    decision = make_radio_field("What do you do with the entries that wait?", FOR_SECTION)
    withheld_because = make_withheld_field()
    why = make_why_field()


class AskForHarmViewForm(forms.Form):
    """Which practitioner is asked."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Who knows this family best, and can say whether it may cause serious harm?",
        empty_label="Choose someone",
    )

    def __init__(self, *args: Any, staff: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff


class GiveHarmViewForm(forms.Form):
    """What the practitioner says."""

    finding = make_radio_field(
        "Is giving these entries likely to cause serious harm to the physical or mental health of anyone?",
        HarmFinding,
    )
    note = make_text_field(
        "Which entries, what harm, and to whom? If none, what did you consider?",
        rows=5,
        max_length=5000,
        min_length=MIN_REASON_LENGTH,
    )


class MakeBundleForm(forms.Form):
    """What they are told of what was left out."""

    conditional = ("left_out_words",)
    left_out_words = make_text_field(
        "What are they told about what was left out?",
        rows=4,
        max_length=2000,
        required=False,
        help_text="One sentence a line, in words that give nothing away: not what, where, or how much.",
    )


class HandOverForm(forms.Form):
    """How, to whom and when the copy was given."""

    handed_to = forms.CharField(label="Who was it given to?", max_length=160)
    handed_how = forms.CharField(
        label="How was it given?",
        max_length=120,
        help_text="For example in person at the family hub, or by signed-for post.",
    )
    handed_on = make_day_field("When was it given?")


class AskForSealedReadingForm(forms.Form):
    """By what right a sealed birth identity is to be read."""

    ground = make_radio_field("By what right?", SealedGround)
    authority = make_text_field(
        "Which order, or how did the person show who they are?",
        min_length=MIN_REASON_LENGTH,
        help_text="For an order: the court, its date and number, and what it allows.",
    )
    reason = make_text_field("What is to be read, and what for?", min_length=MIN_REASON_LENGTH)


class DecideSealedReadingForm(forms.Form):
    """A second person approves it until a day, or declines."""

    conditional = ("until",)
    approved = make_radio_field(
        "Do you approve it?", [("yes", "Yes, it may be read"), ("no", "No, it stays sealed")]
    )
    until = make_day_field("If you approve it, which is the last day to read it?", required=False)
    decision_note = make_text_field("What did you check?", min_length=MIN_REASON_LENGTH)
