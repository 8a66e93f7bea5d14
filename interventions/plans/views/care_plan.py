"""Pages of formulations, plans, reviews, goals and “is this helping?”."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import close_goal, reword_goal
from interventions.episodes.models import Episode, Goal, InterventionUse
from interventions.episodes.views.record_pages import get_episode_path
from interventions.plans import actions, forms
from interventions.plans.models import DeclinedOffer, Formulation, HelpingAnswer, Plan, PlanReview
from interventions.plans.rules import FormulationHeading, ReviewDecision
from interventions.plans.views.record_pages import (
    PageText,
    get_episode_and_family,
    get_record_and_family,
    handle_action_form,
    render_plan_page,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.service.models import User

PLAN_READERS = ("read_families", "govern_records")


def get_plan_path(plan: Plan) -> str:
    return reverse("plan", args=[plan.pk])


@policy.permission("write_records")
def add_formulation(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Add a version of the formulation, starting from the last version's text."""
    episode, family = get_episode_and_family(request, episode_id)
    last = list_visible(request, Formulation.objects.whole().filter(episode=episode).newest_first())
    usual = {"written_on": timezone.localdate(), **(_build_formulation_initial(last[0]) if last else {})}
    return handle_action_form(
        request, family, episode,
        kind="new-formulation",
        form_of=lambda data: forms.NewFormulationForm(data, family=family, initial=usual),
        make=lambda **said: write_formulation_from_values(episode, said, request.user),
        path_of=lambda made: reverse("formulation", args=[made.pk]),
        template="new_formulation",
        words=PageText("How we understand it", "Save this version", "Saved. Earlier versions stay readable."),
        parts=FormulationHeading.choices,
        last=last[0] if last else None,
    )  # fmt: skip


def write_formulation_from_values(episode: Episode, said: dict[str, Any], by: User) -> Formulation:
    """Create a version from a valid form's values; used by the page and the API."""
    told = {name: said[name] for name in ("written_on", "with_family")}
    return actions.write_formulation(episode=episode, parts=forms.read_formulation_parts(said), by=by, **told)


def _build_formulation_initial(formulation: Formulation) -> dict[str, str]:
    said = {}
    for part in formulation.parts.all():
        about = part.dyad or part.caregiver
        said[part.part] = part.text
        said[f"{part.part}_about"] = f"{about._meta.model_name}:{about.pk}" if about else ""
    return said


@policy.permission(*PLAN_READERS)
def show_formulation(request: ScopedRequest, formulation_id: UUID) -> HttpResponse:
    """Show one version of the formulation, with links to the others."""
    found, family = get_record_and_family(request, Formulation.objects.whole(), formulation_id, may=None)
    versions = Formulation.objects.filter(episode=found.episode).select_related("written_by").newest_first()
    context = {
        "formulation": found,
        "parts": [part for part in found.parts.all() if not part.is_hidden],
        "versions": list_visible(request, versions),
        "back": get_episode_path(found.episode),
        "may_write": _may_write(request, found.episode),
    }
    return render_plan_page(request, "formulation", family, **context)


def _may_write(request: ScopedRequest, episode: Episode) -> bool:
    return request.scope.may("write_records", at=episode.site_id) and not episode.ended_on


@policy.permission(*PLAN_READERS)
def show_plan(request: ScopedRequest, plan_id: UUID) -> HttpResponse:
    """Show one version of a plan, its reviews and its other versions."""
    found, family = get_record_and_family(request, Plan.objects.whole(), plan_id, may=None)
    versions = list_visible(
        request, Plan.objects.whole().filter(episode=found.episode, caregiver=found.caregiver).newest_first()
    )
    newest = not any(each.replaces_id == found.pk for each in versions)
    reviews = PlanReview.objects.filter(plan__in=[each.pk for each in versions]).select_related("by", "plan")
    goals = Goal.objects.filter(episode=found.episode).select_related("dyad__infant", "dyad__caregiver")
    context = {
        "plan": found,
        "versions": versions,
        "newest": newest,
        "reviews": list_visible(request, reviews),
        "goals": list_visible(request, goals.current()),
        "declined": list_visible(request, DeclinedOffer.objects.filter(episode=found.episode)),
        "back": get_episode_path(found.episode),
        "may_write": _may_write(request, found.episode) and newest,
    }
    return render_plan_page(request, "plan", family, **context)


