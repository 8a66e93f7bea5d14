"""Who is expected at a contact, who came, and whom a note may be about."""

from typing import Any
from uuid import UUID

from django import forms

from interventions.episodes.contact_rules import PresenceLevel, get_usual_presence
from interventions.episodes.rules import (
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    NAMELESS_SUBJECTS,
    PRESENT_ATTENDANCES,
    Attendance,
)
from pairs.access.records import Record
from pairs.families.models import Caregiver, Dyad, Family, Infant, Person
from pairs.families.rules import find_keep_apart_conflicts
from pairs.service.refusals import ActionRefused

NOT_EXPECTED = ("", "Was not expected")
AS_USUAL = ("", "As usual")


class ExpectedPersonForm(forms.Form):
    """One person who was expected, and whether they came."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(
        label="Attendance", choices=[NOT_EXPECTED, *Attendance.choices], required=False
    )
    baby = forms.ChoiceField(
        label="How the baby was there", choices=[AS_USUAL, *PresenceLevel.choices], required=False
    )

    def clean(self) -> dict[str, Any] | None:
        """Presence only applies to infants who came."""
        cleaned = super().clean()
        if cleaned.get("attendance") not in PRESENT_ATTENDANCES:
            cleaned["baby"] = ""
        return cleaned

    def of(self, person: Caregiver | Infant) -> "ExpectedPersonForm":
        """Set the row's labels and choices for this person, for the page."""
        self.is_baby = isinstance(person, Infant)
        self["baby"].label = f"How {get_display_name(person)} was there"
        self.fields["baby"].choices = (
            PresenceLevel.choices if getattr(person, "birth_date", None) else PresenceLevel.choices[:1]
        )
        can_be = INFANT_ATTENDANCES if isinstance(person, Infant) else CAREGIVER_ATTENDANCES
        self["attendance"].label = get_display_name(
            person
        )  # also after validation, when the page is shown again
        self.fields["attendance"].choices = [
            NOT_EXPECTED,
            *(each for each in Attendance.choices if each[0] in can_be),
        ]
        return self


ExpectedPeopleFormSet = forms.formset_factory(ExpectedPersonForm, extra=0, max_num=30, absolute_max=30)


def get_display_name(person: Any) -> str:
    """A person's name, or a description if none is recorded."""
    if person.name:
        return person.name
    return f"Baby {person.reference}" if isinstance(person, Infant) else "Carer, name not recorded"


class WarnedForm(forms.Form):
    """The warnings that the page has already shown, sent back when the user goes on."""

    warned = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def list_unseen_warnings(self, cautions: list[Any]) -> list[Any]:
        """The cautions that this page has not shown yet."""
        known = self.cleaned_data.get("warned", "").split()
        return [caution for caution in cautions if str(caution.pk) not in known]

    @classmethod
    def of(cls, cautions: list[Any]) -> "WarnedForm":
        return cls(initial={"warned": " ".join(str(caution.pk) for caution in cautions)})


class FamilyPeople:
    """The people of one family who may be expected or written about. The family comes from with_people()."""

    def __init__(self, family: Family) -> None:
        self.infants = [infant for infant in family.infants.all() if not infant.lost_on]
        self.dyads = [dyad for dyad in family.dyads.all() if not dyad.infant.lost_on]
        carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
        self.caregivers = list(carers.values())
        self.by_id = {each.pk: each for each in [*self.infants, *self.caregivers]}
        self.cautions = list(family.cautions.all())

    def expected(self) -> list[Any]:
        """Initial rows of the formset: everybody as attended, without carers who have died."""
        alive = [each for each in [*self.infants, *self.caregivers] if not getattr(each, "died_on", None)]
        return [
            {"person": each.pk, "attendance": Attendance.ATTENDED} | _get_default_presence(each)
            for each in alive
        ]

    def came(self, formset: forms.BaseFormSet) -> list[tuple[Any, str]]:
        """[(person, attendance)] of the filled-in rows. An id outside the family is refused."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("attendance")]
        if any(row["person"] not in self.by_id for row in rows):
            raise ActionRefused({"participants": "Choose from this family."})
        return [(self.by_id[row["person"]], row["attendance"]) for row in rows]

    def babies(self, formset: forms.BaseFormSet) -> dict[UUID, str]:
        """{infant id: level of presence} of the rows that give it."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("baby")]
        return {row["person"]: row["baby"] for row in rows}

    def together(self, formset: forms.BaseFormSet) -> list[Any]:
        """Cautions that two of the people who came are to be kept apart."""
        rows = [row.cleaned_data for row in formset.forms]
        return self.list_cautions_among(
            [(row["person"], row.get("attendance")) for row in rows if row.get("person")]
        )

    def list_cautions_among(self, came: list[tuple[UUID, str]]) -> list[Any]:
        """The same, for [(person id, attendance)]."""
        present = {person for person, attendance in came if attendance in PRESENT_ATTENDANCES}
        rows = [(each, each.infant_id or each.caregiver_id, each.kept_from_id) for each in self.cautions]
        return find_keep_apart_conflicts(rows, present)

    def subjects(self) -> list[tuple[str, str]]:
        """The subject choices of a note part."""
        one_each = [*self.infants, *self.dyads, *self.caregivers]
        named = [(f"{each._meta.model_name}:{each.pk}", _get_subject_name(each)) for each in one_each]
        return [("", "As usual"), *named, *((each.value, f"The {each}") for each in NAMELESS_SUBJECTS)]

    def subject(self, field: str, text: str) -> str | Record:
        """The subject that a choice stands for."""
        if text in NAMELESS_SUBJECTS:
            return text
        known = {f"{each._meta.model_name}:{each.pk}": each for each in [*self.by_id.values(), *self.dyads]}
        if text not in known:
            raise ActionRefused({field: "Choose whom this is about from the list."})
        return known[text]


def _get_default_presence(person: Person) -> dict[str, str]:
    return {"baby": get_usual_presence(born=bool(person.birth_date))} if isinstance(person, Infant) else {}


def _get_subject_name(each: Record) -> str:
    if isinstance(each, Dyad):
        return f"{get_display_name(each.infant)} and {get_display_name(each.caregiver)}"
    return get_display_name(each) + (" alone" if isinstance(each, Caregiver) else "")


def label_rows(formset: forms.BaseFormSet, people: FamilyPeople) -> list[ExpectedPersonForm]:
    """Label each row with its person, for the page. Rows of unknown people are left out."""
    found = []
    for row in formset.forms:
        person = people.by_id.get(_parse_uuid(row["person"].value()))
        if person:
            found.append(row.of(person))
    return found


def _parse_uuid(value: str) -> Any:
    try:
        return UUID(str(value))
    except ValueError:
        return None
