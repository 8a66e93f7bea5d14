"""Who is expected at a contact, who came, and whom a note may be about."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from interventions.episodes.contact_rules import (
    PresenceLevel,
    describe_missed_person,
    find_missing_reason_error,
    get_usual_presence,
)
from interventions.episodes.rules import (
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    MISSED_ATTENDANCES,
    NAMELESS_SUBJECTS,
    PRESENT_ATTENDANCES,
    Attendance,
    Location,
    find_attendance_error,
)
from pairs.access.records import Record
from pairs.families.ages import format_ages, get_birth
from pairs.families.banner import get_infant_name
from pairs.families.family_line import RELATIONSHIP_WORDS
from pairs.families.keeping_apart import (
    Home,
    find_apart_conflicts,
    find_residents,
    list_apart_pairs,
    list_homes,
)
from pairs.families.last_day import get_last_day, has_died, list_living
from pairs.families.models import Caregiver, Dyad, Family, Infant, Person
from pairs.service.refusals import ActionRefused
from pairs.web.shared_fields import share_fields

NOT_EXPECTED = ("", "Not expected")
AS_USUAL = ("", "As usual")
# What a row's buttons say, in few words: those pressed most days, then the rest.
USUAL_BUTTONS = {
    Attendance.ATTENDED: "Attended",
    Attendance.NOT_BROUGHT: "Not brought",
    Attendance.DID_NOT_ATTEND: "Did not attend",
    Attendance.CANCELLED_BY_FAMILY: "They cancelled",
}
OTHER_BUTTONS = {
    Attendance.LATE_SEEN: "Late, seen",
    Attendance.LATE_NOT_SEEN: "Too late, not seen",
    Attendance.CANCELLED_BY_SERVICE: "We cancelled",
    "": "Not expected",
}
PRESENCE_BUTTONS = {
    PresenceLevel.SEEN: "Seen",
    PresenceLevel.OBSERVED: "Seen with carer",
    PresenceLevel.PRESENT: "Not observed",
}
ROWS_AT_ONCE = 6  # people shown before "Show all"


@dataclass(frozen=True, slots=True)
class Button:
    """One answer among a row's buttons. ``opens_reason``: whether it asks why."""

    value: str
    label: str
    checked: bool
    opens_reason: bool = False


@share_fields()
class ExpectedPersonForm(forms.Form):
    """One person who was expected, and whether they came."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(
        label="Attendance", choices=[NOT_EXPECTED, *Attendance.choices], required=False
    )
    baby = forms.ChoiceField(
        label="How the baby was present", choices=[AS_USUAL, *PresenceLevel.choices], required=False
    )

    def clean(self) -> dict[str, Any] | None:
        """Presence only applies to infants who came."""
        cleaned = super().clean()
        if cleaned.get("attendance") not in PRESENT_ATTENDANCES:
            cleaned["baby"] = ""
        return cleaned

    def of(self, person: Caregiver | Infant, described: str = "") -> "ExpectedPersonForm":
        """Set the row's labels and buttons for this person, for the page."""
        self.is_baby = isinstance(person, Infant)
        self.who, self.described = get_dated_name(person), described
        self.row_name = get_display_name(person)
        chosen = str(self["attendance"].value() or "")
        self.folded = not chosen and get_last_day(person) is not None
        self.usual = self._list_buttons(USUAL_BUTTONS, chosen)
        self.others = self._list_buttons(OTHER_BUTTONS, chosen)
        born = self.is_baby and getattr(person, "birth_date", None)
        level = str(self["baby"].value() or PresenceLevel.SEEN)
        self.presence = [
            Button(value, label, value == level) for value, label in PRESENCE_BUTTONS.items() if born
        ]
        return self

    def _list_buttons(self, labels: dict[str, str], chosen: str) -> list[Button]:
        can_be = {*(INFANT_ATTENDANCES if self.is_baby else CAREGIVER_ATTENDANCES), ""}
        return [
            Button(value, label, value == chosen, value in MISSED_ATTENDANCES)
            for value, label in labels.items()
            if value in can_be
        ]


