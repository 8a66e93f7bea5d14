"""What each form about a carer or a relationship is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet

from pairs.access.visible_records import list_visible
from pairs.families import actions, forms
from pairs.families.access import get_family
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.families.record_forms import FamilyRecordLookup
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm


def build_record_initial(record: Any, form_class: type[Any]) -> dict[str, Any]:
    """The form's values as the record has them now."""
    fields = [name for name in form_class.base_fields if hasattr(record, name) and name != "exclusion_groups"]
    known = {name: getattr(record, name) for name in fields}
    if "exclusion_groups" in form_class.base_fields:
        known["exclusion_groups"] = [group.code for group in record.exclusion_groups.all()]
    return known


# ---------------------------------------------------------------- carers


def add_caregiver_from_forms(family: Family, form: forms.NewCarerForm, dyads: Any, by: User) -> Caregiver:
    """The carer that the form and the rows of relationships describe."""
    infants = {infant.pk: infant for infant in family.infants.all()}
    chosen = dyads.list_chosen()
    if any(pk not in infants for pk, _ in chosen):
        raise ActionRefused({"dyads": "Choose from this family."})
    facts = {name: value for name, value in form.cleaned_data.items() if name != "family"}
    return actions.add_caregiver(
        family=family, by=by, dyads=[(infants[pk], said) for pk, said in chosen], **facts
    )


class AddCarer(FamilyRecordLookup, RecordForm):
    """One more carer of a family, with a relationship to each baby or to none."""

    model, may = Family, "register_people"
    form_class = forms.NewCarerForm
    formset_classes = {"dyads": forms.RelationshipFormSet}

    def save(self, form: forms.NewCarerForm, dyads: Any) -> Caregiver:
        return add_caregiver_from_forms(self.family, form, dyads, self.request.user)


class AddCarerToNamedFamily(RecordForm):
    """The same, of the family that is named in what is sent."""

    form_class = forms.NewCarerInputForm
    formset_classes = AddCarer.formset_classes

    def save(self, form: forms.NewCarerInputForm, dyads: Any) -> Caregiver:
        family = get_family(self.request, form.cleaned_data["family"], may="register_people")
        return add_caregiver_from_forms(family, form, dyads, self.request.user)


class UpdateCarer(FamilyRecordLookup, EditForm):
    """What is known of a carer, or a part of it."""

    model, may = Caregiver, "register_people"

    def get_initial(self) -> dict[str, Any]:
        return build_record_initial(self.record, self.form_class)

    def save(self, form: Any) -> Caregiver:
        return actions.update_caregiver(caregiver=self.record, by=self.request.user, **form.cleaned_data)


class UpdateCarerDetails(UpdateCarer):
    form_class = forms.CarerDetailsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"known_number": self.record.nhs_number}


class UpdateCarerContact(UpdateCarer):
    form_class = forms.CarerContactForm


class UpdateCarerBackground(UpdateCarer):
    form_class = forms.CarerBackgroundForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the groups that are ticked: one that was retired since stays until somebody unticks it."""
        return super().get_form_kwargs() | {"already": list(self.record.exclusion_groups.all())}


class UpdateCompleteCarer(UpdateCarerDetails, UpdateCarerBackground):
    form_class = forms.CompleteCarerForm


class UpdateEthnicity(FamilyRecordLookup, EditForm):
    """How a carer, or the family for their baby, describes their ethnic background."""

    may, form_class = "register_people", forms.EthnicityForm

    def get_initial(self) -> dict[str, Any]:
        return {"ethnicity": self.record.ethnicity}

    def save(self, form: forms.EthnicityForm) -> Caregiver | Infant:
        return actions.update_ethnicity(person=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- relationships


class AddDyad(FamilyRecordLookup, RecordForm):
    """One more relationship of a carer: with a baby of this family, or of another that one may open."""

    model, may, form_class = Caregiver, "register_people", forms.NewDyadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        known = {dyad.infant_id for dyad in self.family.dyads.all() if dyad.caregiver_id == self.record.pk}
        return {"infants": [infant for infant in self.family.infants.all() if infant.pk not in known]}

    def save(self, form: forms.NewDyadForm) -> Dyad:
        facts = dict(form.cleaned_data)
        infant = self._find_infant(facts.pop("infant"), facts.pop("reference"))
        return actions.add_dyad(
            family=self.family, infant=infant, caregiver=self.record, by=self.request.user, **facts
        )

    def _find_infant(self, chosen: str, reference: str) -> Infant:
        """One of this family, or one by reference: out of scope and not there are answered alike."""
        if chosen:
            return next(infant for infant in self.family.infants.all() if str(infant.pk) == chosen)
        named = Infant.objects.active().select_related("family").filter(reference__iexact=reference.strip())
        found = list_visible(self.request, named)
        if not found:
            raise ActionRefused(
                {"reference": "We cannot find this baby. Check the reference, or ask the hub."}
            )
        return found[0]


class DyadRecordForm(FamilyRecordLookup, RecordForm):
    """One about one infant and one carer."""

    may = "register_people"

    def get_records(self) -> QuerySet[Dyad]:
        return Dyad.objects.select_related("infant", "caregiver")


class UpdateDyad(DyadRecordForm, EditForm):
    form_class = forms.DyadForm

    def get_initial(self) -> dict[str, Any]:
        return build_record_initial(self.record, self.form_class)

    def save(self, form: forms.DyadForm) -> Dyad:
        return actions.update_dyad(dyad=self.record, by=self.request.user, **form.cleaned_data)


class EndDyad(DyadRecordForm):
    form_class = forms.EndDateForm

    def save(self, form: forms.EndDateForm) -> Dyad:
        return actions.end_dyad(dyad=self.record, by=self.request.user, **form.cleaned_data)
