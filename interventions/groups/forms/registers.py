"""Forms of a session's register: a row for each person, a line for each family, and one group note."""

from typing import Any
from uuid import UUID

from django import forms

from interventions.episodes.rules import (
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    MISSED_ATTENDANCES,
    Attendance,
)
from interventions.groups.actions.registers import RegisterLine
from interventions.groups.roster import RosterRow, get_guest_name
from interventions.groups.rules import find_given_names
from pairs.families.models import Infant
from pairs.service.refusals import ActionRefused

NOT_EXPECTED = ("", "Not expected")
MAX_PEOPLE, MAX_PLACES = 400, 100


class RegisterNoteForm(forms.Form):
    """The note about the group as a whole."""

    note = forms.CharField(
        label="Group note",
        required=False,
        widget=forms.Textarea,
        max_length=20000,
        help_text="About the group, without names. It is kept with the group, not in any family's record.",
    )
    no_name = forms.BooleanField(label="That word is not a person's name here", required=False)

    def text(self, guests: list[Any]) -> str:
        """The note; refused if it contains a name from the roster, unless confirmed to be none."""
        text, names = self.cleaned_data["note"].strip(), [person.given_name for person in guests]
        found = find_given_names(text, names)
        if found and not self.cleaned_data["no_name"]:
            said = ", ".join(found)
            raise ActionRefused(
                {"note": f"“{said}” is the name of someone on the roster. Leave names out: anyone who can "
                         "see the group can read this note. If it is not a name here, tick the box below."}
            )  # fmt: skip
        return text


class GuestRowForm(forms.Form):
    """One person who was expected, and whether they came."""

    place = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(
        label="Attendance", choices=[NOT_EXPECTED, *Attendance.choices], required=False
    )

    def of(self, person):
        """Set the row's label and attendance choices for this person, for the page."""
        can_be = INFANT_ATTENDANCES if isinstance(person, Infant) else CAREGIVER_ATTENDANCES
        self["attendance"].label = get_guest_name(person)
        choices = [each for each in Attendance.choices if each[0] in can_be]
        self.fields["attendance"].choices = [NOT_EXPECTED, *choices]
        return self


class LineRowForm(forms.Form):
    """The line for one family's record."""

    conditional = ("words",)  # needed of some answers

    place = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="Note for their record",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


GuestRowFormSet = forms.formset_factory(GuestRowForm, extra=0, max_num=MAX_PEOPLE, absolute_max=MAX_PEOPLE)
LineRowFormSet = forms.formset_factory(LineRowForm, extra=0, max_num=MAX_PLACES, absolute_max=MAX_PLACES)


class RegisterFormAdapter:
    """Converts roster rows to the register's formsets, and the sent formsets to register lines."""

    def __init__(self, rows: list[RosterRow]) -> None:
        self.rows = {row.place.pk: row for row in rows}
        self.people = {(row.place.pk, person.pk): person for row in rows for person, _ in row.guests}

    def guests(self) -> list[dict[str, Any]]:
        """Initial rows of the guests' formset, with the attendance that the rules assume."""
        return [
            {"place": row.place.pk, "person": person.pk, "attendance": usual}
            for row in self._open()
            for person, usual in row.guests
        ]

    def lines(self) -> list[dict[str, UUID]]:
        """Initial rows of the lines' formset."""
        return [{"place": row.place.pk} for row in self._open()]

    def _open(self) -> list[RosterRow]:
        return [row for row in self.rows.values() if row.writes and not row.line]

    def said(self, guests, lines):
        """The register lines of the filled-in rows. Ids outside the roster are refused."""
        came = self._read_attendances(guests)
        words = [(row.cleaned_data.get("place"), row.cleaned_data.get("words", "")) for row in lines.forms]
        if any(place not in self.rows for place in [*came, *(place for place, _ in words)]):
            raise ActionRefused("Choose from this group.")
        numbers = {place: number for number, (place, _) in enumerate(words)}
        told = {place: text.strip() for place, text in words}
        errors = {
            f"lines.{numbers.get(place, 0)}.words": problem
            for place in {**told, **came}
            if (problem := _find_line_error(came.get(place, []), told.get(place, "")))
        }
        if errors:
            raise ActionRefused(errors)
        return [
            RegisterLine(self.rows[place].place, people, told.get(place, ""), numbers.get(place, 0))
            for place, people in came.items()
        ]

    def _read_attendances(self, guests: forms.BaseFormSet) -> dict[UUID, list[tuple[Any, str]]]:
        """{place: [(person, attendance)]} of the filled-in rows."""
        came = {}
        for row in (each.cleaned_data for each in guests.forms):
            if row.get("attendance"):
                person = self.people.get((row["place"], row["person"]))
                if person is None or not self.rows[row["place"]].writes:
                    raise ActionRefused("Choose from this group.")
                came.setdefault(row["place"], []).append((person, row["attendance"]))
        return came

    def shown(self, guests, lines):
        """[(roster row, forms of its guests, form of its line)] for the page."""
        of_place: dict[str, list[Any]] = {}
        people = {(str(place), str(pk)): person for (place, pk), person in self.people.items()}
        for form in guests.forms:
            place, person = str(form["place"].value()), str(form["person"].value())
            if (place, person) in people:
                of_place.setdefault(place, []).append(form.of(people[place, person]))
        line_of = {str(form["place"].value()): form for form in lines.forms}
        return [
            (row, of_place.get(str(pk), []), line_of.get(str(pk)))
            for pk, row in self.rows.items()
            if str(pk) in line_of or str(pk) in of_place
        ]


def _find_line_error(people: list[tuple[Any, str]], words: str) -> str:
    """A line needs people who were expected, and says why somebody did not come; '' when it is right."""
    if words and not people:
        return "Choose who was expected, and whether they attended."
    missed = [get_guest_name(person) for person, attendance in people if attendance in MISSED_ATTENDANCES]
    if words or not missed:
        return ""
    return f"Enter why {' and '.join(missed)} did not attend, or that it is not known yet."