@share_fields()
class ContactPersonForm(ExpectedPersonForm):
    """The same for a contact that is written up: with the reason, where somebody did not come."""

    missed_because = forms.CharField(
        label="Why not?",
        max_length=500,
        required=False,
        help_text="Needed for each person who was not brought or did not attend. It begins “What happened”.",
    )
    reason_unknown = forms.BooleanField(label="Reason not known", required=False)
    conditional = ("missed_because",)

    def clean(self) -> dict[str, Any] | None:
        """A reason only applies to people who did not come."""
        cleaned = super().clean()
        if cleaned.get("attendance") not in MISSED_ATTENDANCES:
            cleaned |= {"missed_because": "", "reason_unknown": False}
        return cleaned


class ExpectedPeopleBaseFormSet(forms.BaseFormSet):
    """What the actions refuse about "participants" is shown beside these rows."""

    refused_as = "participants"


ExpectedPeopleFormSet = forms.formset_factory(
    ExpectedPersonForm, formset=ExpectedPeopleBaseFormSet, extra=0, max_num=30, absolute_max=30
)
ContactPeopleFormSet = forms.formset_factory(
    ContactPersonForm, formset=ExpectedPeopleBaseFormSet, extra=0, max_num=30, absolute_max=30
)


def get_display_name(person: Any) -> str:
    """A person's name, or a description if none is recorded."""
    if isinstance(person, Infant):
        return get_infant_name(person)
    return person.name or "Carer, name not recorded"


def get_dated_name(person: Any) -> str:
    """The name, and of somebody who has died the day."""
    last = get_last_day(person)
    return f"{get_display_name(person)} (died {last:%-d %b %Y})" if last else get_display_name(person)


@share_fields()
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


def find_people_at(location: str, homes: list[Home], expected: set[UUID]) -> set[UUID]:
    """Those who live where the expected are met: nobody, unless it is a home."""
    if location == Location.FAMILY_HOME:
        return find_residents(homes)
    return find_residents(homes, expected) if location == Location.OTHER_CARER_HOME else set()


