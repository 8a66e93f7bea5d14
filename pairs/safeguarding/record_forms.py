"""What each form of safeguarding is about and does, for pages and API alike."""

from typing import Any

from django.utils import timezone

from pairs.families.forms import EnteredInErrorForm
from pairs.families.models import Caution, Family
from pairs.families.record_forms import FamilyRecordLookup
from pairs.safeguarding import actions, forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import load_family_people
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

# Whoever writes in records at the site, duty among them: nobody should have to find a colleague to record a worry.
WRITE_PERMISSION = "register_people"


class SafeguardingForm(FamilyRecordLookup, RecordForm):
    """A form about a family or one of its safeguarding records."""

    may = WRITE_PERMISSION

    def get_initial(self) -> dict[str, Any]:
        return dict.fromkeys(("since", "noticed_on", "until"), timezone.localdate())


class SafeguardingEdit(SafeguardingForm, EditForm):
    """A form that changes a safeguarding record."""

    def get_initial(self) -> dict[str, Any]:
        return self.form_class.initial_for(self.record)


class FamilyPeopleForm(SafeguardingForm):
    """One that chooses among the family's people."""

    model = Family

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"people": load_family_people(self.request, self.family)}


class RecordStatus(FamilyPeopleForm):
    form_class = forms.NewStatusForm

    def save(self, form: forms.NewStatusForm) -> SafeguardingStatus:
        return actions.record_status(family=self.family, by=self.request.user, **form.action_kwargs())


class UpdateStatus(SafeguardingEdit):
    model, form_class = SafeguardingStatus, forms.StatusDetailsForm

    def save(self, form: forms.StatusDetailsForm) -> SafeguardingStatus:
        return actions.update_status(status=self.record, by=self.request.user, **form.cleaned_data)


class EndStatus(SafeguardingForm):
    model, form_class = SafeguardingStatus, forms.StatusEndForm

    def save(self, form: forms.StatusEndForm) -> SafeguardingStatus:
        return actions.end_status(status=self.record, by=self.request.user, **form.cleaned_data)


class AddChild(SafeguardingForm):
    model, form_class = Family, forms.HouseholdChildForm

    def save(self, form: forms.HouseholdChildForm) -> HouseholdChild:
        return actions.add_household_child(family=self.family, by=self.request.user, **form.cleaned_data)


class UpdateChild(SafeguardingEdit):
    model, form_class = HouseholdChild, forms.HouseholdChildForm

    def save(self, form: forms.HouseholdChildForm) -> HouseholdChild:
        return actions.update_household_child(child=self.record, by=self.request.user, **form.cleaned_data)


class RecordConcern(FamilyPeopleForm):
    form_class = forms.NewConcernForm

    def save(self, form: forms.NewConcernForm) -> SafeguardingConcern:
        return actions.record_concern(family=self.family, by=self.request.user, **form.action_kwargs())


class AddConcernStep(SafeguardingForm):
    model, form_class = SafeguardingConcern, forms.NewStepForm

    def save(self, form: forms.NewStepForm) -> ConcernStep:
        return actions.add_concern_step(concern=self.record, by=self.request.user, **form.action_kwargs())


class RecordCaution(FamilyPeopleForm):
    form_class = forms.NewCautionForm

    def save(self, form: forms.NewCautionForm) -> Caution:
        return actions.record_caution(family=self.family, by=self.request.user, **form.action_kwargs())


class UpdateCaution(SafeguardingEdit):
    model, form_class = Caution, forms.CautionDetailsForm

    def save(self, form: forms.CautionDetailsForm) -> Caution:
        return actions.update_caution(caution=self.record, by=self.request.user, **form.cleaned_data)


class EndCaution(SafeguardingForm):
    model, form_class = Caution, forms.CautionEndForm

    def save(self, form: forms.CautionEndForm) -> Caution:
        return actions.end_caution(caution=self.record, by=self.request.user, **form.cleaned_data)


class MarkInError(SafeguardingForm):
    """A record that should not be here: out of ordinary view, with the reason; governance is told."""

    form_class = EnteredInErrorForm

    def save(self, form: EnteredInErrorForm) -> Any:
        return actions.mark_safeguarding_record_in_error(
            record=self.record, by=self.request.user, **form.cleaned_data
        )
