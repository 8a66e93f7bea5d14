"""API of requests to the hub."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.collaboration.hub_consultation import record_forms
from interventions.collaboration.hub_consultation.requests import (
    WITHIN_HUB,
    get_hub_request_and_family,
    load_steps_by_request,
)
from interventions.collaboration.models import HubRequest, HubRequestStep
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi


class HubQuestionOut(serializers.ModelSerializer):
    """What the hub reads before anybody has accepted the request: without the family, not even its id."""

    site = serializers.CharField(source="family.site.code")

    class Meta:
        model = HubRequest
        fields = ["id", "reference", "site", "wants", "question", "urgency", "asked_at", "status", "until"]


class HubRequestStepOut(serializers.ModelSerializer):
    class Meta:
        model = HubRequestStep
        fields = ["status", "words", "by", "at"]


class HubRequestOut(HubQuestionOut):
    """For readers of the family's record."""

    class Meta(HubQuestionOut.Meta):
        fields = [*HubQuestionOut.Meta.fields, "family", "episode", "asked_by", "taken_by", "closed_at"]


class HubRequestDetailOut(HubRequestOut):
    """With each of its steps; what is the family's stands there only for readers of its record."""

    family = serializers.PrimaryKeyRelatedField(read_only=True, allow_null=True)
    asked_by = serializers.PrimaryKeyRelatedField(read_only=True, allow_null=True)
    steps = HubRequestStepOut(many=True, source="shown_steps")

    class Meta(HubRequestOut.Meta):
        fields = [*HubRequestOut.Meta.fields, "steps"]


OF_THE_FAMILY = ("family", "episode", "asked_by", "taken_by", "closed_at")


class HubRequestApi:
    """What every address of one request answers: in full for readers of the record; for the hub the question alone."""

    serializer_class = HubRequestDetailOut
    request: Any

    def get_shown_record(self, pk: UUID) -> HubRequest:
        ask, family = get_hub_request_and_family(self.request, pk)
        ask.shown_steps = load_steps_by_request(self.request, [ask])[ask.pk] if family else None
        return ask

    def serialize(self, row: Any, *, created: bool = False) -> Any:
        if row.shown_steps is None:  # not a reader of the record
            return HubQuestionOut(row).data | dict.fromkeys(OF_THE_FAMILY) | {"steps": []}
        return HubRequestDetailOut(row).data


@policy.permission("read_families", "govern_records", POST="write_records")
class FamilyHubRequestList(HubRequestApi, record_forms.AskHub, ListApi):
    """GET: requests to the hub about this family. POST: ask the hub, without naming anybody."""

    serializer_class = HubRequestOut
    created_class = HubRequestDetailOut

    def get_rows(self) -> QuerySet[HubRequest]:
        return HubRequest.objects.filter(family=self.family).waiting_first()


@policy.permission("write_records")
class HubRequestList(ListApi):
    """The requests to the hub for its own staff, without the families."""

    serializer_class = HubQuestionOut
    within = WITHIN_HUB

    def get_rows(self) -> QuerySet[HubRequest]:
        return HubRequest.objects.waiting_first()


@policy.permission("read_families", "govern_records")
class HubRequestDetail(HubRequestApi, ApiView):
    """One request to the hub."""

    def get(self, request: Request, ask_id: UUID) -> Response:
        return Response(self.serialize(self.get_shown_record(ask_id)))


@policy.permission("write_records")
class HubRequestAcceptance(HubRequestApi, record_forms.AcceptHubRequest, ActionApi):
    """Accept the request: your access to the family's record lasts until the given day."""


class ClosingApi(ActionApi):
    """A step that ends one's own access: the answer is what one could see before."""

    serializer_class = HubQuestionOut
    record: Any

    def get_shown_record(self, pk: UUID) -> HubRequest:
        return self.record


@policy.permission("write_records")
class HubRequestRefusal(record_forms.DeclineHubRequest, ClosingApi):
    """Decline the request, with a reason."""


@policy.permission("write_records")
class HubRequestAnswer(record_forms.AnswerHubRequest, ClosingApi):
    """Answer the request. Your access to the record ends."""


@policy.permission("write_records")
class HubRequestEnding(HubRequestApi, record_forms.EndHubRequest, ActionApi):
    """End a request that is no longer needed. The hub's access to the record ends."""


@policy.permission("write_records")
class HubAccessExtension(HubRequestApi, record_forms.ExtendHubAccess, ActionApi):
    """Change the last day of the hub's access."""
