"""API of keepsakes: begin, write, preview, mark as ready."""

from typing import TypedDict
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.endings import record_forms
from interventions.endings.keepsake_excerpts import list_keepsake_excerpts
from interventions.endings.models import Keepsake, KeepsakeLine
from interventions.endings.printed_keepsake import build_printed_keepsake, compute_keepsake_digest
from pairs.access import policy
from pairs.api.views import FormApi, ListApi


class KeepsakeLineOut(serializers.ModelSerializer):
    class Meta:
        model = KeepsakeLine
        fields = ["note", "text", "order"]


class OfferedLine(TypedDict):
    """One line from the notes that may be chosen."""

    note_id: str
    on: str
    text: str
    also_there: list[str]


class KeepsakeOut(serializers.ModelSerializer):
    lines = KeepsakeLineOut(many=True)
    may_choose = serializers.SerializerMethodField()

    class Meta:
        model = Keepsake
        fields = ["id", "dyad", "version", "title", "opening", "closing", "lines", "ready_at", "may_choose"]

    def get_may_choose(self, keepsake: Keepsake) -> list[OfferedLine]:
        offered = [] if keepsake.ready_at else list_keepsake_excerpts(keepsake.dyad)
        return [
            {
                "note_id": str(each.note_id),
                "on": str(each.on),
                "text": each.text,
                "also_there": list(each.also_there),
            }
            for each in offered
        ]


class KeepsakePreviewOut(serializers.Serializer):
    """The printed keepsake; send ``seen`` back to confirm that this version was checked."""

    seen = serializers.CharField()
    title = serializers.CharField()
    stopped = serializers.CharField()
    for_whom = serializers.CharField(required=False)
    opening = serializers.CharField(required=False)
    lines = serializers.ListField(child=serializers.CharField(), required=False)
    closing = serializers.CharField(required=False)


class KeepsakeApi:
    """What every address of keepsakes answers."""

    serializer_class = KeepsakeOut

    def get_shown_records(self) -> QuerySet[Keepsake]:
        return Keepsake.objects.whole()


@policy.permission("read_families", POST="write_records")
class KeepsakeList(KeepsakeApi, record_forms.BeginKeepsake, ListApi):
    """GET: the dyad's keepsakes, newest version first. POST: begin one, or return the existing draft."""

    def get_rows(self) -> QuerySet[Keepsake]:
        return Keepsake.objects.whole().filter(dyad=self.record).newest_first()


@policy.permission("read_families", POST="write_records")
class KeepsakeText(KeepsakeApi, record_forms.WriteKeepsake, FormApi):
    """GET: one keepsake; of a draft also the lines to choose from. POST: replace the draft's text."""

    def get(self, request: Request, keepsake_id: UUID) -> Response:
        self.record = self.get_record(None)
        return self.respond_with_version(self.record)

    def post(self, request: Request, keepsake_id: UUID) -> Response:
        return self.post_once(request)


@policy.permission("read_families", POST="write_records")
class KeepsakePreview(KeepsakeApi, record_forms.ConfirmKeepsake, FormApi):
    """GET: the keepsake as printed. POST: mark it as ready with ``seen``; only what was checked is printed."""

    serializer_class = KeepsakePreviewOut
    created_class = KeepsakeOut

    def get(self, request: Request, keepsake_id: UUID) -> Response:
        found = self.get_record(None)
        return Response(
            self.serialize({"seen": compute_keepsake_digest(found), **build_printed_keepsake(found)})
        )

    def post(self, request: Request, keepsake_id: UUID) -> Response:
        return self.post_once(request)
