"""The API of safeguarding: statuses, children, concerns with their steps, cautions; the pages' forms and actions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.models import Caution, Family
from pairs.safeguarding import actions, forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import load_family_people
from pairs.safeguarding.views import WRITE_PERMISSION, get_editable_and_family
from pairs.submissions.api import create_once


class StatusOut(serializers.ModelSerializer):
    class Meta:
        model = SafeguardingStatus
        fields = [
            "id", "family", "infant", "caregiver", "child", "kind", "categories", "court_order", "since",
            "until", "ended_because", "review_on", "social_worker", "social_worker_phone",
            "social_worker_of", "note",
        ]  # fmt: skip


class ChildOut(serializers.ModelSerializer):
    class Meta:
        model = HouseholdChild
        fields = ["id", "family", "name", "birth_date", "lives_with", "school", "note"]


class StepOut(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = ConcernStep
        fields = ["id", "kind", "text", "to_whom", "chase_by", "by", "at"]


class ConcernOut(serializers.ModelSerializer):
    recorded_by = serializers.CharField(source="recorded_by.username")
    steps = StepOut(many=True)

    class Meta:
        model = SafeguardingConcern
        fields = [
            "id", "family", "infant", "caregiver", "child", "what", "noticed_on", "told", "decision", "why",
            "family_told", "without_agreement", "chase_by", "alert", "recorded_by", "created_at", "steps",
        ]  # fmt: skip


class CautionOut(serializers.ModelSerializer):
    class Meta:
        model = Caution
        fields = [
            "id", "family", "kind", "caregiver", "infant", "kept_from", "kept_from_name", "court_order",
            "what", "what_to_do", "since", "until",
        ]  # fmt: skip


NEW_STATUS_INPUT, STATUS_INPUT = FormInput(form=forms.NewStatusForm), FormInput(form=forms.StatusDetailsForm)
STATUS_END_INPUT, CAUTION_END_INPUT = (
    FormInput(form=forms.StatusEndForm),
    FormInput(form=forms.CautionEndForm),
)
CHILD_INPUT = FormInput(form=forms.HouseholdChildForm)
CONCERN_INPUT, STEP_INPUT = FormInput(form=forms.NewConcernForm), FormInput(form=forms.NewStepForm)
NEW_CAUTION_INPUT, CAUTION_INPUT = (
    FormInput(form=forms.NewCautionForm),
    FormInput(form=forms.CautionDetailsForm),
)


def _get_family_to_record(request: Request, family_id: UUID) -> Family:
    return get_family(request._request, family_id, may=None if request.method == "GET" else WRITE_PERMISSION)


def _build_list_response(page: Page, shape: type[Any]) -> Response:
    return Response({"pages": page.paginator.num_pages, "results": shape(page.object_list, many=True).data})


def _read_form(request: Request, form_input: FormInput, family: Family | None = None) -> Any:
    """The valid form; with the family's people to choose from where the sheet has any."""
    if family is not None:
        form_input = replace(form_input, kwargs={"people": load_family_people(request._request, family)})
    return form_input.read(request.data)[0]


def _create_record_once(
    request: Request, kind: str, make: Callable[..., Any], model: type[Any], shape: type[Any]
) -> Response:
    return create_once(
        request,
        kind=kind,
        make=make,
        show=lambda pk: shape(get_visible_or_404(request._request, model.objects.all(), pk=pk)).data,
    )


def _show_or_update(
    request: Request,
    model: type[Any],
    pk: UUID,
    shape: type[Any],
    sheet: Any,
    change: Callable[..., Any],
) -> Response:
    """GET: the record. PATCH changes what is sent and leaves the rest."""
    if request.method == "GET":
        return Response(shape(get_visible_or_404(request._request, model.objects.all(), pk=pk)).data)
    record, _ = get_editable_and_family(request._request, model, pk)
    form = sheet.read_patch(sheet.form.initial_for(record), request.data)
    return Response(shape(change(record, form.cleaned_data)).data)


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(NEW_STATUS_INPUT, "NewStatus"), responses=StatusOut)
@api_view(["GET", "POST"])
def list_or_record_statuses(request: Request, family_id: UUID) -> Response:
    """GET: everybody's statuses, current and past. POST: record one (``about``: "infant:<id>" and so on)."""
    family = _get_family_to_record(request, family_id)
    if request.method == "GET":
        rows = SafeguardingStatus.objects.filter(family=family).newest_first()
        return _build_list_response(get_visible_page(request._request, rows), StatusOut)
    form = _read_form(request, NEW_STATUS_INPUT, family)
    return _create_record_once(
        request,
        "api-status",
        lambda: actions.record_status(family=family, by=request.user, **form.action_kwargs()),
        SafeguardingStatus,
        StatusOut,
    )


@policy.permission("read_families", "govern_records", PATCH=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(STATUS_INPUT, "Status"), responses=StatusOut)
@api_view(["GET", "PATCH"])
def show_or_update_status(request: Request, status_id: UUID) -> Response:
    """One status. PATCH changes what is sent and leaves the rest."""
    return _show_or_update(
        request,
        SafeguardingStatus,
        status_id,
        StatusOut,
        STATUS_INPUT,
        lambda record, known: actions.update_status(status=record, by=request.user, **known),
    )


