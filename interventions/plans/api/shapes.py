"""How the API of this room answers, and the one way in which what is sent becomes an act."""

from dataclasses import replace

from rest_framework import serializers

from interventions.episodes.models import Goal, Intervention, InterventionUse, InterventionWait
from interventions.plans.models import (
    CoWorker,
    Declined,
    Formulation,
    FormulationPart,
    GroupingStep,
    HelpingAnswer,
    Plan,
    PlanPaper,
    PlanReview,
)
from interventions.plans.views.shown import of_episode, of_record
from pairs.access.fetch import fetch
from pairs.submissions.api import create_once


def may_of(request):
    """Reading needs the record in scope; writing, the right at its site too."""
    return None if request.method == "GET" else "write_records"


def episode_of(request, episode_id):
    return of_episode(request._request, episode_id, may=may_of(request))


def record_of(request, records, pk):
    return of_record(request._request, records, pk, may=may_of(request))


def once(request, sheet, *, kind, make, out, rows, **kwargs):
    """What is sent, read by the page's form (made with ``kwargs``), made once and shown."""
    form, _ = replace(sheet, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind=kind,
        make=lambda: make(**form.cleaned_data),
        show=lambda pk: out(fetch(request._request, rows, pk=pk)).data,
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


class WayOut(serializers.ModelSerializer):
    intervention = serializers.CharField(source="intervention.code")

    class Meta:
        model = InterventionUse
        fields = ["id", "episode", "intervention", "started_on", "ended_on", "ended_because"]


class WaitOut(serializers.ModelSerializer):
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


class HelpingOut(serializers.ModelSerializer):
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


class ReviewOut(serializers.ModelSerializer):
    class Meta:
        model = PlanReview
        fields = ["id", "plan", "held_on", "how_it_went", "decision", "next_on"]


class PaperOut(serializers.ModelSerializer):
    class Meta:
        model = PlanPaper
        fields = ["id", "plan", "to_caregiver", "given_on"]


class LinesOut(serializers.Serializer):
    """The page as it may be given today; ``stopped`` says why it may not."""

    title = serializers.CharField()
    stopped = serializers.CharField()
    children = serializers.CharField(required=False)
    goals = serializers.ListField(child=serializers.CharField(), required=False)
    sections = serializers.ListField(required=False)


class DeclinedOut(serializers.ModelSerializer):
    class Meta:
        model = Declined
        fields = ["id", "episode", "what", "goal", "declined_on", "why"]


class GoalOut(serializers.ModelSerializer):
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


class FocusOut(serializers.Serializer):
    """An episode and its relationships in focus."""

    id = serializers.UUIDField()
    focus = serializers.SerializerMethodField()

    def get_focus(self, episode) -> list[str]:
        return [str(dyad.pk) for dyad in episode.focus.all()]
