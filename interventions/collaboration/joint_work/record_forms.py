"""What each form of joint work is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import EndJointWorkForm, JointWorkTermsForm, NewJointWorkForm
from interventions.collaboration.models import JointWork
from pairs.families.models import Family
from pairs.families.record_forms import FamilyRecordLookup
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm


class FamilyAsked(FamilyRecordLookup, RecordForm):
    """A form that offers what belongs to the family."""

    may = "write_records"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}


class AddJointWork(FamilyAsked):
    model, form_class = Family, NewJointWorkForm

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def save(self, form: NewJointWorkForm) -> JointWork:
        return actions.begin_joint_work(family=self.family, by=self.request.user, **form.cleaned_data)


class ChangeJointWork(FamilyAsked, EditForm):
    form_class = JointWorkTermsForm

    def get_records(self) -> QuerySet[JointWork]:
        return JointWork.objects.with_people()

    def get_initial(self) -> dict[str, Any]:
        names = ("we_do", "they_do", "days", "they_share", "look_again_on")
        known = {name: getattr(self.record, name) for name in names}
        return known | {"episode": self.record.episode_id}

    def save(self, form: JointWorkTermsForm) -> JointWork:
        return actions.change_joint_work(joint=self.record, by=self.request.user, **form.cleaned_data)


class EndJointWork(FamilyRecordLookup, RecordForm):
    may, form_class = "write_records", EndJointWorkForm

    def get_records(self) -> QuerySet[JointWork]:
        return JointWork.objects.with_people()

    def get_initial(self) -> dict[str, Any]:
        return {"ended_on": timezone.localdate()}

    def save(self, form: EndJointWorkForm) -> JointWork:
        return actions.end_joint_work(joint=self.record, by=self.request.user, **form.cleaned_data)
