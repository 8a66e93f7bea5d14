"""Outcomes by API: a family's measures and goal ratings, through the pages' own forms and actions."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.models import Episode, Goal
from outcomes.actions import rate_goal
from outcomes.forms import GoalRatingForm, form_of
from outcomes.measures import catalogue, item_measures
from outcomes.models import Assessment, GoalRating
from outcomes.people import dyad_choices
from outcomes.views import save_assessment
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.fetch import fetch, fetch_list
from pairs.families.models import Family
from pairs.service.refusals import Refused
from pairs.submissions.api import create_once

RATING = Sheet(form=GoalRatingForm)


class AssessmentOut(serializers.Serializer):
    """One completed or declined measure."""

    id = serializers.UUIDField()
    measure = serializers.CharField()
    measure_version = serializers.CharField()
    dyad = serializers.UUIDField(source="dyad_id")
    timepoint = serializers.CharField()
    completed_on = serializers.DateField()
    declined = serializers.BooleanField()
    responses = serializers.DictField(child=serializers.IntegerField())
    scores = serializers.DictField(child=serializers.FloatField(allow_null=True))
    scoring_version = serializers.CharField()


class GoalRatingOut(serializers.Serializer):
    """One rating of a goal."""

    id = serializers.UUIDField()
    goal = serializers.UUIDField(source="goal_id")
    timepoint = serializers.CharField()
    score = serializers.IntegerField()
    rated_on = serializers.DateField()


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=schema_of(Sheet(form=form_of(item_measures()[0])), "NewAssessment"),
    responses=AssessmentOut(many=True),
)
@api_view(["GET", "POST"])
def assessments(request, episode_id):
    """The episode's measures in time order, or one more."""
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
    if measure is None or measure.kind != "items":
        raise Refused({"measure": "Name a measure: " + ", ".join(each.id for each in item_measures()) + "."})
    return Sheet(form=form_of(measure), kwargs={"dyads": dyads})


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
