"""What each form of subject access is about and does, for pages and API alike."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pairs.access.visible_records import get_visible_or_404
from pairs.families.models import Caregiver, Family, Infant
from pairs.families.record_forms import FamilyRecordLookup, OwnSiteLookup
from pairs.service.models import User
from pairs.subject_access import actions, copies, forms
from pairs.subject_access.models import (
    Bundle,
    BundleEntry,
    DisclosureCheck,
    HarmView,
    SubjectAccessRequest,
)
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

# Anyone here may be handed a request: whoever keeps names and addresses right takes it in, and governance answers it.
MAY_TAKE_IN = ("govern_records", "register_people")
GOVERNANCE = "govern_records"


class RecordRequest(FamilyRecordLookup, RecordForm):
    """A family: one of its people, or someone for them, asks for a copy."""

    model, form_class = Family, forms.RecordRequestForm

    def get_record(self, may: Any) -> Family:
        get_visible_or_404(
            self.request, Family.objects.all(), pk=self.record_id, may=MAY_TAKE_IN, by_grant=False
        )
        return super().get_record(None)

    def get_form_kwargs(self) -> dict[str, Any]:
        scope, family = self.request.scope, self.record
        return {
            "infants": Infant.objects.visible_to(scope).filter(family=family),
            "carers": Caregiver.objects.visible_to(scope).filter(family=family),
        }

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": timezone.localdate()}

    def save(self, form: forms.RecordRequestForm) -> SubjectAccessRequest:
        return actions.record_request(family=self.record, by=self.request.user, **form.cleaned_data)


class OfRequest(OwnSiteLookup, RecordForm):
    """One that is about a request."""

    record: SubjectAccessRequest

    def get_records(self) -> QuerySet[Any]:
        return SubjectAccessRequest.objects.with_names()


class RecordIdentity(OfRequest, EditForm):
    form_class = forms.IdentityForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in forms.IdentityForm.base_fields}

    def save(self, form: forms.IdentityForm) -> SubjectAccessRequest:
        return actions.record_identity(access_request=self.record, **form.cleaned_data)


class ExtendRequest(OfRequest):
    form_class = forms.ExtendRequestForm

    def save(self, form: forms.ExtendRequestForm) -> SubjectAccessRequest:
        return actions.extend_request(access_request=self.record, by=self.request.user, **form.cleaned_data)


class CloseRequest(OfRequest):
    form_class = forms.CloseRequestForm

    def save(self, form: forms.CloseRequestForm) -> SubjectAccessRequest:
        return actions.close_request(access_request=self.record, by=self.request.user, **form.cleaned_data)


class AnswerCheck(OwnSiteLookup, EditForm):
    """One of the checks of a request."""

    form_class = forms.AnswerCheckForm
    record: DisclosureCheck

    def get_records(self) -> QuerySet[Any]:
        return DisclosureCheck.objects.with_names()

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.record.answer, "note": self.record.note}

    def save(self, form: forms.AnswerCheckForm) -> DisclosureCheck:
        return actions.answer_check(check=self.record, by=self.request.user, **form.cleaned_data)


class GatherEntries(OfRequest):
    form_class = forms.NoQuestionForm

    def save(self, form: forms.NoQuestionForm) -> SubjectAccessRequest:
        return copies.request_gathering(access_request=self.record)


class DecideEntry(OwnSiteLookup, EditForm):
    """One entry of a copy."""

    form_class = forms.DecideEntryForm
    record: BundleEntry

    def get_records(self) -> QuerySet[Any]:
        return BundleEntry.objects.with_names()

    def get_initial(self) -> dict[str, Any]:
        """What was decided; the text to strike parts out of is the entry's own at first."""
        names = ("decision", "given_text", "withheld_because", "why")
        decided = {name: getattr(self.record, name) for name in names}
        return decided | {"given_text": self.record.given_text or self.record.text}

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        return {**initial, "given_text": self.record.given_text}

    def save(self, form: forms.DecideEntryForm) -> BundleEntry:
        return copies.decide_entry(entry=self.record, by=self.request.user, **form.cleaned_data)


class DecideSection(OwnSiteLookup, RecordForm):
    """Every entry of a section that waits: the address names it by its first entry."""

    form_class = forms.DecideSectionForm
    record: BundleEntry

    def get_records(self) -> QuerySet[Any]:
        return BundleEntry.objects.with_names()

    def save(self, form: forms.DecideSectionForm) -> SubjectAccessRequest:
        return copies.decide_section(
            access_request=self.record.access_request,
            section=self.record.section,
            by=self.request.user,
            **form.cleaned_data,
        )


class AskForHarmView(OfRequest):
    form_class = forms.AskForHarmViewForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"staff": User.objects.with_permission("write_records", at=[self.record.site_id])}

    def save(self, form: forms.AskForHarmViewForm) -> HarmView:
        return actions.ask_for_harm_view(
            access_request=self.record, by=self.request.user, **form.cleaned_data
        )


class GiveHarmView(OwnSiteLookup, RecordForm):
    """A view that this person was asked for."""

    form_class = forms.GiveHarmViewForm
    record: HarmView

    def get_records(self) -> QuerySet[Any]:
        return HarmView.objects.with_names()

    def save(self, form: forms.GiveHarmViewForm) -> HarmView:
        return actions.give_harm_view(view=self.record, **form.cleaned_data)


class MakeBundle(OfRequest):
    form_class = forms.MakeBundleForm

    def get_initial(self) -> dict[str, Any]:
        return {"left_out_words": copies.suggest_left_out_words(self.record)}

    def save(self, form: forms.MakeBundleForm) -> Bundle:
        return copies.make_bundle(access_request=self.record, by=self.request.user, **form.cleaned_data)


class HandOver(OwnSiteLookup, RecordForm):
    """One copy."""

    form_class = forms.HandOverForm
    record: Bundle

    def get_records(self) -> QuerySet[Any]:
        return Bundle.objects.with_names()

    def get_initial(self) -> dict[str, Any]:
        return {"handed_to": self.record.access_request.asked_by, "handed_on": timezone.localdate()}

    def save(self, form: forms.HandOverForm) -> Bundle:
        return copies.hand_over_bundle(bundle=self.record, by=self.request.user, **form.cleaned_data)
