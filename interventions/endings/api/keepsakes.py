"""API of keepsakes: begin, write, preview, mark as ready, PDF."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.endings import actions
from interventions.endings.forms import KeepsakeLineFormSet, KeepsakeTextForm, NewKeepsakeForm, SeenForm
from interventions.endings.keepsake_excerpts import list_keepsake_excerpts
from interventions.endings.models import Keepsake, KeepsakeLine
from interventions.endings.printed_keepsake import build_printed_keepsake, compute_keepsake_digest
from interventions.endings.views.keepsakes import build_keepsake_pdf_response, write_keepsake_from_forms
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.models import Dyad
from pairs.submissions.api import create_once

NEW_KEEPSAKE_INPUT, SEEN_INPUT = FormInput(form=NewKeepsakeForm), FormInput(form=SeenForm)
TEXT_INPUT = FormInput(form=KeepsakeTextForm, formsets={"lines": KeepsakeLineFormSet})


class KeepsakeLineOut(serializers.ModelSerializer):
    class Meta:
        model = KeepsakeLine
        fields = ["note", "text", "order"]


class OfferedLineOut(serializers.Serializer):
    """One line from the notes that may be chosen."""

    note_id = serializers.UUIDField()
    on = serializers.DateField()
    text = serializers.CharField()
    also_there = serializers.ListField(child=serializers.CharField())


class KeepsakeOut(serializers.ModelSerializer):
    lines = KeepsakeLineOut(many=True)
    may_choose = serializers.SerializerMethodField()

    class Meta:
        model = Keepsake
        fields = ["id", "dyad", "version", "title", "opening", "closing", "lines", "ready_at", "may_choose"]

    def get_may_choose(self, keepsake: Keepsake) -> list[dict]:
        return (
            [] if keepsake.ready_at else OfferedLineOut(list_keepsake_excerpts(keepsake.dyad), many=True).data
        )


class KeepsakePreviewOut(serializers.Serializer):
    """The printed keepsake; send ``seen`` back to confirm that this version was checked."""

    seen = serializers.CharField()
    title = serializers.CharField()
    stopped = serializers.CharField()
    for_whom = serializers.CharField(required=False)
    opening = serializers.CharField(required=False)
    lines = serializers.ListField(child=serializers.CharField(), required=False)
    closing = serializers.CharField(required=False)


def _get_keepsake(request: Request, keepsake_id: UUID) -> Any:
    found = get_visible_or_404(request._request, Keepsake.objects.whole(), pk=keepsake_id)
    may = None if request.method == "GET" else "write_records"
    get_family(request._request, found.dyad.family_id, may=may)
    return found


def _serialize_keepsake(request: Request, pk: UUID) -> ReturnDict:
    return KeepsakeOut(get_visible_or_404(request._request, Keepsake.objects.whole(), pk=pk)).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(NEW_KEEPSAKE_INPUT, "NewKeepsake"), responses=KeepsakeOut)
@api_view(["GET", "POST"])
def list_or_begin_keepsakes(request: Request, dyad_id: UUID) -> Response:
    """GET: the dyad's keepsakes, newest version first. POST: begin one, or return the existing draft."""
    may = None if request.method == "GET" else "write_records"
    dyad = get_visible_or_404(request._request, Dyad.objects.all(), pk=dyad_id)
    get_family(request._request, dyad.family_id, may=may)
    if request.method == "GET":
        found = list_visible(request._request, Keepsake.objects.whole().filter(dyad=dyad).newest_first())
        return Response(KeepsakeOut(found, many=True).data)
    form, _ = NEW_KEEPSAKE_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-keepsake",
        make=lambda: actions.begin_keepsake(dyad=dyad, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_keepsake(request, pk),
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(TEXT_INPUT, "KeepsakeText"), responses=KeepsakeOut)
@api_view(["GET", "POST"])
def show_or_write_keepsake(request: Request, keepsake_id: UUID) -> Response:
    """GET: one keepsake; of a draft also the lines to choose from. POST: replace the draft's text."""
    found = _get_keepsake(request, keepsake_id)
    if request.method == "GET":
        return Response(KeepsakeOut(found).data)
    form, rows = TEXT_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-keepsake-text",
        make=lambda: write_keepsake_from_forms(found, form, rows["lines"], request.user),
        show=lambda pk: _serialize_keepsake(request, pk),
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(SEEN_INPUT, "KeepsakeSeen"), responses=KeepsakePreviewOut)
@api_view(["GET", "POST"])
def preview_keepsake_api(request: Request, keepsake_id: UUID) -> Response:
    """GET: the keepsake as printed. POST ``seen`` to mark it as ready: only what was checked is printed."""
    found = _get_keepsake(request, keepsake_id)
    if request.method == "GET":
        return Response(
            KeepsakePreviewOut({"seen": compute_keepsake_digest(found), **build_printed_keepsake(found)}).data
        )
    form, _ = SEEN_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-keepsake-preview",
        make=lambda: actions.mark_keepsake_ready(keepsake=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_keepsake(request, pk),
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=None, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
@api_view(["GET", "POST"])
def request_or_download_keepsake_pdf(request: Request, keepsake_id: UUID) -> Response:
    """POST: request the PDF of a keepsake that is ready. GET: download it; 404 until it is made."""
    found = _get_keepsake(request, keepsake_id)
    if request.method == "POST":
        asked = actions.request_keepsake_pdf(keepsake=found, by=request.user)
        return Response({"status": asked.job.status}, status=201)
    return build_keepsake_pdf_response(found)
