"""Outcomes by API: the catalogue, a family's measures and ratings, and its scores with their national codes."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.episodes.models import Episode
from outcomes import record_forms
from outcomes.assessment_schema import build_assessment_input
from outcomes.measure_definitions import (
    CARER,
    CODER,
    DONE_ONLY,
    GOAL,
    ITEMS,
    NOT_OFFERED,
    PRACTITIONER,
    SCORING_METHODS,
    TOTALS,
    Measure,
)
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, ChosenMeasure, GoalRating
from outcomes.record_forms import CATALOGUE_READERS
from outcomes.snomed_scores import CodedScore, list_coded_scores
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.api.views import ActionApi, ListApi

RATERS = (CARER, PRACTITIONER, CODER)
KINDS = (
    (ITEMS, "Answered item by item"),
    (TOTALS, "Totals entered from a scored sheet"),
    (DONE_ONLY, "Recorded as done, not scored"),
    (GOAL, "A goal's rating"),
    (NOT_OFFERED, "Known, and not recorded here"),
)


class ScaleOut(serializers.Serializer):
    """One score of a measure; a range that nobody could verify is null."""

    id = serializers.CharField()
    name = serializers.CharField()
    method = serializers.ChoiceField(sorted(SCORING_METHODS))
    better = serializers.ChoiceField(["lower", "higher", "neither"])
    lowest = serializers.FloatField(allow_null=True)
    highest = serializers.FloatField(allow_null=True)
    snomed = serializers.ListField(child=serializers.CharField())


class MeasureOut(serializers.Serializer):
    """One measure of the catalogue and what may be done with it here."""

    id = serializers.CharField()
    version = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    construct = serializers.CharField()
    about_relationship = serializers.BooleanField(source="is_about_relationship")
    may_be_core = serializers.BooleanField(
        help_text="Whether it is about the relationship and enough about it is verified for the core."
    )
    core_for = serializers.SerializerMethodField(
        help_text="The age bands in which it is in the service's core set; empty: none."
    )
    completed_by = serializers.ChoiceField(RATERS)
    items = serializers.IntegerField(help_text="How many.")
    risk_items = serializers.ListField(child=serializers.IntegerField())
    scales = ScaleOut(many=True)
    licence = serializers.CharField()

    def get_core_for(self, measure: Measure) -> list[str]:
        return self.context["core"].get(measure.id, [])


class AssessmentOut(serializers.ModelSerializer):
    """One completed or declined measure."""

    responses = serializers.DictField(
        child=serializers.FloatField(allow_null=True),
        help_text="Answers by item number; null: it does not apply.",
    )
    typed = serializers.DictField(
        child=serializers.FloatField(), help_text="Numbers that were typed, by scale."
    )
    scores = serializers.DictField(
        child=serializers.FloatField(allow_null=True),
        help_text="By scale; null: an answer is missing.",
    )

    class Meta:
        model = Assessment
        fields = [
            "id", "measure", "measure_version", "form", "dyad", "timepoint", "completed_on", "way", "declined",
            "declined_why", "concern", "rater_role", "reliability", "responses", "typed", "scores",
            "scoring_version",
        ]  # fmt: skip


class CodedScoreOut(serializers.Serializer):
    """One score with the code that the national data set has for it."""

    assessment = serializers.UUIDField(help_text="The assessment, or the goal's rating, that it is from.")
    tool = serializers.CharField()
    snomed = serializers.CharField()
    score = serializers.FloatField()
    completed_on = serializers.DateField()
    rater = serializers.ChoiceField(RATERS)


class GoalRatingOut(serializers.ModelSerializer):
    """One rating of a goal."""

    class Meta:
        model = GoalRating
        fields = ["id", "goal", "timepoint", "score", "rated_on"]


@policy.permission(*CATALOGUE_READERS)
class MeasureList(ListApi):
    """The catalogue of measures."""

    serializer_class = MeasureOut

    def get_rows(self) -> list[Measure]:
        return list(get_catalogue().values())

    def get_serializer_context(self) -> dict[str, Any]:
        chosen = ChosenMeasure.objects.visible_to(self.request.scope).core()
        return {"core": dict(chosen.values_list("measure", "core_for"))}


@policy.permission("read_families", POST="write_records")
class AssessmentList(record_forms.RecordAssessment, ListApi):
    """GET: the episode's measures in time order.

    POST: record one more, or that the family said no to it. Each measure has its own items (q1, q2 …) and numbers to
    type (t_ and the scale's id).
    """

    serializer_class = AssessmentOut

    @classmethod
    def get_input_class(cls) -> Any:
        return build_assessment_input()

    def get_rows(self) -> QuerySet[Any]:
        return Assessment.objects.filter(episode=self.record).in_time_order()


@policy.permission("read_families")
class CodedScoreList(ListApi):
    """The episode's scores and ratings that have a national code, in time order."""

    model = Episode
    serializer_class = CodedScoreOut

    def get_rows(self) -> list[CodedScore]:
        done = Assessment.objects.filter(episode=self.record, declined=False).in_time_order()
        rated = GoalRating.objects.filter(goal__episode=self.record).select_related("goal")
        return list_coded_scores(
            list_visible(self.request, done), list_visible(self.request, rated.order_by("rated_on"))
        )


@policy.permission("write_records")
class GoalRatingList(record_forms.RateGoal, ActionApi):
    """Add a rating of a goal."""

    serializer_class = GoalRatingOut
