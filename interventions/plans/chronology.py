"""Timeline events of formulations, plans, reviews, groupings, co-work, helping answers, waits, goals."""

from typing import Any

from interventions.episodes.models import Goal, InterventionWait
from interventions.episodes.rules import GoalOutcome, WaitOutcome
from interventions.plans.models import CoWorker, Formulation, GroupingStep, HelpingAnswer, Plan, PlanReview
from interventions.plans.rules import FamilyAnswer, NextStep, OurAnswer, ReviewDecision
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family
from referrals.rules.choices import ThriveGrouping

GROUPING_WORDS = dict(ThriveGrouping.choices)


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """One query for each kind of record."""
    return [
        *_build_plan_queries(scope, family),
        *_build_team_queries(scope, family),
        *_build_way_queries(scope, family),
        # How goals ended; interventions.episodes adds the events of goals being set.
        build_event_query(
            "goal",
            Goal.objects.visible_to(scope).filter(episode__family=family).exclude(closed_on=None),
            EventRule(
                "closed_on",
                lambda row: f"Goal: {GoalOutcome(row['closed_as']).label.lower()}",
                text="words",
            ),
            page=("episode", "episode_id"),
            people=("dyad__infant_id", "dyad__caregiver_id"),
            fields=("closed_as",),
        ),
    ]


def _build_plan_queries(scope: Scope, family: Family) -> list[Query]:
    return [
        build_event_query(
            "episode",
            Formulation.objects.visible_to(scope).filter(episode__family=family),
            EventRule("written_on", "How we understand it, written", "written_by__display_name"),
            page=("formulation", "id"),
        ),
        build_event_query(
            "episode",
            Plan.objects.visible_to(scope).filter(episode__family=family),
            EventRule(
                "made_on",
                lambda row: "Plan changed" if row["replaces_id"] else "Plan made",
                "written_by__display_name",
                "changed_because",
                (("What they want to happen", "aims"),),
            ),
            page=("plan", "id"),
            people=("caregiver_id",),
            fields=("replaces_id",),
        ),
        build_event_query(
            "episode",
            PlanReview.objects.visible_to(scope).filter(plan__episode__family=family),
            EventRule(
                "held_on",
                "Plan reviewed together",
                "by__display_name",
                lambda row: ReviewDecision(row["decision"]).label,
                (("How it has gone", "how_it_went"),),
            ),
            page=("plan", "plan_id"),
            people=("plan__caregiver_id",),
            fields=("decision",),
        ),
    ]


def _build_team_queries(scope: Scope, family: Family) -> list[Query]:
    return [
        build_event_query(
            "episode",
            GroupingStep.objects.visible_to(scope).filter(episode__family=family),
            EventRule(
                "since",
                lambda row: f"THRIVE grouping: {GROUPING_WORDS[row['grouping']]}",
                "by__display_name",
                _describe_grouping,
            ),
            page=("episode", "episode_id"),
            fields=("grouping", "why", "agreed"),
        ),
        build_event_query(
            "episode",
            CoWorker.objects.visible_to(scope).filter(episode__family=family),
            EventRule("since", "Co-work began", "user__display_name", "why"),
            EventRule("until", "Co-work ended", "user__display_name"),
            page=("episode", "episode_id"),
        ),
    ]


def _describe_grouping(row: dict[str, Any]) -> str:
    agreed = "The family agrees" if row["agreed"] else "Not agreed with the family"
    return f"{row['why']} ({agreed})"


def _build_way_queries(scope: Scope, family: Family) -> list[Query]:
    return [
        build_event_query(
            "episode",
            HelpingAnswer.objects.visible_to(scope).filter(use__episode__family=family),
            EventRule(
                "asked_on",
                lambda row: f"Is it helping? {row['way']}",
                "by__display_name",
                _describe_answers,
                (("In their words", "family_words"),),
            ),
            page=("episode", "use__episode_id"),
            fields={"way": "use__intervention__name"}
            | {name: name for name in ("family_says", "we_say", "what_next")},
        ),
        build_event_query(
            "episode",
            InterventionWait.objects.visible_to(scope).filter(episode__family=family),
            EventRule("since", lambda row: f"Waiting for {row['way']}"),
            EventRule("closed_on", lambda row: f"No longer waiting for {row['way']}", text=_describe_wait),
            page=("episode", "episode_id"),
            fields={"way": "intervention__name"} | {name: name for name in ("closed_as", "closed_because")},
        ),
    ]


def _describe_answers(row: dict[str, Any]) -> str:
    theirs, ours = FamilyAnswer(row["family_says"]).label, OurAnswer(row["we_say"]).label
    return f"The family: {theirs}. We: {ours}. {NextStep(row['what_next']).label}."


def _describe_wait(row: dict[str, Any]) -> str:
    return f"{WaitOutcome(row['closed_as']).label}. {row['closed_because']}".strip()
