"""Serializers of this app's API."""

from django.utils import timezone
from rest_framework import serializers

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


class InterventionOut(serializers.ModelSerializer):
    class Meta:
        model = Intervention
        fields = [
            "code", "name", "shape", "given", "sessions_from", "sessions_to", "thrive", "delivered_by",
            "snomed_code", "retired_on",
        ]  # fmt: skip


class CoWorkerOut(serializers.ModelSerializer):
    class Meta:
        model = CoWorker
        fields = ["id", "episode", "user", "why", "since", "until"]


class GroupingStepOut(serializers.ModelSerializer):
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
            "id", "episode", "intervention", "site", "since", "closed_on", "closed_as", "closed_because",
        ]  # fmt: skip


class OpenWaitOut(InterventionWaitOut):
    """A wait that is open, and how many days it lasts today."""

    days = serializers.SerializerMethodField()

    class Meta(InterventionWaitOut.Meta):
        fields = [*InterventionWaitOut.Meta.fields, "days"]

    def get_days(self, wait: InterventionWait) -> int:
        return (timezone.localdate() - wait.since).days


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
    """The page as it may be given today; if it may not, ``stopped`` says why, and the rest is not there.

    ``sections``: a heading and its words, of each part of the plan that is filled in.
    """

    title = serializers.CharField()
    stopped = serializers.CharField()
    children = serializers.CharField(required=False)
    goals = serializers.ListField(child=serializers.CharField(), required=False)
    sections = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(), min_length=2, max_length=2), required=False
    )


class DeclinedOfferOut(serializers.ModelSerializer):
    class Meta:
        model = DeclinedOffer
        fields = ["id", "episode", "what", "goal", "declined_on", "why"]


class GoalDetailOut(serializers.ModelSerializer):
    class Meta:
        model = Goal
        fields = [
            "id", "episode", "dyad", "words", "set_on", "closed_on", "closed_as", "closed_because", "rewords",
        ]  # fmt: skip


class EpisodeFocusOut(serializers.ModelSerializer):
    """An episode and its dyads in focus."""

    class Meta:
        model = Episode
        fields = ["id", "focus"]
