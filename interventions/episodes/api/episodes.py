"""The API of episodes: opened, their goals, the plan agreed, through the pages' own forms and actions."""

from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes import actions
from interventions.episodes.forms import (
    NewGoal,
    OpenEpisodeOf,
    PlanAgreement,
)
from interventions.episodes.models import Episode, Goal, InterventionUse
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_prepared, with_family_id
from pairs.access.json_fields import Rows
from pairs.access.json_lists import JsonList
from pairs.access.prepared import PreparedQuery
from pairs.families.models import Dyad
from pairs.families.opened import family_of
from pairs.service.refusals import Refused
from pairs.submissions.actions import token_from
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
            "interventions": lambda: Rows("uses", InterventionUse.objects.live(), "intervention__code"),
            "goals": lambda: Rows("goals", Goal.objects.live(), GoalOut()),
            "focus": lambda: Rows("focus", Dyad.objects.live()),
        }

    def get_interventions(self, episode) -> list[str]:
        return [use.intervention.code for use in _live(episode.uses.all())]

    def get_goals(self, episode) -> list[dict]:
        return GoalOut(_live(episode.goals.all()), many=True).data

    def get_focus(self, episode) -> list[UUID]:
        return [dyad.pk for dyad in _live(episode.focus.all())]


def _live(rows):
    """Of rows fetched with their owner, those in sight."""
    return [each for each in rows if not each.is_out_of_sight]


OPENING = Sheet(form=OpenEpisodeOf)


GOAL = Sheet(form=NewGoal)


AGREEMENT = Sheet(form=PlanAgreement)


def _whole():
    return Episode.objects.select_related("site", "lead").prefetch_related(
        "focus", "uses__intervention", "goals"
    )


EPISODES = JsonList(EpisodeOut, lambda: _whole().order_by("-opened_on", "id"))


def _shown(request, pk):
    return EpisodeOut(fetch(request._request, _whole(), pk=pk)).data


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(OPENING, "OpenEpisode"), responses=EpisodeOut)
@api_view(["GET", "POST"])
def episodes(request):
    """GET: episodes in scope, newest first, 50 a page (?page=2). POST: open one for an accepted referral."""
    if request.method == "GET":
        return Response(EPISODES.page(request._request))
    referral = _referral_named(request)
    family = family_of(request._request, referral.family_id)
    form, _ = replace(OPENING, kwargs={"family": family, "patient": referral.patient_id}).read(request.data)
    asked = {name: value for name, value in form.cleaned_data.items() if name != "referral"}
    return create_once(
        request,
        kind="api-open-episode",
        make=lambda: actions.open_episode(referral=referral, by=request.user, **asked),
        show=lambda pk: _shown(request, pk),
        at=reverse("open-episode", args=[referral.pk]),
    )


def _referral_named(request):
    """The accepted referral: whose family says who can be chosen in the rest."""
    named = request.data.get("referral") if isinstance(request.data, dict) else None
    pk = token_from(named if isinstance(named, str) else None)
    if pk is None:
        raise Refused({"referral": "Give the referral's id."})
    return fetch(request._request, Referral.objects.exclude(family=None), may="write_records", pk=pk)


@policy.permission("read_families")
@extend_schema(responses=EpisodeOut)
@api_view(["GET"])
def episode(request, episode_id):
    """One episode with its goals and ways of working."""
    return Response(_shown(request, episode_id))


_one = PreparedQuery(
    lambda scope, episode: with_family_id(Episode.objects.visible_to(scope)).filter(pk=episode)
)


def mine(request, episode_id):
    may = "write_records" if request.method == "POST" else None
    return fetch_prepared(request._request, _one, may=may, episode=episode_id)


@policy.permission("write_records")
@extend_schema(request=schema_of(GOAL, "NewGoal"), responses=GoalOut)
@api_view(["POST"])
def goals(request, episode_id):
    """Set a goal, in the family's words."""
    episode = mine(request, episode_id)
    family = family_of(request._request, episode.family_id)
    form, _ = replace(GOAL, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-goal",
        make=lambda: actions.set_goal(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: GoalOut(fetch(request._request, Goal.objects.all(), pk=pk)).data,
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(AGREEMENT, "PlanAgreement"), responses=EpisodeOut)
@api_view(["POST"])
def plan_agreement(request, episode_id):
    """The day on which the family agreed the plan."""
    episode = mine(request, episode_id)
    form, _ = AGREEMENT.read(request.data)
    return create_once(
        request,
        kind="api-plan-agreement",
        make=lambda: actions.agree_plan(episode=episode, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )
