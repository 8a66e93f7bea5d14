"""Forms of the work: the one parser of what pages and the API send about episodes, contacts and goals."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.utils import timezone

from interventions.episodes.models import Intervention, leads_at
from interventions.episodes.rules import (
    ATTENDANCES,
    CAREGIVER_ATTENDANCES,
    ENDING_REASONS,
    INFANT_ATTENDANCES,
    LOCATIONS,
    MECHANISMS,
    NOTE_PARTS,
    PRESENT,
)
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.families.rules import kept_apart_but_together
from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.rules.words import THRIVE_GROUPINGS

NOT_EXPECTED = ("", "Was not expected")
MISSED = {"not_brought", "did_not_attend"}


def day_box(label, **options):
    """A recent day, in the browser's own date box."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def ways_of_working(label, **options):
    """Interventions by their code."""
    options = {"required": False, "widget": forms.CheckboxSelectMultiple} | options
    return forms.ModelMultipleChoiceField(
        Intervention.objects.offered(), label=label, to_field_name="code", **options
    )


def dyads_to_choose(family):
    """The family's relationships, the main carer's first."""
    dyads = family.dyads.live().current().select_related("infant", "caregiver")
    return dyads.order_by("-main_carer", "created_at")


class OpenEpisode(forms.Form):
    """The start of the work with one family. Without a family there is nobody to choose."""

    lead = forms.ModelChoiceField(User.objects.none(), label="Lead", empty_label=None)
    opened_on = day_box("Opened on")
    focus = forms.ModelMultipleChoiceField(
        Dyad.objects.none(),
        label="Relationships in focus",
        widget=forms.CheckboxSelectMultiple,
    )
    interventions = ways_of_working("Ways of working", help_text="More can be added with any contact.")
    thrive = forms.ChoiceField(
        label="THRIVE grouping, agreed with the family",
        choices=[("", "Not agreed yet"), *THRIVE_GROUPINGS],
        required=False,
    )
    review_on = day_box("Look at the plan together on", required=False)

    def __init__(self, *args, family, patient=None, **kwargs):
        """``patient``: the id of the carer whose own help it is; then no relationship has to be in focus."""
        super().__init__(*args, **kwargs)
        dyads = dyads_to_choose(family)
        self.fields["focus"].queryset = dyads.filter(caregiver=patient) if patient else dyads
        self.fields["focus"].required = patient is None
        self.fields["lead"].queryset = leads_at(family.site_id)


class OpenEpisodeOf(OpenEpisode):
    """For the API: which referral it is of (the page has that in its address)."""

    referral = forms.UUIDField(label="Referral")


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


class Expected(forms.Form):
    """One person who was expected, and whether they came."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label="Attendance", choices=[NOT_EXPECTED, *ATTENDANCES], required=False)

    def of(self, person):
        """For the page: the row carries the person's name and what can be said of them."""
        can_be = INFANT_ATTENDANCES if isinstance(person, Infant) else CAREGIVER_ATTENDANCES
        self["attendance"].label = called(person)  # also on a page that is shown again, once it was checked
        self.fields["attendance"].choices = [
            NOT_EXPECTED,
            *(each for each in ATTENDANCES if each[0] in can_be),
        ]
        return self


ExpectedPeople = forms.formset_factory(Expected, extra=0, max_num=30, absolute_max=30)


def called(person):
    """A person's name, or what to call them until there is one."""
    if person.name:
        return person.name
    return f"Baby {person.reference}" if isinstance(person, Infant) else "Carer, name not recorded"


class Warned(forms.Form):
    """What a page has warned of already, when somebody goes on all the same."""

    warned = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def still_to_warn(self, cautions):
        """The cautions this page has not shown yet."""
        known = self.cleaned_data.get("warned", "").split()
        return [caution for caution in cautions if str(caution.pk) not in known]

    @classmethod
    def of(cls, cautions):
        return cls(initial={"warned": " ".join(str(caution.pk) for caution in cautions)})


