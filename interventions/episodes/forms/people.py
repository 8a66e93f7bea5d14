"""Who is expected at a contact, who came, and whom a note may be about."""

from uuid import UUID

from django import forms

from interventions.episodes.contact_rules import BABY, usual_baby
from interventions.episodes.rules import (
    ATTENDANCES,
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    PRESENT,
)
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.families.rules import kept_apart_but_together
from pairs.service.refusals import Refused

NOT_EXPECTED = ("", "Was not expected")
AS_USUAL = ("", "As usual")


class Expected(forms.Form):
    """One person who was expected, and whether they came."""

    person = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label="Attendance", choices=[NOT_EXPECTED, *ATTENDANCES], required=False)
    baby = forms.ChoiceField(label="How the baby was there", choices=[AS_USUAL, *BABY], required=False)

    def clean(self):
        """How somebody was there is asked of babies who came."""
        cleaned = super().clean()
        if cleaned.get("attendance") not in PRESENT:
            cleaned["baby"] = ""
        return cleaned

    def of(self, person):
        """For the page: the row carries the person's name and what can be said of them."""
        self.is_baby = isinstance(person, Infant)
        self["baby"].label = f"How {called(person)} was there"
        self.fields["baby"].choices = BABY if getattr(person, "birth_date", None) else BABY[:1]
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
        alive = [each for each in [*self.infants, *self.caregivers] if not getattr(each, "died_on", None)]
        return [{"person": each.pk, "attendance": "attended"} | _usually(each) for each in alive]

    def came(self, formset):
        """[(person, attendance)] of the rows that say something. A stranger's id is refused."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("attendance")]
        if any(row["person"] not in self.by_id for row in rows):
            raise Refused({"participants": "Choose from this family."})
        return [(self.by_id[row["person"]], row["attendance"]) for row in rows]

    def babies(self, formset):
        """{infant's id: how they were there} of the rows that say so."""
        rows = [row.cleaned_data for row in formset.forms if row.cleaned_data.get("baby")]
        return {row["person"]: row["baby"] for row in rows}

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


def _usually(person):
    return {"baby": usual_baby(born=bool(person.birth_date))} if isinstance(person, Infant) else {}


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
