"""API of programmes, their sessions and facilitators."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.groups import actions, forms
from interventions.groups.models import Facilitator, GroupSession, Programme, ProgrammeQuerySet
from interventions.groups.roster import get_group_record
from interventions.groups.views.programmes import (
    build_group_initial,
    build_session_initial,
    query_programmes,
    query_sessions,
)
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.submissions.api import create_once


class GroupSessionOut(serializers.ModelSerializer):
    class Meta:
        model = GroupSession
        fields = [
            "id",
            "programme",
            "starts_at",
            "minutes",
            "location",
            "room",
            "cancelled_at",
            "cancelled_because",
        ]


class FacilitatorOut(serializers.ModelSerializer):
    user = serializers.CharField(source="user.username", default=None)

    class Meta:
        model = Facilitator
        fields = ["id", "programme", "user", "name", "organisation", "until"]


class GroupOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")
    sites = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    intervention = serializers.CharField(source="intervention.code")
    sessions = serializers.SerializerMethodField()
    facilitators = serializers.SerializerMethodField()

    class Meta:
        model = Programme
        fields = [
            "id", "name", "intervention", "site", "sites", "capacity", "closed_on", "closed_because", "sessions",
            "facilitators",
        ]  # fmt: skip

    def get_sessions(self, programme: Programme) -> list[dict]:
        return GroupSessionOut([s for s in programme.sessions.all() if not s.is_hidden], many=True).data

    def get_facilitators(self, programme: Programme) -> list[dict]:
        held = [each for each in programme.facilitators.all() if not each.is_hidden]
        return FacilitatorOut(held, many=True).data


NEW_GROUP_INPUT, GROUP_CHANGE_INPUT = (
    FormInput(form=forms.NewGroupForm),
    FormInput(form=forms.ChangeGroupForm),
)
SESSION_INPUT, CANCELLATION_INPUT = (
    FormInput(form=forms.SessionDetailsForm),
    FormInput(form=forms.CancelSessionForm),
)
FACILITATOR_INPUT, EMPTY_INPUT, CLOSING_INPUT = (
    FormInput(form=forms.NewFacilitatorForm),
    FormInput(form=forms.ConfirmForm),
    FormInput(form=forms.CloseGroupForm),
)


def _query_full_programmes() -> ProgrammeQuerySet:
    return query_programmes().prefetch_related("sessions", "facilitators__user")


def _serialize_group(request: Request, pk: UUID) -> ReturnDict:
    return GroupOut(get_visible_or_404(request._request, _query_full_programmes(), pk=pk)).data


def _serialize_session(request: Request, pk: UUID) -> ReturnDict:
    return GroupSessionOut(get_visible_or_404(request._request, query_sessions(), pk=pk)).data


def _get_programme(request: Request, pk: UUID) -> Any:
    may_write = request.method != "GET"
    return get_group_record(request._request, _query_full_programmes(), may_write=may_write, pk=pk)


def _get_session(request: Request, pk: UUID) -> Any:
    may_write = request.method != "GET"
    return get_group_record(request._request, query_sessions(), path="programme", may_write=may_write, pk=pk)


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(NEW_GROUP_INPUT, "NewGroup"), responses=GroupOut)
@api_view(["GET", "POST"])
def list_or_plan_groups(request):
    """GET: groups of your sites and those you facilitate, 50 a page. POST: plan a weekly group."""
    if request.method == "GET":
        page = get_visible_page(
            request._request, _query_full_programmes().order_by("-closed_on", "name", "pk")
        )
        return Response(
            {"pages": page.paginator.num_pages, "results": GroupOut(page.object_list, many=True).data}
        )
    form, _ = replace(NEW_GROUP_INPUT, kwargs={"scope": request._request.scope}).read(request.data)
    return create_once(
        request,
        kind="api-group",
        make=lambda: actions.begin_programme(by=request.user, **form.programme()),
        show=lambda pk: _serialize_group(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=build_input_serializer(GROUP_CHANGE_INPUT, "ChangedGroup"), responses=GroupOut)
@api_view(["GET", "PATCH"])
def show_or_change_group(request: Request, programme_id: UUID) -> Response:
    """GET: one group with its sessions and facilitators. PATCH: change its name, sites and capacity."""
    found = _get_programme(request, programme_id)
    if request.method == "PATCH":
        form = GROUP_CHANGE_INPUT.read_patch(build_group_initial(found), request.data)
        actions.change_programme(programme=found, by=request.user, **form.cleaned_data)
    return Response(_serialize_group(request, found.pk))


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(SESSION_INPUT, "GroupSessionDetails"), responses=GroupSessionOut
)
@api_view(["POST"])
def add_group_session_api(request, programme_id):
    """Add a session to the group."""
    found = _get_programme(request, programme_id)
    form, _ = SESSION_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-group-session",
        make=lambda: actions.add_session(programme=found, by=request.user, **form.session()),
        show=lambda pk: _serialize_session(request, pk),
    )


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=build_input_serializer(SESSION_INPUT, "GroupSessionChange"), responses=GroupSessionOut)
@api_view(["GET", "PATCH"])
def show_or_move_group_session(request: Request, group_session_id: UUID) -> Response:
    """GET: one session. PATCH: change its time or place, until it has been registered."""
    found = _get_session(request, group_session_id)
    if request.method == "PATCH":
        form = SESSION_INPUT.read_patch(build_session_initial(found), request.data)
        actions.move_session(session=found, by=request.user, **form.session())
    return Response(_serialize_session(request, found.pk))


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(CANCELLATION_INPUT, "Cancellation"), responses=GroupSessionOut)
@api_view(["POST"])
def cancel_group_session_api(request: Request, group_session_id: UUID) -> Response:
    """Cancel the session; on its day each family's record says so."""
    found = _get_session(request, group_session_id)
    form, _ = CANCELLATION_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-group-cancellation",
        make=lambda: actions.cancel_session(session=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_session(request, pk),
    )


def _serialize_facilitator(request, pk):
    return FacilitatorOut(
        get_visible_or_404(request._request, Facilitator.objects.select_related("user"), pk=pk)
    ).data


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(FACILITATOR_INPUT, "NewFacilitator"), responses=FacilitatorOut)
@api_view(["POST"])
def add_facilitator_api(request, programme_id):
    """Add a facilitator: a colleague, or a partner from another service by name."""
    found = _get_programme(request, programme_id)
    form, _ = FACILITATOR_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-facilitator",
        make=lambda: actions.add_facilitator(programme=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_facilitator(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(EMPTY_INPUT, "FacilitatorEnding"), responses=FacilitatorOut)
@api_view(["POST"])
def end_facilitator_api(request, facilitator_id):
    """End a facilitator's role in the group."""
    records = Facilitator.objects.select_related("programme", "user")
    found = get_group_record(request._request, records, path="programme", may_write=True, pk=facilitator_id)
    EMPTY_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-facilitator-ending",
        make=lambda: actions.end_facilitator(facilitator=found, by=request.user),
        show=lambda pk: _serialize_facilitator(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(CLOSING_INPUT, "GroupClosing"), responses=GroupOut)
@api_view(["POST"])
def close_group_api(request: Request, programme_id: UUID) -> Response:
    """Close the group: every place ends, and coming sessions are cancelled."""
    found = _get_programme(request, programme_id)
    form, _ = CLOSING_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-group-closing",
        make=lambda: actions.close_programme(programme=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_group(request, pk),
    )
