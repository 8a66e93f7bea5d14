"""Outcomes by API: the catalogue, a family's measures and ratings, and its scores with their national codes."""

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Episode, Goal
from outcomes.actions import rate_goal
from outcomes.coded import coded_scores_of
from outcomes.forms import GoalRatingForm, form_of
from outcomes.measures import catalogue, offered_measures
from outcomes.models import Assessment, ChosenMeasure, GoalRating
from outcomes.people import dyad_choices
from outcomes.views.assessments import save_assessment
from outcomes.views.catalogue import READERS
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.models import Family
from pairs.service.refusals import Refused
from pairs.submissions.api import create_once

RATING = Sheet(form=GoalRatingForm)


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

    def get_core(self, measure) -> bool:
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


@policy.permission(*READERS)
@extend_schema(responses=MeasureOut(many=True))
@api_view(["GET"])
def measures(request):
    """The catalogue."""
    chosen = ChosenMeasure.objects.visible_to(request._request.scope).filter(core=True)
    core = set(chosen.values_list("measure", flat=True))
    return Response(MeasureOut(catalogue().values(), many=True, context={"core": core}).data)


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=schema_of(Sheet(form=form_of(catalogue()["prfq"])), "NewAssessment"),
    responses=AssessmentOut(many=True),
)
@api_view(["GET", "POST"])
def assessments(request, episode_id):
    """The episode's measures in time order, or one more: answers as q1, q2 …, typed numbers as t_ and the scale's id.

    The fields shown are PRFQ's; `/api/measures/` says which items and scales another measure has.
    """
    may = "write_records" if request.method == "POST" else None
    episode = fetch(request._request, Episode.objects.select_related("site"), pk=episode_id, may=may)
    if request.method == "GET":
        rows = fetch_list(request._request, Assessment.objects.filter(episode=episode).in_time_order())
        return Response(AssessmentOut(rows, many=True).data)
    family = fetch(request._request, Family.objects.with_people(), pk=episode.family_id)
    form, _ = _sheet(request.data, dyad_choices(family)).read(request.data)
    return create_once(
        request,
        kind="new-assessment",
        make=lambda: save_assessment(episode, form, request.user),
        show=lambda pk: AssessmentOut(fetch(request._request, Assessment.objects.all(), pk=pk)).data,
    )


def _sheet(payload, dyads):
    """The sheet of the measure that was named; an unknown one is refused by its field."""
    named = payload.get("measure") if isinstance(payload, dict) else None
    measure = catalogue().get(named) if isinstance(named, str) else None
    if measure is None or not measure.offered:
        names = ", ".join(each.id for each in offered_measures())
        raise Refused({"measure": f"Name a measure: {names}."})
    return Sheet(form=form_of(measure), kwargs={"dyads": dyads})


@policy.permission("read_families")
@extend_schema(responses=CodedScoreOut(many=True))
@api_view(["GET"])
def coded_scores(request, episode_id):
    """The episode's scores and ratings that have a national code, in time order."""
    episode = fetch(request._request, Episode.objects.all(), pk=episode_id)
    done = fetch_list(
        request._request, Assessment.objects.filter(episode=episode, declined=False).in_time_order()
    )
    rated = GoalRating.objects.filter(goal__episode=episode).select_related("goal").order_by("rated_on")
    return Response(CodedScoreOut(coded_scores_of(done, fetch_list(request._request, rated)), many=True).data)


@policy.permission("write_records")
@extend_schema(request=schema_of(RATING, "NewGoalRating"), responses=GoalRatingOut)
@api_view(["POST"])
def ratings(request, goal_id):
    """One more rating of a goal."""
    goal = fetch(request._request, Goal.objects.select_related("dyad"), pk=goal_id)
    fetch(request._request, Episode.objects.select_related("site"), pk=goal.episode_id, may="write_records")
    form, _ = RATING.read(request.data)
    return create_once(
        request,
        kind="rate-goal",
        make=lambda: rate_goal(goal=goal, by=request.user, **form.cleaned_data),
        show=lambda pk: GoalRatingOut(fetch(request._request, GoalRating.objects.all(), pk=pk)).data,
    )