class People:
    """Everybody of one family who may be expected, or written about. The family comes from with_people()."""

    def __init__(self, family):
        self.infants = [infant for infant in family.infants.all() if not infant.lost_on]
        self.dyads = [dyad for dyad in family.dyads.all() if not dyad.infant.lost_on]
        carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
        self.caregivers = list(carers.values())
        self.by_id = {each.pk: each for each in [*self.infants, *self.caregivers]}
        self.cautions = list(family.cautions.all())

    def expected(self):
        """The formset's initial rows: everybody, and they came; of a carer who has died nobody asks."""
        alive = [each.pk for each in [*self.infants, *self.caregivers] if not getattr(each, "died_on", None)]
        return [{"person": pk, "attendance": "attended"} for pk in alive]

    def came(self, formset):
        """[(person, attendance)] of the rows that say something. A stranger's id is refused."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("attendance")]
        if any(row["person"] not in self.by_id for row in rows):
            raise Refused({"participants": "Choose from this family."})
        return [(self.by_id[row["person"]], row["attendance"]) for row in rows]

    def together(self, formset):
        """The cautions by which two of those who came are to be kept apart."""
        rows = [row.cleaned_data for row in formset.forms]
        return self.apart_of([(row["person"], row.get("attendance")) for row in rows if row.get("person")])

    def apart_of(self, came):
        """The same of [(person's id, attendance)]."""
        present = {person for person, attendance in came if attendance in PRESENT}
        pairs = [(each, each.infant_id or each.caregiver_id, each.kept_from_id) for each in self.cautions]
        return kept_apart_but_together(pairs, present)

    def subjects(self):
        """Choices of whom a part of the note is about."""
        one_each = [*self.infants, *self.dyads, *self.caregivers]
        named = [(f"{each._meta.model_name}:{each.pk}", _subject_name(each)) for each in one_each]
        return [("", "As usual"), *named, ("couple", "The couple"), ("family", "The family")]

    def subject(self, field, text):
        """What a choice stands for."""
        if text in ("couple", "family"):
            return text
        known = {f"{each._meta.model_name}:{each.pk}": each for each in [*self.by_id.values(), *self.dyads]}
        if text not in known:
            raise Refused({field: "Choose whom this is about from the list."})
        return known[text]


def _subject_name(each):
    if isinstance(each, Dyad):
        return f"{called(each.infant)} and {called(each.caregiver)}"
    return called(each) + (" alone" if isinstance(each, Caregiver) else "")


def rows_of(formset, people):
    """For the page: each row with its person's name. A row about nobody here is left out."""
    found = []
    for row in formset.forms:
        person = people.by_id.get(_uuid(row["person"].value()))
        if person:
            found.append(row.of(person))
    return found


def _uuid(value):
    try:
        return UUID(str(value))
    except ValueError:
        return None


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


class NewGoal(forms.Form):
    """What the family hopes for. Without a family there is nobody to choose."""

    words = forms.CharField(
        label="What does the family hope for?", max_length=300, help_text="In their own words."
    )
    dyad = forms.ModelChoiceField(Dyad.objects.none(), label="Whose goal is it?", empty_label=None)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dyad"].queryset = dyads_to_choose(family)


class PlanAgreement(forms.Form):
    """When the family first agreed the plan."""

    agreed_on = day_box("When did the family agree the plan?")


class Ending(forms.Form):
    """How the work ends."""

    ended_on = day_box("Last day")
    reason = forms.ChoiceField(label="Why it ends", choices=ENDING_REASONS)
    summary = forms.CharField(
        label="What has changed",
        widget=forms.Textarea,
        max_length=5000,
        help_text="In words the family would recognise.",
    )
    held_next_by = forms.CharField(
        label="Who holds the family next",
        max_length=200,
        help_text="For example: health visitor, family hub, grandparents.",
    )
