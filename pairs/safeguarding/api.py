"""The API of safeguarding: statuses, children, concerns with their steps, cautions; the pages' forms and actions."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.families.models import Caution
from pairs.families.opened import family_of
from pairs.safeguarding import actions, forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import people_of
from pairs.safeguarding.views import MAY_WRITE, owned
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


STATUS, STATUS_NOW = Sheet(form=forms.NewStatus), Sheet(form=forms.StatusDetails)
STATUS_END, CAUTION_END = Sheet(form=forms.EndOfStatus), Sheet(form=forms.EndOfCaution)
CHILD = Sheet(form=forms.ChildOfHousehold)
CONCERN, STEP = Sheet(form=forms.NewConcern), Sheet(form=forms.NewStep)
CAUTION, CAUTION_NOW = Sheet(form=forms.NewCaution), Sheet(form=forms.CautionDetails)


def _family(request, family_id):
    return family_of(request._request, family_id, may=None if request.method == "GET" else MAY_WRITE)


def _listed(page, shape):
    return Response({"pages": page.paginator.num_pages, "results": shape(page.object_list, many=True).data})


def _read(request, sheet, family=None):
    """The valid form; with the family's people to choose from where the sheet has any."""
    if family is not None:
        sheet = replace(sheet, kwargs={"people": people_of(request._request, family)})
    return sheet.read(request.data)[0]


def _create(request, kind, make, model, shape):
    return create_once(
        request,
        kind=kind,
        make=make,
        show=lambda pk: shape(fetch(request._request, model.objects.all(), pk=pk)).data,
    )


def _one(request, model, pk, shape, sheet, change):
    """GET: the record. PATCH changes what is sent and leaves the rest."""
    if request.method == "GET":
        return Response(shape(fetch(request._request, model.objects.all(), pk=pk)).data)
    record, _ = owned(request._request, model, pk)
    form = sheet.read_over(sheet.form.initial_of(record), request.data)
    return Response(shape(change(record, form.cleaned_data)).data)


@policy.permission("read_families", "govern_records", POST=MAY_WRITE)
@extend_schema(request=schema_of(STATUS, "NewStatus"), responses=StatusOut)
@api_view(["GET", "POST"])
def statuses(request, family_id):
    """GET: everybody's statuses, current and past. POST: record one (``about``: "infant:<id>" and so on)."""
    family = _family(request, family_id)
    if request.method == "GET":
        rows = SafeguardingStatus.objects.filter(family=family).newest_first()
        return _listed(fetch_page(request._request, rows), StatusOut)
    form = _read(request, STATUS, family)
    return _create(
        request,
        "api-status",
        lambda: actions.record_status(family=family, by=request.user, **form.said()),
        SafeguardingStatus,
        StatusOut,
    )


@policy.permission("read_families", "govern_records", PATCH=MAY_WRITE)
@extend_schema(request=schema_of(STATUS_NOW, "Status"), responses=StatusOut)
@api_view(["GET", "PATCH"])
def status(request, status_id):
    """One status. PATCH changes what is sent and leaves the rest."""
    return _one(
        request,
        SafeguardingStatus,
        status_id,
        StatusOut,
        STATUS_NOW,
        lambda record, known: actions.change_status(status=record, by=request.user, **known),
    )


@policy.permission("write_records", MAY_WRITE)
@extend_schema(request=schema_of(STATUS_END, "StatusEnding"), responses=StatusOut)
@api_view(["POST"])
def status_ending(request, status_id):
    """The status holds no longer."""
    record, _ = owned(request._request, SafeguardingStatus, status_id)
    form = _read(request, STATUS_END)
    return _create(
        request,
        "api-status-ending",
        lambda: actions.end_status(status=record, by=request.user, **form.cleaned_data),
        SafeguardingStatus,
        StatusOut,
    )


@policy.permission("read_families", "govern_records", POST=MAY_WRITE)
@extend_schema(request=schema_of(CHILD, "HouseholdChild"), responses=ChildOut)
@api_view(["GET", "POST"])
def children(request, family_id):
    """GET: the other children of the household. POST: list one."""
    family = _family(request, family_id)
    if request.method == "GET":
        rows = HouseholdChild.objects.filter(family=family).all()
        return _listed(fetch_page(request._request, rows), ChildOut)
    form = _read(request, CHILD)
    return _create(
        request,
        "api-household-child",
        lambda: actions.list_child(family=family, by=request.user, **form.cleaned_data),
        HouseholdChild,
        ChildOut,
    )


