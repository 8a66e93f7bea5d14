"""Serializers of this app's API, and the helpers its views share."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes.models import Episode, Goal, Intervention, InterventionUse, InterventionWait
from interventions.plans.models import (
    CoWorker,
    DeclinedOffer,
    Formulation,
    FormulationPart,
    GroupingStep,
    HelpingAnswer,
    Plan,
    PlanPaper,
    PlanReview,
)
from interventions.plans.views.record_pages import get_episode_and_family, get_record_and_family
from pairs.access.visible_records import get_visible_or_404
from pairs.families.models import Family
from pairs.submissions.api import create_once


def get_needed_permission(request: Request) -> str | None:
    """The permission needed at the record's site: none for GET."""
    return None if request.method == "GET" else "write_records"


def get_api_episode(request: Request, episode_id: UUID) -> tuple[Episode, Family]:
    return get_episode_and_family(request._request, episode_id, may=get_needed_permission(request))


def get_api_record(request: Request, records: QuerySet[Any], pk: UUID) -> tuple[Any, Family]:
    return get_record_and_family(request._request, records, pk, may=get_needed_permission(request))


def create_from_input(
    request: Request,
    sheet: Any,
    *,
    kind: str,
    make: Callable[..., Any],
    out: type[Any],
    rows: QuerySet[Any],
    **kwargs: Any,
) -> Response:
    """Validate the input with the page's form (built with ``kwargs``), create the record once, return it."""
    form, _ = replace(sheet, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind=kind,
        make=lambda: make(**form.cleaned_data),
        show=lambda pk: out(get_visible_or_404(request._request, rows, pk=pk)).data,
    )


class InterventionOut(serializers.ModelSerializer):
    class Meta:
        model = Intervention
        fields = [
            "code", "name", "shape", "given", "sessions_from", "sessions_to", "thrive", "delivered_by",
            "snomed_code", "retired_on",
        ]  # fmt: skip


class CoWorkerOut(serializers.ModelSerializer):
    user = serializers.CharField(source="user.username")

    class Meta:
        model = CoWorker
        fields = ["id", "episode", "user", "why", "since", "until"]


class GroupingOut(serializers.ModelSerializer):
    class Meta:
        model = GroupingStep
        fields = ["id", "episode", "before", "grouping", "since", "why", "agreed"]


class InterventionUseOut(serializers.ModelSerializer):
    intervention = serializers.CharField(source="intervention.code")

    class Meta:
        model = InterventionUse
        fields = ["id", "episode", "intervention", "started_on", "ended_on", "ended_because"]


class InterventionWaitOut(serializers.ModelSerializer):
    intervention = serializers.CharField(source="intervention.code")
    site = serializers.CharField(source="site.code")

    class Meta:
        model = InterventionWait
        fields = [
            "id",
            "episode",
            "intervention",
            "site",
            "since",
            "closed_on",
            "closed_as",
            "closed_because",
        ]


class HelpingAnswerOut(serializers.ModelSerializer):
    way = serializers.UUIDField(source="use_id")

    class Meta:
        model = HelpingAnswer
        fields = [
            "id", "way", "asked_on", "family_says", "family_words", "we_say", "what_next", "what_changes",
            "ask_again_on",
        ]  # fmt: skip


class FormulationPartOut(serializers.ModelSerializer):
    class Meta:
        model = FormulationPart
        fields = ["part", "dyad", "caregiver", "text"]


class FormulationOut(serializers.ModelSerializer):
    parts = FormulationPartOut(many=True)

    class Meta:
        model = Formulation
        fields = ["id", "episode", "written_on", "with_family", "parts"]


class PlanOut(serializers.ModelSerializer):
    class Meta:
        model = Plan
        fields = [
            "id", "episode", "caregiver", "aims", "success", "by_when", "who_when", "if_not_helping", "review_on",
            "made_on", "agreed_on", "changed_because", "replaces",
        ]  # fmt: skip


class PlanReviewOut(serializers.ModelSerializer):
    class Meta:
        model = PlanReview
        fields = ["id", "plan", "held_on", "how_it_went", "decision", "next_on"]


class PlanPaperOut(serializers.ModelSerializer):
    class Meta:
        model = PlanPaper
        fields = ["id", "plan", "to_caregiver", "given_on"]


class PlanPaperLinesOut(serializers.Serializer):
    """The page as it may be given today; ``stopped`` says why it may not be given."""

    title = serializers.CharField()
    stopped = serializers.CharField()
    children = serializers.CharField(required=False)
    goals = serializers.ListField(child=serializers.CharField(), required=False)
    sections = serializers.ListField(required=False)


class DeclinedOut(serializers.ModelSerializer):
    class Meta:
        model = DeclinedOffer
        fields = ["id", "episode", "what", "goal", "declined_on", "why"]


class GoalDetailOut(serializers.ModelSerializer):
    class Meta:
        model = Goal
        fields = [
            "id",
            "episode",
            "dyad",
            "words",
            "set_on",
            "closed_on",
            "closed_as",
            "closed_because",
            "rewords",
        ]


class EpisodeFocusOut(serializers.Serializer):
    """An episode and its dyads in focus."""

    id = serializers.UUIDField()
    focus = serializers.SerializerMethodField()

    def get_focus(self, episode) -> list[str]:
        return [str(dyad.pk) for dyad in episode.focus.all()]
