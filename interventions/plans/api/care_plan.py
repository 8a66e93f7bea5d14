"""API of formulations, plans and their reviews, goals, and what the family declines."""

from uuid import UUID

from django.utils import timezone
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.episodes.actions import close_goal, reword_goal
from interventions.episodes.models import Goal
from interventions.plans import actions, forms
from interventions.plans.api.serializers import (
    DeclinedOut,
    FormulationOut,
    GoalDetailOut,
    PlanOut,
    PlanPaperLinesOut,
    PlanPaperOut,
    PlanReviewOut,
    create_from_input,
    get_api_episode,
    get_api_record,
    get_needed_permission,
)
from interventions.plans.models import DeclinedOffer, Formulation, Plan, PlanPaper, PlanReview
from interventions.plans.printed_plan import build_plan_lines, query_plan_recipients
from interventions.plans.views.care_plan import write_formulation_from_values
from interventions.plans.views.papers import get_paper_and_family
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import list_visible

FORMULATION_INPUT, PLAN_INPUT, VERSION_INPUT = (
    FormInput(form=forms.NewFormulationForm),
    FormInput(form=forms.NewPlanForm),
    FormInput(form=forms.ChangePlanForm),
)
REVIEW_INPUT, PAPER_INPUT, DECLINED_INPUT = (
    FormInput(form=forms.ReviewForm),
    FormInput(form=forms.NewPaperForm),
    FormInput(form=forms.NewDeclinedForm),
)
GOAL_WORDS_INPUT, CLOSE_GOAL_INPUT = FormInput(form=forms.GoalWordsForm), FormInput(form=forms.CloseGoalForm)
GOALS = Goal.objects.select_related("episode")


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(FORMULATION_INPUT, "NewFormulation"), responses=FormulationOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_write_formulations(request: Request, episode_id: UUID) -> Response:
    """GET: every version of the formulation, newest first. POST: add a version."""
    episode, family = get_api_episode(request, episode_id)
    rows = Formulation.objects.whole()
    if request.method == "GET":
        found = list_visible(request._request, rows.filter(episode=episode).newest_first())
        return Response(FormulationOut(found, many=True).data)
    return create_from_input(
        request, FORMULATION_INPUT, kind="api-formulation", family=family, out=FormulationOut, rows=rows,
        make=lambda **said: write_formulation_from_values(episode, said, request.user),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(PLAN_INPUT, "NewPlan"), responses=PlanOut(many=True))
@api_view(["GET", "POST"])
def list_or_write_plans(request: Request, episode_id: UUID) -> Response:
    """GET: every version of the episode's plans, newest first. POST: add the family's or a carer's first."""
    episode, family = get_api_episode(request, episode_id)
    if request.method == "GET":
        rows = Plan.objects.filter(episode=episode).newest_first()
        return Response(PlanOut(list_visible(request._request, rows), many=True).data)
    return create_from_input(
        request, PLAN_INPUT, kind="api-plan", family=family, out=PlanOut, rows=Plan.objects.all(),
        make=lambda **said: actions.write_plan(episode=episode, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(VERSION_INPUT, "NewPlanVersion"), responses=PlanOut)
@api_view(["POST"])
def write_plan_version_api(request: Request, plan_id: UUID) -> Response:
    """Add the next version of a plan; earlier versions stay unchanged."""
    plan, _ = get_api_record(request, Plan.objects.whole(), plan_id)
    return create_from_input(
        request, VERSION_INPUT, kind="api-plan-version", out=PlanOut, rows=Plan.objects.all(),
        make=lambda **said: actions.write_plan(
            episode=plan.episode, caregiver=plan.caregiver, replaces=plan, by=request.user, **said
        ),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(REVIEW_INPUT, "NewReview"), responses=PlanReviewOut(many=True))
@api_view(["GET", "POST"])
def list_or_review_plan(request: Request, plan_id: UUID) -> Response:
    """GET: the reviews of this version of the plan. POST: add a review."""
    plan, _ = get_api_record(request, Plan.objects.whole(), plan_id)
    rows = PlanReview.objects.all()
    if request.method == "GET":
        return Response(PlanReviewOut(list_visible(request._request, rows.filter(plan=plan)), many=True).data)
    return create_from_input(
        request, REVIEW_INPUT, kind="api-review", out=PlanReviewOut, rows=rows,
        make=lambda **said: actions.review_plan(plan=plan, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(PAPER_INPUT, "NewPlanPaper"), responses=PlanPaperOut)
@api_view(["POST"])
def create_plan_paper_api(request: Request, plan_id: UUID) -> Response:
    """Create a printable page of the plan for one carer."""
    plan, _ = get_api_record(request, Plan.objects.whole(), plan_id)
    carers = query_plan_recipients(plan, timezone.localdate())
    return create_from_input(
        request, PAPER_INPUT, kind="api-plan-paper", carers=carers, out=PlanPaperOut, rows=PlanPaper.objects.all(),
        make=lambda **said: actions.create_plan_paper(plan=plan, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families")
@extend_schema(responses=PlanPaperLinesOut)
@api_view(["GET"])
def show_plan_paper_lines(request: Request, paper_id: UUID) -> Response:
    """Show what the page for this carer says today."""
    paper, _ = get_paper_and_family(request._request, paper_id, may=get_needed_permission(request))
    return Response(
        PlanPaperLinesOut(build_plan_lines(paper.plan, paper.to_caregiver, timezone.localdate())).data
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(GOAL_WORDS_INPUT, "GoalWords"), responses=GoalDetailOut)
@api_view(["POST"])
def reword_goal_api(request: Request, goal_id: UUID) -> Response:
    """Reword a goal: closes it and creates a new one."""
    goal, _ = get_api_record(request, GOALS, goal_id)
    return create_from_input(
        request, GOAL_WORDS_INPUT, kind="api-goal-rewording", out=GoalDetailOut, rows=GOALS,
        make=lambda **said: reword_goal(goal=goal, by=request.user, **said),
    )  # fmt: skip


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(CLOSE_GOAL_INPUT, "EndOfGoal"), responses=GoalDetailOut)
@api_view(["POST"])
def close_goal_api(request: Request, goal_id: UUID) -> Response:
    """Close a goal as reached or no longer the family's."""
    goal, _ = get_api_record(request, GOALS, goal_id)
    return create_from_input(
        request, CLOSE_GOAL_INPUT, kind="api-goal-closing", out=GoalDetailOut, rows=GOALS,
        make=lambda **said: close_goal(goal=goal, by=request.user, **said),
    )  # fmt: skip


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(DECLINED_INPUT, "NewDeclined"), responses=DeclinedOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_record_declined(request: Request, episode_id: UUID) -> Response:
    """GET: what the family declined. POST: record that they declined something."""
    episode, _ = get_api_episode(request, episode_id)
    rows = DeclinedOffer.objects.all()
    if request.method == "GET":
        return Response(
            DeclinedOut(list_visible(request._request, rows.filter(episode=episode)), many=True).data
        )
    return create_from_input(
        request, DECLINED_INPUT, kind="api-declined", out=DeclinedOut, rows=rows,
        make=lambda **said: actions.record_declined(episode=episode, by=request.user, **said),
    )  # fmt: skip
