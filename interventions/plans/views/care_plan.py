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
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day, format_short_day

PLAN_READERS = ("read_families", "govern_records")


def get_plan_path(plan: Plan) -> str:
    return reverse("plan", args=[plan.pk])


# ---------------------------------------------------------------- formulations and plans


@policy.permission("write_records")
class AddFormulationPage(record_forms.WriteFormulation, EpisodeFormPage):
    """Add a version of the formulation, starting from the last version's text."""

    template_name = "plans/new_formulation.html"
    autosaves = True
    title = "How we understand it"
    button = "Save this version"
    message = "Formulation saved. Earlier versions are kept."
    leads_to = PageOf("formulation", "made")

    def get_text(self) -> list[str]:
        begin = (
            "Start with what was seen. Write as much or as little as you need; what is only about one "
            "carer is never shown to another carer."
        )
        if self.last is None:
            return [begin]
        day = format_short_day(self.last.written_on)
        return [begin, f"The version of {day} is here as a starting point. That version is kept."]

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

    title = "Change the plan"
    button = "Save as a new version"
    message = "New version of the plan saved."
    leads_to = PageOf("plan", "made")

    def get_text(self) -> list[str]:
        return [f"For: {self.record.whose}. The old version is kept."]


@policy.permission("write_records")
class ReviewPlanPage(record_forms.ReviewPlan, EpisodeFormPage):
    """Record a review of the plan: how it went, the decision, and the next date."""

    title = "Review the plan"
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
        asked = f"They were asked before, and declined {', '.join(named)}."
        return [f"{asked} You can ask again, gently."]

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

    title = "Reword a goal"
    text = (
        "The old goal is closed with its ratings, and the reworded goal starts without any, so that only "
        "like is compared with like.",
    )
    button = "Save new wording"
    message = "Goal reworded."


@policy.permission("write_records")
class CloseGoalPage(CurrentGoalPage, record_forms.CloseGoal):
    """Close a goal as reached or no longer the family's."""

    title = "Close a goal"
    button = "Close it"
    message = "Goal closed."

    def get_text(self) -> list[str]:
        return [f"“{self.record.words}”"]


@policy.permission("write_records")
class AddDeclinedPage(record_forms.RecordDeclined, EpisodeFormPage):
    """Record that the family declined a plan, goals or a rating."""

    title = "Declined"
    text = ("A family may decline, with or without a reason. You can ask again at the next review.",)
    message = "Saved."


@policy.permission("write_records")
class AnswerHelpingPage(record_forms.AnswerHelping, EpisodeFormPage):
    """Record the family's and the practitioner's answer to “is this helping?”."""

    template_name = "plans/helping.html"
    title = "Is this helping?"
    button = "Save the answers"
    message = "Answers saved."

    def get_text(self) -> list[str]:
        since = f"{self.record.intervention}, since {format_day(self.record.started_on)}."
        return [f"{since} If something is not helping, change it or end it: it is no one's fault."]

    def get_context(self, form: Any) -> dict[str, Any]:
        before = HelpingAnswer.objects.filter(use=self.record).select_related("by")
        return super().get_context(form) | {"before": list_visible(self.request, before)}