@policy.permission("read_families", "govern_records", PATCH=MAY_WRITE)
@extend_schema(request=schema_of(CHILD, "HouseholdChild"), responses=ChildOut)
@api_view(["GET", "PATCH"])
def child(request, child_id):
    """One child of the household. PATCH changes what is sent and leaves the rest."""
    return _one(
        request,
        HouseholdChild,
        child_id,
        ChildOut,
        CHILD,
        lambda record, known: actions.change_child(child=record, by=request.user, **known),
    )


@policy.permission("read_families", "govern_records", POST=MAY_WRITE)
@extend_schema(request=schema_of(CONCERN, "NewConcern"), responses=ConcernOut)
@api_view(["GET", "POST"])
def concerns(request, family_id):
    """GET: the family's concerns, newest first, each with its steps. POST: record one."""
    family = _family(request, family_id)
    if request.method == "GET":
        rows = SafeguardingConcern.objects.filter(family=family).with_steps().newest_first()
        return _listed(fetch_page(request._request, rows), ConcernOut)
    form = _read(request, CONCERN, family)
    return _create(
        request,
        "api-concern",
        lambda: actions.record_concern(family=family, by=request.user, **form.said()),
        SafeguardingConcern,
        ConcernOut,
    )


@policy.permission("read_families", "govern_records")
@extend_schema(responses=ConcernOut)
@api_view(["GET"])
def concern(request, concern_id):
    """One concern with its steps. Its words are never changed."""
    return Response(
        ConcernOut(fetch(request._request, SafeguardingConcern.objects.with_steps(), pk=concern_id)).data
    )


@policy.permission("write_records", MAY_WRITE)
@extend_schema(request=schema_of(STEP, "ConcernStep"), responses=StepOut)
@api_view(["POST"])
def concern_steps(request, concern_id):
    """Add an outcome, a disagreement or a note to a concern."""
    record, _ = owned(request._request, SafeguardingConcern, concern_id)
    form = _read(request, STEP)
    return _create(
        request,
        "api-concern-step",
        lambda: actions.add_concern_step(concern=record, by=request.user, **form.said()),
        ConcernStep,
        StepOut,
    )


@policy.permission("read_families", "govern_records", POST=MAY_WRITE)
@extend_schema(request=schema_of(CAUTION, "NewCaution"), responses=CautionOut)
@api_view(["GET", "POST"])
def cautions(request, family_id):
    """GET: who is to be kept apart and what a lone worker should know, now and before. POST: record one."""
    family = _family(request, family_id)
    if request.method == "GET":
        rows = Caution.objects.filter(family=family).order_by("-since", "id")
        return _listed(fetch_page(request._request, rows), CautionOut)
    form = _read(request, CAUTION, family)
    return _create(
        request,
        "api-caution",
        lambda: actions.record_caution(family=family, by=request.user, **form.said()),
        Caution,
        CautionOut,
    )


@policy.permission("read_families", "govern_records", PATCH=MAY_WRITE)
@extend_schema(request=schema_of(CAUTION_NOW, "Caution"), responses=CautionOut)
@api_view(["GET", "PATCH"])
def caution(request, caution_id):
    """One caution. PATCH changes what is sent and leaves the rest."""
    return _one(
        request,
        Caution,
        caution_id,
        CautionOut,
        CAUTION_NOW,
        lambda record, known: actions.change_caution(caution=record, by=request.user, **known),
    )


@policy.permission("write_records", MAY_WRITE)
@extend_schema(request=schema_of(CAUTION_END, "CautionEnding"), responses=CautionOut)
@api_view(["POST"])
def caution_ending(request, caution_id):
    """The caution ends with that day."""
    record, _ = owned(request._request, Caution, caution_id)
    form = _read(request, CAUTION_END)
    return _create(
        request,
        "api-caution-ending",
        lambda: actions.end_caution(caution=record, by=request.user, **form.cleaned_data),
        Caution,
        CautionOut,
    )
