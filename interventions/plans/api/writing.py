"""The API of what is written with a family: formulations, plans and their reviews, goals, and what they decline."""

from django.utils import timezone
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.episodes.actions import close_goal, reword_goal
from interventions.episodes.models import Goal
from interventions.plans import actions, forms
from interventions.plans.api.shapes import (
    DeclinedOut,
    FormulationOut,
    GoalOut,
    LinesOut,
    PaperOut,
    PlanOut,
    ReviewOut,
    episode_of,
    may_of,
    once,
    record_of,
)
from interventions.plans.models import Declined, Formulation, Plan, PlanPaper, PlanReview
from interventions.plans.paper import carers_to_give, lines_of
from interventions.plans.views.papers import opened
from interventions.plans.views.writing import formulation_from
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch_list

FORMULATION, PLAN, VERSION = (
    Sheet(form=forms.NewFormulation),
    Sheet(form=forms.NewPlan),
    Sheet(form=forms.ChangedPlan),
)
REVIEW, PAPER, DECLINED = Sheet(form=forms.Review), Sheet(form=forms.NewPaper), Sheet(form=forms.NewDeclined)
WORDS, END_OF_GOAL = Sheet(form=forms.GoalWords), Sheet(form=forms.EndOfGoal)
GOALS = Goal.objects.select_related("episode")


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(FORMULATION, "NewFormulation"), responses=FormulationOut(many=True))
@api_view(["GET", "POST"])
def formulations(request, episode_id):
    """Every version, newest first; or the next."""
    episode, family = episode_of(request, episode_id)
    rows = Formulation.objects.whole()
    if request.method == "GET":
        found = fetch_list(request._request, rows.filter(episode=episode).newest_first())
        return Response(FormulationOut(found, many=True).data)
    return once(
        request, FORMULATION, kind="api-formulation", family=family, out=FormulationOut, rows=rows,
        make=lambda **said: formulation_from(episode, said, request.user),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(PLAN, "NewPlan"), responses=PlanOut(many=True))
@api_view(["GET", "POST"])
def plans(request, episode_id):
    """Every version of every plan of the episode, newest first; or a first plan, the family's or one carer's own."""
    episode, family = episode_of(request, episode_id)
    if request.method == "GET":
        rows = Plan.objects.filter(episode=episode).newest_first()
        return Response(PlanOut(fetch_list(request._request, rows), many=True).data)
    return once(
        request, PLAN, kind="api-plan", family=family, out=PlanOut, rows=Plan.objects.all(),
        make=lambda **said: actions.write_plan(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(VERSION, "NewPlanVersion"), responses=PlanOut)
@api_view(["POST"])
def versions(request, plan_id):
    """The next version; the old one stays as it is."""
    plan, _ = record_of(request, Plan.objects.whole(), plan_id)
    return once(
        request, VERSION, kind="api-plan-version", out=PlanOut, rows=Plan.objects.all(),
        make=lambda **said: actions.write_plan(
            episode=plan.episode, caregiver=plan.caregiver, replaces=plan, by=request.user, **said
        ),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(REVIEW, "NewReview"), responses=ReviewOut(many=True))
@api_view(["GET", "POST"])
def reviews(request, plan_id):
    """How this version was looked at; or once more."""
    plan, _ = record_of(request, Plan.objects.whole(), plan_id)
    rows = PlanReview.objects.all()
    if request.method == "GET":
        return Response(ReviewOut(fetch_list(request._request, rows.filter(plan=plan)), many=True).data)
    return once(
        request, REVIEW, kind="api-review", out=ReviewOut, rows=rows,
        make=lambda **said: actions.review_plan(plan=plan, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(PAPER, "NewPlanPaper"), responses=PaperOut)
@api_view(["POST"])
def papers(request, plan_id):
    """A page of the plan for one carer."""
    plan, _ = record_of(request, Plan.objects.whole(), plan_id)
    carers = carers_to_give(plan, timezone.localdate())
    return once(
        request, PAPER, kind="api-plan-paper", carers=carers, out=PaperOut, rows=PlanPaper.objects.all(),
        make=lambda **said: actions.make_paper(plan=plan, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families")
@extend_schema(responses=LinesOut)
@api_view(["GET"])
def lines(request, paper_id):
    """What the page says today."""
    paper, _ = opened(request._request, paper_id, may=may_of(request))
    return Response(LinesOut(lines_of(paper.plan, paper.to_caregiver, timezone.localdate())).data)


@policy.permission("write_records")
@extend_schema(request=schema_of(WORDS, "GoalWords"), responses=GoalOut)
@api_view(["POST"])
def rewording(request, goal_id):
    """The goal in other words: another goal."""
    goal, _ = record_of(request, GOALS, goal_id)
    return once(
        request, WORDS, kind="api-goal-rewording", out=GoalOut, rows=GOALS,
        make=lambda **said: reword_goal(goal=goal, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=schema_of(END_OF_GOAL, "EndOfGoal"), responses=GoalOut)
@api_view(["POST"])
def closing(request, goal_id):
    """Reached, or theirs no longer."""
    goal, _ = record_of(request, GOALS, goal_id)
    return once(
        request, END_OF_GOAL, kind="api-goal-closing", out=GoalOut, rows=GOALS,
        make=lambda **said: close_goal(goal=goal, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(DECLINED, "NewDeclined"), responses=DeclinedOut(many=True))
@api_view(["GET", "POST"])
def declined(request, episode_id):
    """What the family would rather not have; or once more."""
    episode, _ = episode_of(request, episode_id)
    rows = Declined.objects.all()
    if request.method == "GET":
        return Response(
            DeclinedOut(fetch_list(request._request, rows.filter(episode=episode)), many=True).data
        )
    return once(
        request, DECLINED, kind="api-declined", out=DeclinedOut, rows=rows,
        make=lambda **said: actions.decline(episode=episode, by=request.user, **said),
    )  # fmt: skip
