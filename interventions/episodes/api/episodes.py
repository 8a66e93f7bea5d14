"""API of episodes: open, goals, plan agreement."""

from typing import Any
from uuid import UUID

from django.db.models import Manager, QuerySet
from rest_framework import serializers

from interventions.episodes.forms import OpenReferralEpisodeForm
from interventions.episodes.models import Episode, Goal, InterventionUse
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.episodes.record_forms.episodes import AgreePlan, OpenEpisode, SetGoal
from pairs.access import policy
from pairs.access.json_fields import RelatedRows
from pairs.access.json_lists import JsonList, JsonRows
from pairs.access.visible_records import get_visible_or_404
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.families.models import Dyad
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import parse_token


class LiveRows(serializers.ListSerializer):
    """Related rows without the hidden ones."""

    def to_representation(self, data: Any) -> Any:
        rows = data.all() if isinstance(data, Manager) else data
        return super().to_representation(_filter_live(rows))


class GoalOut(serializers.ModelSerializer):
    class Meta:
        model = Goal
        fields = ["id", "episode", "dyad", "words", "set_on"]
        list_serializer_class = LiveRows


class EpisodeOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")
    focus = serializers.SerializerMethodField()
    interventions = serializers.SerializerMethodField()
    goals = GoalOut(many=True)

    class Meta:
        model = Episode
        fields = [
            "id", "family", "referral", "site", "lead", "opened_on", "thrive", "focus", "review_on",
            "plan_agreed_on", "interventions", "goals", "ended_on", "ending_reason", "ending_summary", "held_next_by",
        ]  # fmt: skip
        sql = {
            "interventions": lambda: RelatedRows(
                "uses", InterventionUse.objects.live(), "intervention__code"
            ),
            "goals": lambda: RelatedRows("goals", Goal.objects.live(), GoalOut()),
            "focus": lambda: RelatedRows("focus", Dyad.objects.live()),
        }

    def get_interventions(self, episode: Episode) -> list[str]:
        return [use.intervention.code for use in _filter_live(episode.uses.all())]

    def get_focus(self, episode: Episode) -> list[UUID]:
        return [dyad.pk for dyad in _filter_live(episode.focus.all())]


def _filter_live(rows: QuerySet[Any]) -> list[Any]:
    """The rows that are not hidden."""
    return [each for each in rows if not each.is_hidden]


def _query_episodes() -> EpisodeQuerySet:
    return Episode.objects.select_related("site").prefetch_related("focus", "uses__intervention", "goals")


EPISODE_LIST = JsonList(EpisodeOut, lambda: _query_episodes().order_by("-opened_on", "id"))


@policy.permission("read_families", POST="write_records")
class EpisodeList(OpenEpisode, ListApi):
    """GET: episodes in scope, newest first. POST: open the episode of an accepted referral."""

    form_class = OpenReferralEpisodeForm
    serializer_class = EpisodeOut

    def get_record(self, may: Any) -> Any:
        """Of POST the referral that is named in the request; its family determines the choices of the other fields."""
        if self.request.method != "POST":
            return None
        named = self.request.data.get("referral") if isinstance(self.request.data, dict) else None
        pk = parse_token(named if isinstance(named, str) else None)
        if pk is None:
            raise ActionRefused({"referral": "Give the referral's id."})
        return get_visible_or_404(self.request, self.get_records(), may=may, pk=pk)

    def get_key_path(self) -> str:
        return f"{self.request.path}{self.record.pk}/"

    def get_rows(self) -> JsonRows:
        return EPISODE_LIST.rows(self.request)

    def get_shown_records(self) -> EpisodeQuerySet:
        return _query_episodes()


@policy.permission("read_families")
class EpisodeDetail(RecordApi):
    """One episode with its goals and interventions."""

    serializer_class = EpisodeOut

    def get_records(self) -> EpisodeQuerySet:
        return _query_episodes()


@policy.permission("write_records")
class GoalList(SetGoal, ActionApi):
    """Set a goal, in the family's words."""

    serializer_class = GoalOut


@policy.permission("write_records")
class PlanAgreement(AgreePlan, ActionApi):
    """Record the day on which the family agreed the plan."""

    serializer_class = EpisodeOut

    def get_shown_records(self) -> EpisodeQuerySet:
        return _query_episodes()