@policy.permission("write_records", WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(STATUS_END_INPUT, "StatusEnding"), responses=StatusOut)
@api_view(["POST"])
def end_status_api(request: Request, status_id: UUID) -> Response:
    """End a status."""
    record, _ = get_editable_and_family(request._request, SafeguardingStatus, status_id)
    form = _read_form(request, STATUS_END_INPUT)
    return _create_record_once(
        request,
        "api-status-ending",
        lambda: actions.end_status(status=record, by=request.user, **form.cleaned_data),
        SafeguardingStatus,
        StatusOut,
    )


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(CHILD_INPUT, "HouseholdChild"), responses=ChildOut)
@api_view(["GET", "POST"])
def list_or_add_children(request: Request, family_id: UUID) -> Response:
    """GET: the other children of the household. POST: add one."""
    family = _get_family_to_record(request, family_id)
    if request.method == "GET":
        rows = HouseholdChild.objects.filter(family=family).all()
        return _build_list_response(get_visible_page(request._request, rows), ChildOut)
    form = _read_form(request, CHILD_INPUT)
    return _create_record_once(
        request,
        "api-household-child",
        lambda: actions.add_household_child(family=family, by=request.user, **form.cleaned_data),
        HouseholdChild,
        ChildOut,
    )


@policy.permission("read_families", "govern_records", PATCH=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(CHILD_INPUT, "HouseholdChild"), responses=ChildOut)
@api_view(["GET", "PATCH"])
def show_or_update_child(request: Request, child_id: UUID) -> Response:
    """One child of the household. PATCH changes what is sent and leaves the rest."""
    return _show_or_update(
        request,
        HouseholdChild,
        child_id,
        ChildOut,
        CHILD_INPUT,
        lambda record, known: actions.update_household_child(child=record, by=request.user, **known),
    )


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(CONCERN_INPUT, "NewConcern"), responses=ConcernOut)
@api_view(["GET", "POST"])
def list_or_record_concerns(request: Request, family_id: UUID) -> Response:
    """GET: the family's concerns, newest first, each with its steps. POST: record one."""
    family = _get_family_to_record(request, family_id)
    if request.method == "GET":
        rows = SafeguardingConcern.objects.filter(family=family).with_steps().newest_first()
        return _build_list_response(get_visible_page(request._request, rows), ConcernOut)
    form = _read_form(request, CONCERN_INPUT, family)
    return _create_record_once(
        request,
        "api-concern",
        lambda: actions.record_concern(family=family, by=request.user, **form.action_kwargs()),
        SafeguardingConcern,
        ConcernOut,
    )


@policy.permission("read_families", "govern_records")
@extend_schema(responses=ConcernOut)
@api_view(["GET"])
def show_concern_api(request: Request, concern_id: UUID) -> Response:
    """One concern with its steps. Its words are never changed."""
    return Response(
        ConcernOut(
            get_visible_or_404(request._request, SafeguardingConcern.objects.with_steps(), pk=concern_id)
        ).data
    )


@policy.permission("write_records", WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(STEP_INPUT, "ConcernStep"), responses=StepOut)
@api_view(["POST"])
def add_concern_step_api(request: Request, concern_id: UUID) -> Response:
    """Add an outcome, a disagreement or a note to a concern."""
    record, _ = get_editable_and_family(request._request, SafeguardingConcern, concern_id)
    form = _read_form(request, STEP_INPUT)
    return _create_record_once(
        request,
        "api-concern-step",
        lambda: actions.add_concern_step(concern=record, by=request.user, **form.action_kwargs()),
        ConcernStep,
        StepOut,
    )


@policy.permission("read_families", "govern_records", POST=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(NEW_CAUTION_INPUT, "NewCaution"), responses=CautionOut)
@api_view(["GET", "POST"])
def list_or_record_cautions(request: Request, family_id: UUID) -> Response:
    """GET: who is to be kept apart and what a lone worker should know, now and before. POST: record one."""
    family = _get_family_to_record(request, family_id)
    if request.method == "GET":
        rows = Caution.objects.filter(family=family).order_by("-since", "id")
        return _build_list_response(get_visible_page(request._request, rows), CautionOut)
    form = _read_form(request, NEW_CAUTION_INPUT, family)
    return _create_record_once(
        request,
        "api-caution",
        lambda: actions.record_caution(family=family, by=request.user, **form.action_kwargs()),
        Caution,
        CautionOut,
    )


@policy.permission("read_families", "govern_records", PATCH=WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(CAUTION_INPUT, "Caution"), responses=CautionOut)
@api_view(["GET", "PATCH"])
def show_or_update_caution(request: Request, caution_id: UUID) -> Response:
    """One caution. PATCH changes what is sent and leaves the rest."""
    return _show_or_update(
        request,
        Caution,
        caution_id,
        CautionOut,
        CAUTION_INPUT,
        lambda record, known: actions.update_caution(caution=record, by=request.user, **known),
    )


@policy.permission("write_records", WRITE_PERMISSION)
@extend_schema(request=build_input_serializer(CAUTION_END_INPUT, "CautionEnding"), responses=CautionOut)
@api_view(["POST"])
def end_caution_api(request: Request, caution_id: UUID) -> Response:
    """End a caution on a given day."""
    record, _ = get_editable_and_family(request._request, Caution, caution_id)
    form = _read_form(request, CAUTION_END_INPUT)
    return _create_record_once(
        request,
        "api-caution-ending",
        lambda: actions.end_caution(caution=record, by=request.user, **form.cleaned_data),
        Caution,
        CautionOut,
    )
