"""Pages of formulations, plans, reviews, goals and “is this helping?”."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from interventions.episodes.models import Episode, Goal
from interventions.episodes.views.record_pages import (
    EpisodeFormPage,
    get_episode_path,
    render_record_page,
)
from interventions.plans import record_forms
from interventions.plans.models import DeclinedOffer, Formulation, HelpingAnswer, Plan, PlanReview
from interventions.plans.rules import FormulationHeading, ReviewDecision
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.web.jinja_environment import format_day, format_short_day

PLAN_READERS = ("read_families", "govern_records")


def get_plan_path(plan: Plan) -> str:
    return reverse("plan", args=[plan.pk])


# ---------------------------------------------------------------- formulations and plans


@policy.permission("write_records")
class AddFormulationPage(record_forms.WriteFormulation, EpisodeFormPage):
    """Add a version of the formulation, starting from the last version's text."""

    kind = "new-formulation"
    template_name = "plans/new_formulation.html"
    autosaves = True
    title = "How we understand it"
    button = "Save this version"
    message = "Saved. Earlier versions stay readable."

    def get_text(self) -> list[str]:
        begin = (
            "Begin with what was seen. Write as much or as little as there is; what is about a carer alone is never"
            " shown to another carer."
        )
        if self.last is None:
            return [begin]
        day = format_short_day(self.last.written_on)
        return [begin, f"The words of {day} are here to go on from. That version stays readable as it is."]

    def get_success_path(self, made: Formulation) -> str:
        return reverse("formulation", args=[made.pk])

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"parts": FormulationHeading.choices}


@policy.permission(*PLAN_READERS)
def show_formulation(request: ScopedRequest, formulation_id: UUID) -> HttpResponse:
    """Show one version of the formulation, with links to the others."""
    found, family = _get_with_family(request, Formulation.objects.whole(), formulation_id)
    versions = Formulation.objects.filter(episode=found.episode).select_related("written_by").newest_first()
    context = {
        "formulation": found,
        "parts": [part for part in found.parts.all() if not part.is_hidden],
        "versions": list_visible(request, versions),
        "back": get_episode_path(found.episode),
        "may_write": _may_write(request, found.episode),
    }
    return render_record_page(request, "plans/formulation.html", family, **context)


def _may_write(request: ScopedRequest, episode: Episode) -> bool:
    return request.scope.may("write_records", at=episode.site_id) and not episode.ended_on


def _get_with_family(request: ScopedRequest, records: QuerySet[Any], pk: UUID) -> tuple[Any, Family]:
    """(the record of an episode, its family) in scope."""
    found = get_visible_or_404(request, records, pk=pk)
    return found, get_family(request, found.episode.family_id)


@policy.permission(*PLAN_READERS)
def show_plan(request: ScopedRequest, plan_id: UUID) -> HttpResponse:
    """Show one version of a plan, its reviews and its other versions."""
    found, family = _get_with_family(request, Plan.objects.whole(), plan_id)
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
    return render_record_page(request, "plans/plan.html", family, **context)


@policy.permission("write_records")
class ChangePlanPage(record_forms.ChangePlan, EpisodeFormPage):
    """Add the next version of a plan, starting from this one's text, with the reason."""

    kind = "change-plan"
    title = "Change the plan"
    button = "Save as a new version"
    message = "The new version is saved."

    def get_text(self) -> list[str]:
        return [f"For: {self.record.whose}. The words of the old version stay as they are, to be read again."]

    def get_success_path(self, made: Plan) -> str:
        return get_plan_path(made)


@policy.permission("write_records")
class ReviewPlanPage(record_forms.ReviewPlan, EpisodeFormPage):
    """Record a review of the plan: how it went, the decision, and the next date."""

    kind = "review-plan"
    title = "Look at the plan together"
    message = "Saved."

    def get_text(self) -> list[str]:
        plan = self.record
        success = [f"What success would look like: {plan.success}"] if plan.success else []
        return [f"What they wanted to happen: {plan.aims}", *success, *self._describe_declined()]

    def _describe_declined(self) -> list[str]:
        declined = list_visible(self.request, DeclinedOffer.objects.filter(episode=self.record.episode))
        if not declined:
            return []
        named = [
            f"{each.get_what_display().lower()} ({format_short_day(each.declined_on)})" for each in declined
        ]
        asked = f"They were asked before, and would rather not have {', '.join(named)}."
        return [f"{asked} You can gently ask again."]

    def get_success_path(self, made: PlanReview) -> str:
        leads_to = {
            ReviewDecision.KEEP: get_plan_path(self.record),
            ReviewDecision.CHANGE: reverse("change-plan", args=[self.record.pk]),
            ReviewDecision.END: reverse("end-episode", args=[self.record.episode_id]),
        }
        return leads_to[made.decision]


# ---------------------------------------------------------------- goals, and what the family declines


class CurrentGoalPage(EpisodeFormPage):
    """A page about a goal that is neither reached, closed nor reworded."""

    def get_records(self) -> QuerySet[Any]:
        return Goal.objects.current().select_related("episode")


@policy.permission("write_records")
class RewordGoalPage(CurrentGoalPage, record_forms.RewordGoal):
    """Reword a goal: the old one is closed and a new one created."""

    kind = "reword-goal"
    title = "Say a goal anew"
    text = (
        "The old words are closed with their ratings, and these start without any: nothing is compared that was not"
        " the same question.",
    )
    button = "Save the new words"
    message = "The new words are saved."


@policy.permission("write_records")
class CloseGoalPage(CurrentGoalPage, record_forms.CloseGoal):
    """Close a goal as reached or no longer the family's."""

    kind = "close-goal"
    title = "Close a goal"
    button = "Close it"
    message = "The goal is closed."

    def get_text(self) -> list[str]:
        return [f"“{self.record.words}”"]


@policy.permission("write_records")
class AddDeclinedPage(record_forms.RecordDeclined, EpisodeFormPage):
    """Record that the family declined a plan, goals or a rating."""

    kind = "new-declined"
    title = "They would rather not"
    text = (
        "A family may say no, with a reason or without. You can ask again when you next look at things together.",
    )
    message = "Saved."


@policy.permission("write_records")
class AnswerHelpingPage(record_forms.AnswerHelping, EpisodeFormPage):
    """Record the family's and the practitioner's answer to “is this helping?”."""

    kind = "is-it-helping"
    template_name = "plans/helping.html"
    title = "Is this helping?"
    button = "Save the answers"
    message = "The answers are saved."

    def get_text(self) -> list[str]:
        since = f"{self.record.intervention}, since {format_day(self.record.started_on)}."
        return [f"{since} What is not helping is changed or ended: that is nobody's fault."]

    def get_context(self, form: Any) -> dict[str, Any]:
        before = HelpingAnswer.objects.filter(use=self.record).select_related("by")
        return super().get_context(form) | {"before": list_visible(self.request, before)}
