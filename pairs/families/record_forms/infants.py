"""What each form about a baby is about and does, for pages and API alike: pregnancy, birth, details, loss, adoption."""

from collections.abc import Mapping
from typing import Any

from django.forms import model_to_dict

from pairs.families import actions, forms
from pairs.families.models import Adoption, Family, Infant
from pairs.families.record_forms import FamilyRecordLookup
from pairs.service.hooks import collect_from_hooks
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

NUMBER_COUNTS_UNTICKED = (
    "You have unticked a baby, and the number of babies is still {}. "
    "To count only those who are ticked, clear the number."
)


class RecordPregnancy(FamilyRecordLookup, RecordForm):
    """A pregnancy in a family that we hold."""

    model, may, form_class = Family, "register_people", forms.NewPregnancyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def save(self, form: forms.NewPregnancyForm) -> Infant:
        """The first baby of the pregnancy."""
        return actions.record_pregnancy(family=self.family, by=self.request.user, **form.cleaned_data)


class InfantRecordForm(FamilyRecordLookup, RecordForm):
    """One about a baby."""

    model, may = Infant, "register_people"


class UpdateInfant(InfantRecordForm, EditForm):
    form_class = forms.InfantDetailsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"infant": self.record, "known_number": self.record.nhs_number}

    def get_initial(self) -> dict[str, Any]:
        names = set(self.form_class.get_field_names(self.record)) - set(self.form_class.CHECKS)
        return model_to_dict(self.record, names)

    def save(self, form: forms.InfantDetailsForm) -> Infant:
        return actions.update_infant(infant=self.record, by=self.request.user, **form.cleaned_data)


class RegisterBirths(InfantRecordForm):
    """All the babies of a pregnancy; one without ``infant`` is one more than was known."""

    form_class = forms.BirthDateForm
    formset_classes = {"babies": forms.BirthFormSet}

    def save(self, form: forms.BirthDateForm, babies: Any) -> Infant:
        born = babies.list_babies(form.cleaned_data["birth_date"])
        return actions.register_births(infant=self.record, babies=born, by=self.request.user)


class AddBaby(InfantRecordForm):
    """One more baby in the pregnancy than was known; the page carries how many it showed."""

    form_class = forms.AnotherBabyForm

    def get_initial(self) -> dict[str, Any]:
        return {"babies": actions.count_babies_together(self.record)}

    def save(self, form: forms.AnotherBabyForm) -> Infant:
        return actions.add_baby(infant=self.record, by=self.request.user, **form.cleaned_data)


class RecordSameBirth(InfantRecordForm, EditForm):
    """Which babies of the family were born together; number and order follow."""

    form_class = forms.SameBirthForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"others": self._list_others()}

    def _list_others(self) -> list[Infant]:
        """The babies of the record's own family besides this one, the eldest first."""
        family = [each for each in self.family.infants.all() if each.family_id == self.record.family_id]
        others = [each for each in family if each.pk != self.record.pk]
        return sorted(others, key=lambda each: (each.birth_date or each.estimated_due_date, each.twin_order))

    def get_initial(self) -> dict[str, Any]:
        together = [each for each in self._list_others() if each.pregnancy == self.record.pregnancy]
        known = self.record.plurality if self.record.plurality > len(together) + 1 else None
        return {"together": [str(each.pk) for each in together], "plurality": known}

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        """The number is the record's own, also where its box is empty because every baby has a record."""
        return {**initial, "plurality": self.record.plurality}

    def list_warnings(self, form: forms.SameBirthForm) -> list[str]:
        """Somebody was unticked, and the number that the page showed still counts them."""
        shown, number = self.get_initial(), form.cleaned_data["plurality"]
        gone = set(shown["together"]) - {str(each.pk) for each in form.cleaned_data["together"]}
        return [NUMBER_COUNTS_UNTICKED.format(number)] if gone and number == shown["plurality"] else []

    def save(self, form: forms.SameBirthForm) -> Infant:
        return actions.record_same_birth(infant=self.record, by=self.request.user, **form.cleaned_data)


class RecordLoss(InfantRecordForm):
    form_class = forms.LossForm

    def list_warnings(self, form: forms.LossForm) -> list[str]:
        """What is written down of the baby after that day."""
        lost_on = form.cleaned_data["lost_on"]
        return collect_from_hooks("loss_warnings", "list_loss_warnings", self.record, lost_on)

    def save(self, form: forms.LossForm) -> Infant:
        return actions.record_loss(infant=self.record, by=self.request.user, **form.cleaned_data)


class UndoLoss(InfantRecordForm):
    form_class = forms.UndoLossForm

    def save(self, form: forms.UndoLossForm) -> Infant:
        actions.undo_loss(infant=self.record, by=self.request.user, **form.cleaned_data)
        return self.record


class RecordAdoption(InfantRecordForm):
    """The birth identity is sealed, and the child's new record begins."""

    may, form_class = "govern_records", forms.AdoptionForm

    def save(self, form: forms.AdoptionForm) -> Adoption:
        return actions.record_adoption(infant=self.record, by=self.request.user, **form.cleaned_data)
