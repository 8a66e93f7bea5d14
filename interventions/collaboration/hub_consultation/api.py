"""API of requests to the hub."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.collaboration import actions
from interventions.collaboration.forms import HubAccessForm, HubReplyForm, NewHubRequestForm
from interventions.collaboration.hub_consultation.views import (
    WITHIN_HUB,
    get_editable_hub_request,
    get_hub_request,
    get_hub_request_and_family,
    load_steps_by_request,
)
from interventions.collaboration.models import HubRequest, HubRequestStep
from interventions.collaboration.peer_support.views.team import get_family_at_own_site
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.submissions.api import create_once

NEW_REQUEST_INPUT, ACCESS_INPUT, REPLY_INPUT = (
    FormInput(form=NewHubRequestForm, kwargs={"family": None}),
    FormInput(form=HubAccessForm),
    FormInput(form=HubReplyForm),
)


class HubQuestionOut(serializers.ModelSerializer):
    """What the hub reads before anybody has accepted the request: without the family, not even its id."""

    site = serializers.CharField(source="family.site.code")

    class Meta:
        model = HubRequest
        fields = ["id", "reference", "site", "wants", "question", "urgency", "asked_at", "status", "until"]


class HubRequestStepOut(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = HubRequestStep
        fields = ["status", "words", "by", "at"]


class HubRequestOut(HubQuestionOut):
    """For readers of the family's record."""

    asked_by = serializers.CharField(source="asked_by.username")
    taken_by = serializers.CharField(source="taken_by.username", default=None)

    class Meta(HubQuestionOut.Meta):
        fields = [*HubQuestionOut.Meta.fields, "family", "episode", "asked_by", "taken_by", "closed_at"]


class HubRequestDetailOut(HubRequestOut):
    """With each of its steps."""

    steps = serializers.SerializerMethodField()

    class Meta(HubRequestOut.Meta):
        fields = [*HubRequestOut.Meta.fields, "steps"]

    def get_steps(self, ask: Any) -> list[dict]:
        return HubRequestStepOut(self.context["steps"], many=True).data


def _serialize_hub_request(request: Request, pk: UUID) -> ReturnDict:
    """In full for readers of the record; for the hub the question alone."""
    ask, family = get_hub_request_and_family(request._request, pk)
    if family is None:
        return HubQuestionOut(ask).data
    return HubRequestDetailOut(
        ask, context={"steps": load_steps_by_request(request._request, [ask])[ask.pk]}
    ).data


@policy.permission("read_families", "govern_records", POST="write_records")
@extend_schema(
    request=build_input_serializer(NEW_REQUEST_INPUT, "NewAsk"), responses=HubRequestOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_create_hub_requests(request: Request, family_id: UUID) -> Response:
    """GET: requests to the hub about this family. POST: ask the hub, without naming anybody."""
    if request.method == "GET":
        family = get_family(request._request, family_id)
        rows = list_visible(request._request, HubRequest.objects.filter(family=family).waiting_first())
        return Response(HubRequestOut(rows, many=True).data)
    family = get_family_at_own_site(request._request, family_id)
    form, _ = replace(NEW_REQUEST_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-ask",
        make=lambda: actions.ask_hub(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_hub_request(request, pk),
    )


@policy.permission("write_records")
@extend_schema(responses=HubQuestionOut(many=True))
@api_view(["GET"])
def list_hub_requests_api(request: Request) -> Response:
    """List the requests to the hub for its own staff, 50 a page, without the families."""
    page = get_visible_page(request._request, HubRequest.objects.waiting_first(), within=WITHIN_HUB)
    results = HubQuestionOut(page.object_list, many=True).data
    return Response({"pages": page.paginator.num_pages, "results": results})


@policy.permission("read_families", "govern_records")
@extend_schema(responses=HubRequestDetailOut)
@api_view(["GET"])
def show_hub_request_api(request: Request, ask_id: UUID) -> Response:
    """Show one request to the hub."""
    return Response(_serialize_hub_request(request, ask_id))


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(ACCESS_INPUT, "TakeAsk"), responses=HubRequestDetailOut)
@api_view(["POST"])
def accept_hub_request_api(request, ask_id):
    """Accept the request: your access to the family's record lasts until the given day."""
    return _take_hub_step_once(
        request, get_hub_request(request._request, ask_id), ACCESS_INPUT, actions.accept_hub_request
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(REPLY_INPUT, "DeclineAsk"), responses=HubQuestionOut)
@api_view(["POST"])
def decline_hub_request_api(request, ask_id):
    """Decline the request, with a reason."""
    return _take_hub_step_once(
        request,
        get_hub_request(request._request, ask_id),
        REPLY_INPUT,
        actions.decline_hub_request,
        closes=True,
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(REPLY_INPUT, "AnswerAsk"), responses=HubQuestionOut)
@api_view(["POST"])
def answer_hub_request_api(request, ask_id):
    """Answer the request. Your access to the record ends."""
    return _take_hub_step_once(
        request,
        get_hub_request(request._request, ask_id),
        REPLY_INPUT,
        actions.answer_hub_request,
        closes=True,
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(REPLY_INPUT, "EndAsk"), responses=HubRequestDetailOut)
@api_view(["POST"])
def end_hub_request_api(request, ask_id):
    """End a request that is no longer needed. The hub's access to the record ends."""
    return _take_hub_step_once(
        request, get_editable_hub_request(request._request, ask_id), REPLY_INPUT, actions.end_hub_request
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(ACCESS_INPUT, "ProlongAsk"), responses=HubRequestDetailOut)
@api_view(["POST"])
def extend_hub_access_api(request, ask_id):
    """Change the last day of the hub's access."""
    return _take_hub_step_once(
        request, get_editable_hub_request(request._request, ask_id), ACCESS_INPUT, actions.extend_hub_access
    )


def _take_hub_step_once(request, ask, sheet, act, *, closes=False):
    """``closes``: the step ends the user's own access, so the answer is what they could see before."""
    form, _ = sheet.read(request.data)
    return create_once(
        request,
        kind=f"api-{act.__name__}",
        make=lambda: act(ask=ask, by=request.user, **form.cleaned_data),
        show=lambda pk: HubQuestionOut(ask).data if closes else _serialize_hub_request(request, pk),
    )
