"""What each form about a request to the hub is about and does, for pages and API alike."""

from typing import Any

from django.utils import timezone

from interventions.collaboration import actions
from interventions.collaboration.forms import HubAccessForm, HubReplyForm, NewHubRequestForm
from interventions.collaboration.hub_consultation.requests import WITHIN_HUB
from interventions.collaboration.models import HubRequest
from interventions.collaboration.peer_support.record_forms import OwnSiteForm
from interventions.collaboration.rules import DEFAULT_ACCESS
from pairs.access.visible_records import get_visible_or_404
from pairs.submissions.record_forms import RecordForm


class AskHub(OwnSiteForm):
    may, form_class = "write_records", NewHubRequestForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def save(self, form: NewHubRequestForm) -> HubRequest:
        return actions.ask_hub(family=self.family, by=self.request.user, **form.cleaned_data)


class StepByHub(RecordForm):
    """Of the hub's own staff: an open request that was asked of them."""

    def get_record(self, may: Any) -> Any:
        rows = HubRequest.objects.with_people()
        return get_visible_or_404(self.request, rows, within=WITHIN_HUB, pk=self.record_id)


class StepBySite(RecordForm):
    """Of whoever may write records at the site that holds the family."""

    may = "write_records"

    def get_record(self, may: Any) -> Any:
        rows = HubRequest.objects.with_people()
        return get_visible_or_404(self.request, rows, pk=self.record_id, may=may, by_grant=False)


class HubAccess(RecordForm):
    """Until which day the hub reaches the record."""

    form_class = HubAccessForm

    def get_initial(self) -> dict[str, Any]:
        return {"until": timezone.localdate() + DEFAULT_ACCESS[self.record.wants]}


class AcceptHubRequest(HubAccess, StepByHub):
    def save(self, form: HubAccessForm) -> HubRequest:
        return actions.accept_hub_request(ask=self.record, by=self.request.user, **form.cleaned_data)


class ExtendHubAccess(HubAccess, StepBySite):
    def save(self, form: HubAccessForm) -> HubRequest:
        return actions.extend_hub_access(ask=self.record, by=self.request.user, **form.cleaned_data)


class DeclineHubRequest(StepByHub):
    form_class = HubReplyForm

    def save(self, form: HubReplyForm) -> HubRequest:
        return actions.decline_hub_request(ask=self.record, by=self.request.user, **form.cleaned_data)


class AnswerHubRequest(StepByHub):
    form_class = HubReplyForm

    def save(self, form: HubReplyForm) -> HubRequest:
        return actions.answer_hub_request(ask=self.record, by=self.request.user, **form.cleaned_data)


class EndHubRequest(StepBySite):
    form_class = HubReplyForm

    def save(self, form: HubReplyForm) -> HubRequest:
        return actions.end_hub_request(ask=self.record, by=self.request.user, **form.cleaned_data)
