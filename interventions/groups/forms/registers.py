"""The register of a session: a row a person, a line a family, and one note of the group."""

from uuid import UUID

from django import forms

from interventions.episodes.forms.contacts import MISSED
from interventions.episodes.rules import ATTENDANCES, CAREGIVER_ATTENDANCES, INFANT_ATTENDANCES
from interventions.groups.actions.registers import Line
from interventions.groups.roster import named
from interventions.groups.rules import names_in
from pairs.families.models import Infant
from pairs.service.refusals import Refused

NOT_EXPECTED = ("", "Was not expected")
MOST_PEOPLE, MOST_PLACES = 400, 100


class RegisterNote(forms.Form):
    """What is written of the group as a whole."""

    note = forms.CharField(
        label="Group note",
        required=False,
        widget=forms.Textarea,
        max_length=20000,
        help_text="About the group, naming nobody. It stays with the group, in no family's record.",
    )
    no_name = forms.BooleanField(label="That word is no person's name here", required=False)

    def text(self, guests):
        """The note; refused when a name of the roster stands in it, until somebody says that it is none."""
        text, names = self.cleaned_data["note"].strip(), [person.given_name for person in guests]
        found = names_in(text, names)
        if found and not self.cleaned_data["no_name"]:
            said = ", ".join(found)
            raise Refused(
                {"note": f"“{said}” is somebody on the roster. Leave names out: this note is read by whoever reads"
                 " about the group. If it is no name here, tick below."}
            )  # fmt: skip
        return text


class GuestRow(forms.Form):
    """One person who was expected, and whether they came."""

    place = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label="Attendance", choices=[NOT_EXPECTED, *ATTENDANCES], required=False)

    def of(self, person):
        """For the page: the person's name, and what can be said of them."""
        can_be = INFANT_ATTENDANCES if isinstance(person, Infant) else CAREGIVER_ATTENDANCES
        self["attendance"].label = named(person)
        choices = [each for each in ATTENDANCES if each[0] in can_be]
        self.fields["attendance"].choices = [NOT_EXPECTED, *choices]
        return self


class LineRow(forms.Form):
    """A family's own line."""

    place = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="A line for their record",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class _Guests(forms.BaseFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "guests"


class _Lines(forms.BaseFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "lines"


GuestRows = forms.formset_factory(
    GuestRow, formset=_Guests, extra=0, max_num=MOST_PEOPLE, absolute_max=MOST_PEOPLE
)
LineRows = forms.formset_factory(
    LineRow, formset=_Lines, extra=0, max_num=MOST_PLACES, absolute_max=MOST_PLACES
)


class Register:
    """The rows of a roster (groups.roster.Row) as the forms show and say them."""

    def __init__(self, rows):
        self.rows = {row.place.pk: row for row in rows}
        self.people = {(row.place.pk, person.pk): person for row in rows for person, _ in row.guests}

    def guests(self):
        """The formset's initial rows: everybody, and they came, but for whom the rules assume nothing."""
        return [
            {"place": row.place.pk, "person": person.pk, "attendance": usual}
            for row in self._open()
            for person, usual in row.guests
        ]

    def lines(self):
        """The lines' initial rows."""
        return [{"place": row.place.pk} for row in self._open()]

    def _open(self):
        return [row for row in self.rows.values() if row.writes and not row.line]

    def said(self, guests, lines):
        """[Line] of the families of whom something is said. Strangers' ids are refused."""
        came = self._came(guests)
        words = [(row.cleaned_data.get("place"), row.cleaned_data.get("words", "")) for row in lines.forms]
        if any(place not in self.rows for place in [*came, *(place for place, _ in words)]):
            raise Refused("Choose from this group.")
        numbers = {place: number for number, (place, _) in enumerate(words)}
        told = dict(words)
        for place, text in told.items():
            if text.strip() and place not in came:
                raise Refused(
                    {f"lines.{numbers[place]}.words": "Say who was expected, and whether they came."}
                )
        return [
            self._line(place, people, told.get(place, "").strip(), numbers.get(place, 0))
            for place, people in came.items()
        ]

    def _came(self, guests):
        """{place: [(person, attendance)]} of the rows that say something."""
        came = {}
        for row in (each.cleaned_data for each in guests.forms):
            if row.get("attendance"):
                person = self.people.get((row["place"], row["person"]))
                if person is None or not self.rows[row["place"]].writes:
                    raise Refused("Choose from this group.")
                came.setdefault(row["place"], []).append((person, row["attendance"]))
        return came

    def _line(self, place, people, words, number):
        if not words and MISSED & {attendance for _, attendance in people}:
            said = "Say who did not come and why, or that it is not known yet."
            raise Refused({f"lines.{number}.words": said})
        return Line(self.rows[place].place, people, words, number)

    def shown(self, guests, lines):
        """[(roster row, its guests' forms, its line's form)] for the page."""
        of_place = {}
        for form in guests.forms:
            key = _id(form["place"].value()), _id(form["person"].value())
            if key in self.people:
                of_place.setdefault(key[0], []).append(form.of(self.people[key]))
        line_of = {_id(form["place"].value()): form for form in lines.forms}
        return [
            (row, of_place.get(pk, []), line_of.get(pk))
            for pk, row in self.rows.items()
            if pk in line_of or pk in of_place
        ]


def _id(value):
    try:
        return UUID(str(value))
    except ValueError:
        return None
