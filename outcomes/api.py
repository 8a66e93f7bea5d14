"""Outcomes by API: the catalogue, a family's measures and ratings, and its scores with their national codes."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes.models import Episode, Goal
from outcomes.actions.assessments import rate_goal
from outcomes.dyad_choices import list_dyad_choices
from outcomes.forms import GoalRatingForm, build_measure_form
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.models import Assessment, ChosenMeasure, GoalRating
from outcomes.snomed_scores import list_coded_scores
from outcomes.views.assessments import save_assessment
from outcomes.views.catalogue import CATALOGUE_READERS
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.models import Dyad, Family
from pairs.service.refusals import ActionRefused
from pairs.submissions.api import create_once

RATING_INPUT = FormInput(form=GoalRatingForm)


class ScaleOut(serializers.Serializer):
    """One score of a measure; a range that nobody could verify is null."""

    id = serializers.CharField()
    name = serializers.CharField()
    method = serializers.CharField()
    better = serializers.CharField()
    lowest = serializers.FloatField(allow_null=True)
    highest = serializers.FloatField(allow_null=True)
    snomed = serializers.ListField(child=serializers.CharField())


class MeasureOut(serializers.Serializer):
    """One measure of the catalogue and what may be done with it here."""

    id = serializers.CharField()
    version = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    construct = serializers.CharField()
    core = serializers.SerializerMethodField()
    completed_by = serializers.CharField()
    items = serializers.IntegerField()
    risk_items = serializers.ListField(child=serializers.IntegerField())
    scales = ScaleOut(many=True)
    licence = serializers.CharField()

    def get_core(self, measure: Measure) -> bool:
        return measure.id in self.context["core"]


class AssessmentOut(serializers.Serializer):
    """One completed or declined measure."""

    id = serializers.UUIDField()
    measure = serializers.CharField()
    measure_version = serializers.CharField()
    form = serializers.CharField()
    dyad = serializers.UUIDField(source="dyad_id")
    timepoint = serializers.CharField()
    completed_on = serializers.DateField()
    way = serializers.CharField()
    declined = serializers.BooleanField()
    declined_why = serializers.CharField()
    concern = serializers.BooleanField(allow_null=True)
    rater_role = serializers.CharField()
    reliability = serializers.CharField()
    responses = serializers.DictField(child=serializers.FloatField(allow_null=True))
    typed = serializers.DictField(child=serializers.FloatField())
    scores = serializers.DictField(child=serializers.FloatField(allow_null=True))
    scoring_version = serializers.CharField()


class CodedScoreOut(serializers.Serializer):
    """One score with the code that the national data set has for it."""

    assessment = serializers.UUIDField()
    tool = serializers.CharField()
    snomed = serializers.CharField()
    score = serializers.FloatField()
    completed_on = serializers.DateField()
    rater = serializers.CharField()


class GoalRatingOut(serializers.Serializer):
    """One rating of a goal."""

    id = serializers.UUIDField()
    goal = serializers.UUIDField(source="goal_id")
    timepoint = serializers.CharField()
    score = serializers.IntegerField()
    rated_on = serializers.DateField()


@policy.permission(*CATALOGUE_READERS)
@extend_schema(responses=MeasureOut(many=True))
@api_view(["GET"])
def list_measures_api(request: Request) -> Response:
    """The catalogue of measures."""
    chosen = ChosenMeasure.objects.visible_to(request._request.scope).filter(core=True)
    core = set(chosen.values_list("measure", flat=True))
    return Response(MeasureOut(get_catalogue().values(), many=True, context={"core": core}).data)


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(
        FormInput(form=build_measure_form(get_catalogue()["prfq"])), "NewAssessment"
    ),
    responses=AssessmentOut(many=True),
)
@api_view(["GET", "POST"])
def list_or_create_assessments(request: Request, episode_id: UUID) -> Response:
    """The episode's measures in time order, or one more: answers as q1, q2 …, typed numbers as t_ and the scale's id.

    The fields shown are PRFQ's; `/api/measures/` says which items and scales another measure has.
    """
    may = "write_records" if request.method == "POST" else None
    episode = get_visible_or_404(
        request._request, Episode.objects.select_related("site"), pk=episode_id, may=may
    )
    if request.method == "GET":
        rows = list_visible(request._request, Assessment.objects.filter(episode=episode).in_time_order())
        return Response(AssessmentOut(rows, many=True).data)
    family = get_visible_or_404(request._request, Family.objects.with_people(), pk=episode.family_id)
    form, _ = _build_assessment_input(request.data, list_dyad_choices(family)).read(request.data)
    return create_once(
        request,
        kind="new-assessment",
        make=lambda: save_assessment(episode, form, request.user),
        show=lambda pk: (
            AssessmentOut(get_visible_or_404(request._request, Assessment.objects.all(), pk=pk)).data
        ),
    )


def _build_assessment_input(
    payload: int | dict[str, Any] | list[Any], dyads: list[tuple[Dyad, str]]
) -> FormInput:
    """The input of the named measure; an unknown one is refused by field."""
    named = payload.get("measure") if isinstance(payload, dict) else None
    measure = get_catalogue().get(named) if isinstance(named, str) else None
    if measure is None or not measure.offered:
        names = ", ".join(each.id for each in list_offered_measures())
        raise ActionRefused({"measure": f"Name a measure: {names}."})
    return FormInput(form=build_measure_form(measure), kwargs={"dyads": dyads})


@policy.permission("read_families")
@extend_schema(responses=CodedScoreOut(many=True))
@api_view(["GET"])
def list_coded_scores_api(request: Request, episode_id: UUID) -> Response:
    """The episode's scores and ratings that have a national code, in time order."""
    episode = get_visible_or_404(request._request, Episode.objects.all(), pk=episode_id)
    done = list_visible(
        request._request, Assessment.objects.filter(episode=episode, declined=False).in_time_order()
    )
    rated = GoalRating.objects.filter(goal__episode=episode).select_related("goal").order_by("rated_on")
    return Response(
        CodedScoreOut(list_coded_scores(done, list_visible(request._request, rated)), many=True).data
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(RATING_INPUT, "NewGoalRating"), responses=GoalRatingOut)
@api_view(["POST"])
def rate_goal_api(request: Request, goal_id: UUID) -> Response:
    """Add a rating of a goal."""
    goal = get_visible_or_404(request._request, Goal.objects.select_related("dyad"), pk=goal_id)
    get_visible_or_404(
        request._request, Episode.objects.select_related("site"), pk=goal.episode_id, may="write_records"
    )
    form, _ = RATING_INPUT.read(request.data)
    return create_once(
        request,
        kind="rate-goal",
        make=lambda: rate_goal(goal=goal, by=request.user, **form.cleaned_data),
        show=lambda pk: (
            GoalRatingOut(get_visible_or_404(request._request, GoalRating.objects.all(), pk=pk)).data
        ),
    )
