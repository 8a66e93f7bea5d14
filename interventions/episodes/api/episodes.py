"""API of episodes: open, goals, plan agreement."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.episodes import actions
from interventions.episodes.forms import (
    NewGoalForm,
    OpenReferralEpisodeForm,
    PlanAgreementForm,
)
from interventions.episodes.models import Episode, Goal, InterventionUse
from interventions.episodes.models.episodes import EpisodeQuerySet
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.json_fields import RelatedRows
from pairs.access.json_lists import JsonList
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.visible_records import annotate_family_id, get_prepared_or_404, get_visible_or_404
from pairs.families.access import get_family
from pairs.families.models import Dyad
from pairs.service.refusals import ActionRefused
from pairs.submissions.actions import parse_token
from pairs.submissions.api import create_once
from referrals.models import Referral


class GoalOut(serializers.ModelSerializer):
    class Meta:
        model = Goal
        fields = ["id", "episode", "dyad", "words", "set_on"]


class EpisodeOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")
    lead = serializers.CharField(source="lead.username")
    focus = serializers.SerializerMethodField()
    interventions = serializers.SerializerMethodField()
    goals = serializers.SerializerMethodField()

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

    def get_goals(self, episode: Episode) -> list[dict]:
        return GoalOut(_filter_live(episode.goals.all()), many=True).data

    def get_focus(self, episode: Episode) -> list[UUID]:
        return [dyad.pk for dyad in _filter_live(episode.focus.all())]


def _filter_live(rows: QuerySet[Any]) -> list[Any]:
    """The rows that are not hidden."""
    return [each for each in rows if not each.is_hidden]


OPENING_INPUT = FormInput(form=OpenReferralEpisodeForm)


GOAL_INPUT = FormInput(form=NewGoalForm)


AGREEMENT_INPUT = FormInput(form=PlanAgreementForm)


def _query_episodes() -> EpisodeQuerySet:
    return Episode.objects.select_related("site", "lead").prefetch_related(
        "focus", "uses__intervention", "goals"
    )


EPISODE_LIST = JsonList(EpisodeOut, lambda: _query_episodes().order_by("-opened_on", "id"))


def _serialize_episode(request: Request, pk: UUID) -> ReturnDict:
    return EpisodeOut(get_visible_or_404(request._request, _query_episodes(), pk=pk)).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(OPENING_INPUT, "OpenEpisode"), responses=EpisodeOut)
@api_view(["GET", "POST"])
def list_or_open_episodes(request: Request) -> Response:
    """GET: episodes in scope, newest first, 50 a page (?page=2). POST: open an accepted referral's."""
    if request.method == "GET":
        return Response(EPISODE_LIST.page(request._request))
    referral = _get_named_referral(request)
    family = get_family(request._request, referral.family_id)
    form, _ = replace(OPENING_INPUT, kwargs={"family": family, "patient": referral.patient_id}).read(
        request.data
    )
    asked = {name: value for name, value in form.cleaned_data.items() if name != "referral"}
    return create_once(
        request,
        kind="api-open-episode",
        make=lambda: actions.open_episode(referral=referral, by=request.user, **asked),
        show=lambda pk: _serialize_episode(request, pk),
        at=reverse("open-episode", args=[referral.pk]),
    )


def _get_named_referral(request: Request) -> Any:
    """The referral named in the request; its family determines the choices of the other fields."""
    named = request.data.get("referral") if isinstance(request.data, dict) else None
    pk = parse_token(named if isinstance(named, str) else None)
    if pk is None:
        raise ActionRefused({"referral": "Give the referral's id."})
    return get_visible_or_404(
        request._request, Referral.objects.exclude(family=None), may="write_records", pk=pk
    )


@policy.permission("read_families")
@extend_schema(responses=EpisodeOut)
@api_view(["GET"])
def show_episode_api(request: Request, episode_id: UUID) -> Response:
    """Show one episode with its goals and interventions."""
    return Response(_serialize_episode(request, episode_id))


_PREPARED_EPISODE = PreparedQuery(
    lambda scope, episode: annotate_family_id(Episode.objects.visible_to(scope)).filter(pk=episode)
)


def get_episode_for_method(request: Request, episode_id: UUID) -> Episode:
    may = "write_records" if request.method == "POST" else None
    return get_prepared_or_404(request._request, _PREPARED_EPISODE, may=may, episode=episode_id)


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(GOAL_INPUT, "NewGoal"), responses=GoalOut)
@api_view(["POST"])
def set_goal_api(request: Request, episode_id: UUID) -> Response:
    """Set a goal, in the family's words."""
    episode = get_episode_for_method(request, episode_id)
    family = get_family(request._request, episode.family_id)
    form, _ = replace(GOAL_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-goal",
        make=lambda: actions.set_goal(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: GoalOut(get_visible_or_404(request._request, Goal.objects.all(), pk=pk)).data,
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(AGREEMENT_INPUT, "PlanAgreement"), responses=EpisodeOut)
@api_view(["POST"])
def agree_plan_api(request: Request, episode_id: UUID) -> Response:
    """Record the day on which the family agreed the plan."""
    episode = get_episode_for_method(request, episode_id)
    form, _ = AGREEMENT_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-plan-agreement",
        make=lambda: actions.agree_plan(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_episode(request, pk),
    )
