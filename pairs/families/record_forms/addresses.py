"""What each form about an address is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet

from pairs.access.visible_records import get_visible_or_404
from pairs.families import actions, forms
from pairs.families.access import get_family
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.families.record_forms import FamilyRecordLookup
from pairs.service.models import User
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm


def add_address_from_form(family: Family, person: Any, form: forms.NewAddressForm, by: User) -> Address:
    """The address that the form describes."""
    moved_on = form.cleaned_data["moved_on"]
    return actions.add_address(
        family=family, person=person, by=by, moved_on=moved_on, **form.get_address_fields()
    )


class AddAddress(FamilyRecordLookup, RecordForm):
    """One more address of a carer or a baby."""

    may, form_class = "register_people", forms.NewAddressForm

    def save(self, form: forms.NewAddressForm) -> Address:
        return add_address_from_form(self.family, self.record, form, self.request.user)


class AddAddressOfNamedPerson(RecordForm):
    """The same, of whoever is named in what is sent."""

    form_class = forms.NewAddressInputForm

    def save(self, form: forms.NewAddressInputForm) -> Address:
        person = self._get_person(form.cleaned_data)
        family = get_family(self.request, person.family_id, may="register_people")
        return add_address_from_form(family, person, form, self.request.user)

    def _get_person(self, named: dict[str, Any]) -> Caregiver | Infant:
        if named["caregiver"]:
            return get_visible_or_404(self.request, Caregiver.objects.all(), pk=named["caregiver"])
        return get_visible_or_404(self.request, Infant.objects.all(), pk=named["infant"])


class AddressRecordForm(FamilyRecordLookup, RecordForm):
    """One about an address."""

    may = "register_people"

    def get_records(self) -> QuerySet[Address]:
        return Address.objects.select_related("infant", "caregiver")


class CorrectAddress(AddressRecordForm, EditForm):
    form_class = forms.AddressForm

    def get_initial(self) -> dict[str, Any]:
        names = ("lines", "postcode", "since")
        return {"kind_of_address": self.record.kind} | {name: getattr(self.record, name) for name in names}

    def save(self, form: forms.AddressForm) -> Address:
        return actions.correct_address(address=self.record, by=self.request.user, **form.get_address_fields())


class EndAddress(AddressRecordForm):
    form_class = forms.EndDateForm

    def save(self, form: forms.EndDateForm) -> Address:
        return actions.end_address(address=self.record, by=self.request.user, **form.cleaned_data)


class MoveHousehold(FamilyRecordLookup, RecordForm):
    """One new address, and a tick for everybody who moved there."""

    model, may, form_class = Family, "register_people", forms.HouseholdMoveForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"people": self._list_movable_people()}

    def get_initial(self) -> dict[str, Any]:
        """Ticked beforehand: the babies, and the carers who are said to live with one."""
        with_baby = {dyad.caregiver_id for dyad in self.family.dyads.all() if dyad.lives_with}
        here = with_baby | {infant.pk for infant in self.family.infants.all()}
        return {"moved": [str(person.pk) for person in self._list_movable_people() if person.pk in here]}

    def save(self, form: forms.HouseholdMoveForm) -> Address:
        return actions.move_household(
            family=self.family,
            people=form.cleaned_data["moved"],
            by=self.request.user,
            **form.get_address_fields(),
        )

    def _list_movable_people(self) -> list[Any]:
        """Babies and carers who may have moved; nobody who has died."""
        infants = [infant for infant in self.family.infants.all() if not infant.lost_on and infant.birth_date]
        carers = {dyad.caregiver_id: dyad.caregiver for dyad in self.family.dyads.all()}.values()
        return [*infants, *(carer for carer in carers if not carer.died_on)]