@policy.permission("write_records")
def change_plan(request: ScopedRequest, plan_id: UUID) -> HttpResponse:
    """Add the next version of a plan, starting from this one's text, with the reason."""
    found, family = get_record_and_family(request, Plan.objects.whole(), plan_id)
    usual = {name: getattr(found, name) for name in forms.PlanTextForm.base_fields}
    return handle_action_form(
        request, family, found.episode,
        kind="change-plan",
        form_of=lambda data: forms.ChangePlanForm(data, initial=usual),
        make=lambda **said: actions.write_plan(
            episode=found.episode, caregiver=found.caregiver, replaces=found, by=request.user, **said
        ),
        path_of=get_plan_path,
        words=PageText(
            "Change the plan", "Save as a new version", "The new version is saved.",
            [f"For: {found.whose}. The words of the old version stay as they are, to be read again."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def review_plan_page(request: ScopedRequest, plan_id: UUID) -> HttpResponse:
    """Record a review of the plan: how it went, the decision, and the next date."""
    found, family = get_record_and_family(request, Plan.objects.whole(), plan_id)
    asked = list_visible(request, DeclinedOffer.objects.filter(episode=found.episode))
    leads_to = {
        ReviewDecision.KEEP: get_plan_path(found),
        ReviewDecision.CHANGE: reverse("change-plan", args=[found.pk]),
        ReviewDecision.END: reverse("end-episode", args=[found.episode_id]),
    }
    return handle_action_form(
        request, family, found.episode,
        kind="review-plan",
        form_of=lambda data: forms.ReviewForm(data, initial={"held_on": timezone.localdate()}),
        make=lambda **said: actions.review_plan(plan=found, by=request.user, **said),
        path_of=lambda review: leads_to[review.decision],
        template="review",
        words=PageText("Look at the plan together", "Save", "Saved."),
        plan=found,
        declined=asked,
    )  # fmt: skip


@policy.permission("write_records")
def reword_goal_page(request: ScopedRequest, goal_id: UUID) -> HttpResponse:
    """Reword a goal: the old one is closed and a new one created."""
    goal, family = get_record_and_family(request, Goal.objects.current().select_related("episode"), goal_id)
    return handle_action_form(
        request, family, goal.episode,
        kind="reword-goal",
        form_of=lambda data: forms.GoalWordsForm(data, initial={"words": goal.words}),
        make=lambda **said: reword_goal(goal=goal, by=request.user, **said),
        words=PageText(
            "Say a goal anew", "Save the new words", "The new words are saved.",
            ["The old words are closed with their ratings, and these start without any: nothing is compared that was"
             " not the same question."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def close_goal_page(request: ScopedRequest, goal_id: UUID) -> HttpResponse:
    """Close a goal as reached or no longer the family's."""
    goal, family = get_record_and_family(request, Goal.objects.current().select_related("episode"), goal_id)
    return handle_action_form(
        request, family, goal.episode,
        kind="close-goal",
        form_of=lambda data: forms.CloseGoalForm(data),
        make=lambda **said: close_goal(goal=goal, by=request.user, **said),
        words=PageText("Close a goal", "Close it", "The goal is closed.", [f"“{goal.words}”"]),
    )  # fmt: skip


@policy.permission("write_records")
def add_declined(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Record that the family declined a plan, goals or a rating."""
    episode, family = get_episode_and_family(request, episode_id)
    return handle_action_form(
        request, family, episode,
        kind="new-declined",
        form_of=lambda data: forms.NewDeclinedForm(data, initial={"declined_on": timezone.localdate()}),
        make=lambda **said: actions.record_declined(episode=episode, by=request.user, **said),
        words=PageText(
            "They would rather not", "Save", "Saved.",
            ["A family may say no, with a reason or without. You can ask again when you next look at things together."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def answer_helping_page(request: ScopedRequest, use_id: UUID) -> HttpResponse:
    """Record the family's and the practitioner's answer to “is this helping?”."""
    rows = InterventionUse.objects.select_related("episode", "intervention")
    use, family = get_record_and_family(request, rows, use_id)
    before = HelpingAnswer.objects.filter(use=use).select_related("by")
    return handle_action_form(
        request, family, use.episode,
        kind="is-it-helping",
        form_of=lambda data: forms.HelpingForm(data, initial={"asked_on": timezone.localdate()}),
        make=lambda **said: actions.answer_helping(use=use, by=request.user, **said),
        template="helping",
        words=PageText("Is this helping?", "Save the answers", "The answers are saved."),
        use=use,
        before=list_visible(request, before),
    )  # fmt: skip
