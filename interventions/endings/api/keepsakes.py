"""The API of keepsakes: begun, written, looked at, made ready, on paper."""

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.endings import actions
from interventions.endings.forms import KeepsakeText, LineForms, NewKeepsake, Seen
from interventions.endings.lines import lines_for
from interventions.endings.models import Keepsake, KeepsakeLine
from interventions.endings.paper import paper_of, seal_of
from interventions.endings.views.keepsakes import pdf_response, written
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.models import Dyad
from pairs.families.opened import family_of
from pairs.submissions.api import create_once

NEW, SEEN = Sheet(form=NewKeepsake), Sheet(form=Seen)
TEXT = Sheet(form=KeepsakeText, formsets={"lines": LineForms})


class LineOut(serializers.ModelSerializer):
    class Meta:
        model = KeepsakeLine
        fields = ["note", "text", "order"]


class OfferOut(serializers.Serializer):
    """One line of the notes that may be chosen."""

    note_id = serializers.UUIDField()
    on = serializers.DateField()
    text = serializers.CharField()
    also_there = serializers.ListField(child=serializers.CharField())


class KeepsakeOut(serializers.ModelSerializer):
    lines = LineOut(many=True)
    may_choose = serializers.SerializerMethodField()

    class Meta:
        model = Keepsake
        fields = ["id", "dyad", "version", "title", "opening", "closing", "lines", "ready_at", "may_choose"]

    def get_may_choose(self, keepsake) -> list[dict]:
        return [] if keepsake.ready_at else OfferOut(lines_for(keepsake.dyad), many=True).data


class PreviewOut(serializers.Serializer):
    """How it looks on paper; ``seen`` is sent back to say that this was looked at."""

    seen = serializers.CharField()
    title = serializers.CharField()
    stopped = serializers.CharField()
    for_whom = serializers.CharField(required=False)
    opening = serializers.CharField(required=False)
    lines = serializers.ListField(child=serializers.CharField(), required=False)
    closing = serializers.CharField(required=False)


def _found(request, keepsake_id):
    found = fetch(request._request, Keepsake.objects.whole(), pk=keepsake_id)
    may = None if request.method == "GET" else "write_records"
    family_of(request._request, found.dyad.family_id, may=may)
    return found


def _shown(request, pk):
    return KeepsakeOut(fetch(request._request, Keepsake.objects.whole(), pk=pk)).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(NEW, "NewKeepsake"), responses=KeepsakeOut)
@api_view(["GET", "POST"])
def keepsakes(request, dyad_id):
    """GET: the versions of these two, newest first. POST: begin one, or go on with the draft."""
    may = None if request.method == "GET" else "write_records"
    dyad = fetch(request._request, Dyad.objects.all(), pk=dyad_id)
    family_of(request._request, dyad.family_id, may=may)
    if request.method == "GET":
        found = fetch_list(request._request, Keepsake.objects.whole().filter(dyad=dyad).newest_first())
        return Response(KeepsakeOut(found, many=True).data)
    form, _ = NEW.read(request.data)
    return create_once(
        request,
        kind="api-keepsake",
        make=lambda: actions.begin_keepsake(dyad=dyad, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(TEXT, "KeepsakeText"), responses=KeepsakeOut)
@api_view(["GET", "POST"])
def keepsake(request, keepsake_id):
    """GET: one keepsake, and of a draft the lines that may be chosen. POST puts these words in place of the draft's."""
    found = _found(request, keepsake_id)
    if request.method == "GET":
        return Response(KeepsakeOut(found).data)
    form, rows = TEXT.read(request.data)
    return create_once(
        request,
        kind="api-keepsake-text",
        make=lambda: written(found, form, rows["lines"], request.user),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(SEEN, "KeepsakeSeen"), responses=PreviewOut)
@api_view(["GET", "POST"])
def preview(request, keepsake_id):
    """GET: how it looks on paper. POST ``seen`` to make it ready: only what was looked at can be printed."""
    found = _found(request, keepsake_id)
    if request.method == "GET":
        return Response(PreviewOut({"seen": seal_of(found), **paper_of(found)}).data)
    form, _ = SEEN.read(request.data)
    return create_once(
        request,
        kind="api-keepsake-preview",
        make=lambda: actions.make_ready(keepsake=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", POST="write_records")
@extend_schema(request=None, responses={(200, "application/pdf"): OpenApiTypes.BINARY})
@api_view(["GET", "POST"])
def keepsake_pdf(request, keepsake_id):
    """POST asks for the PDF of a keepsake that is ready; GET gives it: 404 until it is made."""
    found = _found(request, keepsake_id)
    if request.method == "POST":
        asked = actions.ask_for_pdf(keepsake=found, by=request.user)
        return Response({"status": asked.job.status}, status=201)
    return pdf_response(found)
