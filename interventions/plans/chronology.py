"""Chronology events of formulations, plans, reviews, groupings, co-work, helping answers, waits, goals."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse

from interventions.episodes.models import Goal, InterventionWait
from interventions.episodes.rules import GoalOutcome, WaitOutcome
from interventions.plans.models import CoWorker, Formulation, GroupingStep, HelpingAnswer, Plan, PlanReview
from interventions.plans.rules import FamilyAnswer, NextStep, OurAnswer, ReviewDecision
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.chronology import Event, parse_person_ids
from pairs.families.models import Family
from referrals.rules.choices import ThriveGrouping


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """One query for each kind of record."""
    asks = (
        _query_formulation_events,
        _query_plan_events,
        _query_review_events,
        _query_grouping_events,
        _query_co_work_events,
        _query_helping_events,
        _query_wait_events,
        _query_goal_end_events,
    )
    return [ask(scope, family) for ask in asks]


def _query_formulation_events(scope: Scope, family: Family) -> Query:
    rows = Formulation.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "on": "written_on", "by": F("written_by__display_name")}

    def to_event(row):
        href = reverse("formulation", args=[row["id"]])
        yield Event(
            "episode", parse_date(row["on"]), "How we understand it, written", href=href, who=row["by"]
        )

    return Query(rows, fields, to_event)


def _query_plan_events(scope: Scope, family: Family) -> Query:
    rows = Plan.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "on": "made_on", "by": F("written_by__display_name"), "aims": "aims"}
    fields |= {"old": "replaces_id", "why": "changed_because", "carer": "caregiver_id"}

    def to_event(row):
        yield Event(
            "episode",
            parse_date(row["on"]),
            "Plan changed" if row["old"] else "Plan made",
            href=reverse("plan", args=[row["id"]]),
            who=row["by"],
            text=row["why"],
            reading=(("What they want to happen", row["aims"]),),
            people=parse_person_ids(row["carer"]),
        )

    return Query(rows, fields, to_event)


def _query_review_events(scope: Scope, family: Family) -> Query:
    rows = PlanReview.objects.visible_to(scope).filter(plan__episode__family=family)
    fields = {"plan": "plan_id", "on": "held_on", "by": F("by__display_name"), "how": "how_it_went"}
    fields |= {"decision": "decision", "carer": "plan__caregiver_id"}

    def to_event(row):
        yield Event(
            "episode",
            parse_date(row["on"]),
            "Plan looked at together",
            href=reverse("plan", args=[row["plan"]]),
            who=row["by"],
            text=ReviewDecision(row["decision"]).label,
            reading=(("How it has gone", row["how"]),),
            people=parse_person_ids(row["carer"]),
        )

    return Query(rows, fields, to_event)


def _query_grouping_events(scope: Scope, family: Family) -> Query:
    rows = GroupingStep.objects.visible_to(scope).filter(episode__family=family)
    fields = {"episode": "episode_id", "on": "since", "to": "grouping", "why": "why", "agreed": "agreed"}
    words = dict(ThriveGrouping.choices)

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        agreed = "The family agrees" if row["agreed"] else "Not agreed with the family"
        href = reverse("episode", args=[row["episode"]])
        title = f"THRIVE grouping: {words[row['to']]}"
        text = f"{row['why']} ({agreed})"
        yield Event("episode", parse_date(row["on"]), title, href=href, who=row["by"], text=text)

    return Query(rows, fields | {"by": F("by__display_name")}, to_event)


def _query_co_work_events(scope: Scope, family: Family) -> Query:
    rows = CoWorker.objects.visible_to(scope).filter(episode__family=family)
    fields = {"episode": "episode_id", "on": "since", "until": "until", "why": "why"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        href = reverse("episode", args=[row["episode"]])
        yield Event(
            "episode", parse_date(row["on"]), "Co-work began", href=href, who=row["who"], text=row["why"]
        )
        if row["until"]:
            yield Event("episode", parse_date(row["until"]), "Co-work ended", href=href, who=row["who"])

    return Query(rows, fields | {"who": F("user__display_name")}, to_event)


def _query_helping_events(scope: Scope, family: Family) -> Query:
    rows = HelpingAnswer.objects.visible_to(scope).filter(use__episode__family=family)
    fields = {"episode": "use__episode_id", "way": "use__intervention__name", "on": "asked_on"}
    fields |= {"family": "family_says", "we": "we_say", "next": "what_next", "words": "family_words"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        theirs, ours = FamilyAnswer(row["family"]).label, OurAnswer(row["we"]).label
        text = f"The family: {theirs}. We: {ours}. {NextStep(row['next']).label}."
        yield Event(
            "episode",
            parse_date(row["on"]),
            f"Is it helping? {row['way']}",
            href=reverse("episode", args=[row["episode"]]),
            who=row["by"],
            text=text,
            reading=(("In their words", row["words"]),) if row["words"] else (),
        )

    return Query(rows, fields | {"by": F("by__display_name")}, to_event)


def _query_wait_events(scope: Scope, family: Family) -> Query:
    rows = InterventionWait.objects.visible_to(scope).filter(episode__family=family)
    fields = {"episode": "episode_id", "way": "intervention__name", "since": "since"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        href = reverse("episode", args=[row["episode"]])
        yield Event("episode", parse_date(row["since"]), f"Waiting for {row['way']}", href=href)
        if row["ended"]:
            title = f"No longer waiting for {row['way']}"
            why = f"{WaitOutcome(row['how']).label}. {row['why']}".strip()
            yield Event("episode", parse_date(row["ended"]), title, href=href, text=why)

    return Query(rows, fields | {"ended": "closed_on", "how": "closed_as", "why": "closed_because"}, to_event)


def _query_goal_end_events(scope: Scope, family: Family) -> Query:
    """How goals ended; interventions.episodes adds the events of goals being set."""
    rows = Goal.objects.visible_to(scope).filter(episode__family=family).exclude(closed_on=None)
    fields = {"words": "words", "on": "closed_on", "how": "closed_as", "episode": "episode_id"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}

    def to_event(row):
        href, whose = (
            reverse("episode", args=[row["episode"]]),
            parse_person_ids(row["infant"], row["caregiver"]),
        )
        title = f"Goal: {GoalOutcome(row['how']).label.lower()}"
        yield Event("goal", parse_date(row["on"]), title, href=href, text=row["words"], people=whose)

    return Query(rows, fields, to_event)