class FamilyPeople:
    """The people of one family who may be expected or written about. The family comes from with_people().

    Whoever has died is among them: a contact of before that day is written up, and a note may be about them. The
    actions refuse them for later days.
    """

    def __init__(self, family: Family) -> None:
        self.infants = list(family.infants.all())
        self.dyads = list(family.dyads.all())
        carers = {dyad.caregiver_id: dyad.caregiver for dyad in self.dyads}
        self.caregivers = list(carers.values())
        self.by_id = {each.pk: each for each in [*self.infants, *self.caregivers]}
        self.cautions = list(family.cautions.all())
        self.homes = list_homes(self.dyads)

    def expected(self) -> list[Any]:
        """Initial rows of the formset: everybody who lives, as attended."""
        return [
            {"person": each.pk, "attendance": Attendance.ATTENDED} | _get_default_presence(each)
            for each in list_living(self.by_id.values())
        ]

    def died_since(self, day: date) -> list[Any]:
        """Initial rows, left empty, of those who died on that day or later: they may have been there before."""
        gone = [each for each in self.by_id.values() if (last := get_last_day(each)) and last >= day]
        return [{"person": each.pk, "attendance": ""} for each in gone]

    def came(self, formset: forms.BaseFormSet) -> list[tuple[Any, str]]:
        """[(person, attendance)] of the filled-in rows. An id outside the family is refused."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("attendance")]
        if any(row["person"] not in self.by_id for row in rows):
            raise ActionRefused({"participants": "Choose from this family."})
        return [(self.by_id[row["person"]], row["attendance"]) for row in rows]

    def find_row_errors(self, formset: forms.BaseFormSet) -> dict[str, str]:
        """{"participants.<row>.<field>": error}, of every row at once and naming its person."""
        given = [getattr(row, "cleaned_data", {}) for row in formset.forms]
        errors = {}
        for number, said in enumerate(row for row in given if row):
            person = self.by_id.get(said.get("person"))
            if person and said.get("attendance"):
                found = _find_person_errors(person, said)
                errors |= {f"participants.{number}.{field}": text for field, text in found.items()}
        if not any(said.get("attendance") for said in given):
            errors["participants.0.attendance"] = "Choose who was expected."
        return errors

    def describe_missed(self, formset: forms.BaseFormSet) -> str:
        """A line for each person who was not brought or did not attend, with the reason; '' where all came."""
        rows = [(self.by_id.get(row.cleaned_data.get("person")), row.cleaned_data) for row in formset.forms]
        lines = [
            describe_missed_person(get_display_name(person), said["attendance"], said["missed_because"])
            for person, said in rows
            if person and said.get("attendance") in MISSED_ATTENDANCES
        ]
        return "\n".join(lines)

    def babies(self, formset: forms.BaseFormSet) -> dict[UUID, str]:
        """{infant id: level of presence} of the rows that give it."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("baby")]
        return {row["person"]: row["baby"] for row in rows}

    def together(self, formset: forms.BaseFormSet, location: str) -> list[Any]:
        """Cautions that people who came are to be kept apart from each other, or from somebody who lives there."""
        rows = [row.cleaned_data for row in formset.forms]
        return self.list_cautions_among(
            [(row["person"], row.get("attendance")) for row in rows if row.get("person")], location
        )

    def list_cautions_among(self, came: list[tuple[UUID, str]], location: str) -> list[Any]:
        """The same, for [(person id, attendance)]."""
        present = {person for person, attendance in came if attendance in PRESENT_ATTENDANCES}
        return self.list_meeting_cautions(present, location)

    def list_meeting_cautions(self, expected: set[UUID], location: str) -> list[Any]:
        """Cautions between the expected, and between them and those who live where they are met."""
        pairs = list_apart_pairs(self.cautions, self.caregivers)
        return find_apart_conflicts(pairs, expected, find_people_at(location, self.homes, expected))

    def describe(self, person: Any) -> str:
        """A baby's age, a carer's part: what stands under the name in a row."""
        if isinstance(person, Infant):
            return "" if has_died(person) else format_ages(get_birth(person), timezone.localdate())
        dyad = next((each for each in self.dyads if each.caregiver_id == person.pk), None)
        if dyad is None:
            return ""
        main = (
            "main carer"
            if any(each.main_carer for each in self.dyads if each.caregiver_id == person.pk)
            else ""
        )
        return ", ".join(filter(None, (RELATIONSHIP_WORDS.get(dyad.relationship, ""), main)))

    def subjects(self) -> list[tuple[str, str]]:
        """The subject choices of a note part."""
        one_each = [*self.infants, *self.dyads, *self.caregivers]
        one_each.sort(key=has_died)  # those who live first
        named = [(f"{each._meta.model_name}:{each.pk}", _get_subject_name(each)) for each in one_each]
        return [("", "As usual"), *named, *((each.value, f"The {each}") for each in NAMELESS_SUBJECTS)]

    def subject(self, field: str, text: str) -> str | Record:
        """The subject that a choice stands for."""
        if text in NAMELESS_SUBJECTS:
            return text
        known = {f"{each._meta.model_name}:{each.pk}": each for each in [*self.by_id.values(), *self.dyads]}
        if text not in known:
            raise ActionRefused({field: "Choose who this is about from the list."})
        return known[text]


def _get_default_presence(person: Person) -> dict[str, str]:
    return {"baby": get_usual_presence(born=bool(person.birth_date))} if isinstance(person, Infant) else {}


def _get_subject_name(each: Record) -> str:
    if isinstance(each, Dyad):
        return f"{get_display_name(each.infant)} and {get_display_name(each.caregiver)}"
    if has_died(each):
        return get_dated_name(each)
    return get_display_name(each) + (" alone" if isinstance(each, Caregiver) else "")


def label_rows(formset: forms.BaseFormSet, people: FamilyPeople) -> list[ExpectedPersonForm]:
    """Label each row with its person, for the page. Rows of unknown people are left out."""
    found = []
    for row in formset.forms:
        person = people.by_id.get(_parse_uuid(row["person"].value()))
        if person:
            found.append(row.of(person, people.describe(person)))
    return found


def _find_person_errors(person: Person, said: dict[str, Any]) -> dict[str, str]:
    name, attendance = get_display_name(person), said["attendance"]
    misfit = find_attendance_error(is_infant=isinstance(person, Infant), attendance=attendance)
    reason = find_missing_reason_error(
        name, attendance, said.get("missed_because", ""), unknown=bool(said.get("reason_unknown"))
    )
    if misfit:
        return {"attendance": f"{name}: {misfit}"}
    return {"missed_because": reason} if reason else {}


def _parse_uuid(value: str) -> Any:
    try:
        return UUID(str(value))
    except ValueError:
        return None
