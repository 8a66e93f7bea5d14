"""API of an ending: show, save as a draft, complete, undo; begin letters."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.endings import record_forms
from interventions.endings.models import Ending, EndingLetter, EndingPart, HandoverItem, Reopening
from interventions.endings.outstanding_work import list_outstanding_work
from pairs.access import policy
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.api.views import ActionApi, FormApi, ListApi


class EndingPartOut(serializers.ModelSerializer):
    class Meta:
        model = EndingPart
        fields = ["dyad", "text"]


class HandedOnOut(serializers.ModelSerializer):
    class Meta:
        model = HandoverItem
        fields = ["key", "what", "to_whom"]


class ReopeningOut(serializers.ModelSerializer):
    class Meta:
        model = Reopening
        fields = ["reopened_at", "because", "ended_on", "reason", "summary", "held_next_by"]


class OutstandingItemOut(serializers.Serializer):
    key = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    settle = serializers.BooleanField()


class EndingDraftOut(serializers.ModelSerializer):
    changed = EndingPartOut(many=True, source="parts")
    handed_on = HandedOnOut(many=True)

    class Meta:
        model = Ending
        fields = [
            "ended_on", "reason", "planned", "together", "summary", "helped", "held_next_by", "way_back",
            "preparing", "completed_at", "changed", "handed_on",
        ]  # fmt: skip


class EndingOut(serializers.Serializer):
    """An episode's ending: its own fields, the ending record, outstanding work, earlier reopenings."""

    id = serializers.UUIDField()
    ended_on = serializers.DateField(allow_null=True)
    ending_reason = serializers.CharField()
    ending_summary = serializers.CharField()
    held_next_by = serializers.CharField()
    ending = EndingDraftOut(allow_null=True)
    open = OutstandingItemOut(many=True)
    reopenings = ReopeningOut(many=True)


EPISODE_FIELDS = ("id", "ended_on", "ending_reason", "ending_summary", "held_next_by")


class EndingApi(FormApi):
    """Answers the whole ending of the episode that the address names."""

    serializer_class = EndingOut

    def get_shown_record(self, pk: UUID) -> dict[str, Any]:
        """``pk``: of whatever was made; the ending is looked up by its episode."""
        episode = self.get_record(None)
        facts = {name: getattr(episode, name) for name in EPISODE_FIELDS}
        endings = Ending.objects.visible_to(self.request.scope).whole()
        reopenings = Reopening.objects.filter(episode=episode).order_by("reopened_at")
        facts["ending"] = endings.filter(episode=episode).first()
        facts["open"] = [] if episode.ended_on else list_outstanding_work(episode)
        facts["reopenings"] = list_visible(self.request, reopenings)
        return facts


@policy.permission("read_families", POST="write_records")
class EpisodeEnding(record_forms.EndEpisode, EndingApi):
    """GET: the ending and outstanding work. POST: end the episode, or with ``draft`` only save the draft."""

    def get(self, request: Request, episode_id: UUID) -> Response:
        self.record = self.get_record(None)
        return self.respond_with_version(self.get_shown_record(episode_id))

    def post(self, request: Request, episode_id: UUID) -> Response:
        return self.post_once(request)


@policy.permission("supervise")
class EpisodeReopening(record_forms.ReopenEpisode, EndingApi, ActionApi):
    """Reopen an episode that was ended on the wrong day or in the wrong record."""


class EndingLetterOut(serializers.ModelSerializer):
    to = serializers.CharField(source="letter.to")
    status = serializers.CharField(source="letter.status")

    class Meta:
        model = EndingLetter
        fields = ["letter", "to", "status"]


@policy.permission("read_families", POST="write_records")
class EndingLetterList(record_forms.BeginEndingLetter, ListApi):
    """GET: letters begun at this ending. POST: begin one to a recipient; edit it at /letters/<id>/."""

    serializer_class = EndingLetterOut

    def get_rows(self) -> QuerySet[EndingLetter]:
        rows = EndingLetter.objects.filter(episode=self.record).order_by("created_at", "id")
        return rows.select_related("letter__to_caregiver", "letter__to_member", "letter__to_user")

    def get_shown_record(self, pk: UUID) -> Any:
        return get_visible_or_404(self.request, self.get_rows(), letter=pk)
