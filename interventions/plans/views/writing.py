"""Pages of what is written with a family: formulation, plan, review, goals, “is this helping?”."""

from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import close_goal, reword_goal
from interventions.episodes.models import Goal, InterventionUse
from interventions.episodes.views.shown import to_episode
from interventions.plans import actions, forms
from interventions.plans.models import Declined, Formulation, HelpingAnswer, Plan, PlanReview
from interventions.plans.rules import PARTS
from interventions.plans.views.shown import Words, act, of_episode, of_record, page
from pairs.access import policy
from pairs.access.fetch import fetch_list

READERS = ("read_families", "govern_records")


def to_plan(plan):
    return reverse("plan", args=[plan.pk])


@policy.permission("write_records")
def new_formulation(request, episode_id):
    """What we saw and how we understand it; the last version's words are there to go on from."""
    episode, family = of_episode(request, episode_id)
    last = fetch_list(request, Formulation.objects.whole().filter(episode=episode).newest_first())
    usual = {"written_on": timezone.localdate(), **(_words_of(last[0]) if last else {})}
    return act(
        request, family, episode,
        kind="new-formulation",
        form_of=lambda data: forms.NewFormulation(data, family=family, initial=usual),
        make=lambda **said: formulation_from(episode, said, request.user),
        path_of=lambda made: reverse("formulation", args=[made.pk]),
        template="new_formulation",
        words=Words("How we understand it", "Save this version", "Saved. Earlier versions stay readable."),
        parts=PARTS,
        last=last[0] if last else None,
    )  # fmt: skip


def formulation_from(episode, said, by):
    """The version that a valid form's values ask for (page and API alike)."""
    told = {name: said[name] for name in ("written_on", "with_family")}
    return actions.write_formulation(episode=episode, parts=forms.parts_of(said), by=by, **told)


def _words_of(formulation):
    said = {}
    for part in formulation.parts.all():
        about = part.dyad or part.caregiver
        said[part.part] = part.text
        said[f"{part.part}_about"] = f"{about._meta.model_name}:{about.pk}" if about else ""
    return said


@policy.permission(*READERS)
def formulation(request, formulation_id):
    """One version, and the others of the same episode."""
    found, family = of_record(request, Formulation.objects.whole(), formulation_id, may=None)
    versions = Formulation.objects.filter(episode=found.episode).select_related("written_by").newest_first()
    context = {
        "formulation": found,
        "parts": [part for part in found.parts.all() if not part.is_out_of_sight],
        "versions": fetch_list(request, versions),
        "back": to_episode(found.episode),
        "may_write": _may_write(request, found.episode),
    }
    return page(request, "formulation", family, **context)


def _may_write(request, episode):
    return request.scope.may("write_records", at=episode.site_id) and not episode.ended_on


@policy.permission(*READERS)
def plan(request, plan_id):
    """One version of a plan: its words, how it was looked at, and the versions before and after."""
    found, family = of_record(request, Plan.objects.whole(), plan_id, may=None)
    versions = fetch_list(
        request, Plan.objects.whole().filter(episode=found.episode, caregiver=found.caregiver).newest_first()
    )
    newest = not any(each.replaces_id == found.pk for each in versions)
    reviews = PlanReview.objects.filter(plan__in=[each.pk for each in versions]).select_related("by", "plan")
    goals = Goal.objects.filter(episode=found.episode).select_related("dyad__infant", "dyad__caregiver")
    context = {
        "plan": found,
        "versions": versions,
        "newest": newest,
        "reviews": fetch_list(request, reviews),
        "goals": fetch_list(request, goals.current()),
        "declined": fetch_list(request, Declined.objects.filter(episode=found.episode)),
        "back": to_episode(found.episode),
        "may_write": _may_write(request, found.episode) and newest,
    }
    return page(request, "plan", family, **context)


@policy.permission("write_records")
def change_plan(request, plan_id):
    """The next version: begun from the words of this one, with the reason for the change."""
    found, family = of_record(request, Plan.objects.whole(), plan_id)
    usual = {name: getattr(found, name) for name in forms.PlanWords.base_fields}
    return act(
        request, family, found.episode,
        kind="change-plan",
        form_of=lambda data: forms.ChangedPlan(data, initial=usual),
        make=lambda **said: actions.write_plan(
            episode=found.episode, caregiver=found.caregiver, replaces=found, by=request.user, **said
        ),
        path_of=to_plan,
        words=Words(
            "Change the plan", "Save as a new version", "The new version is saved.",
            [f"For: {found.whose}. The words of the old version stay as they are, to be read again."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def review_plan(request, plan_id):
    """Look at the plan together: how it has gone, what now, and when again."""
    found, family = of_record(request, Plan.objects.whole(), plan_id)
    asked = fetch_list(request, Declined.objects.filter(episode=found.episode))
    leads_to = {"keep": to_plan(found), "change": reverse("change-plan", args=[found.pk])}
    leads_to["end"] = reverse("end-episode", args=[found.episode_id])
    return act(
        request, family, found.episode,
        kind="review-plan",
        form_of=lambda data: forms.Review(data, initial={"held_on": timezone.localdate()}),
        make=lambda **said: actions.review_plan(plan=found, by=request.user, **said),
        path_of=lambda review: leads_to[review.decision],
        template="review",
        words=Words("Look at the plan together", "Save", "Saved."),
        plan=found,
        declined=asked,
    )  # fmt: skip


@policy.permission("write_records")
def reword_goal_page(request, goal_id):
    """The same hope in other words: a goal of its own."""
    goal, family = of_record(request, Goal.objects.current().select_related("episode"), goal_id)
    return act(
        request, family, goal.episode,
        kind="reword-goal",
        form_of=lambda data: forms.GoalWords(data, initial={"words": goal.words}),
        make=lambda **said: reword_goal(goal=goal, by=request.user, **said),
        words=Words(
            "Say a goal anew", "Save the new words", "The new words are saved.",
            ["The old words are closed with their ratings, and these start without any: nothing is compared that was"
             " not the same question."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def close_goal_page(request, goal_id):
    """Reached, or theirs no longer."""
    goal, family = of_record(request, Goal.objects.current().select_related("episode"), goal_id)
    return act(
        request, family, goal.episode,
        kind="close-goal",
        form_of=lambda data: forms.EndOfGoal(data),
        make=lambda **said: close_goal(goal=goal, by=request.user, **said),
        words=Words("Close a goal", "Close it", "The goal is closed.", [f"“{goal.words}”"]),
    )  # fmt: skip


@policy.permission("write_records")
def new_declined(request, episode_id):
    """They were asked, and would rather not."""
    episode, family = of_episode(request, episode_id)
    return act(
        request, family, episode,
        kind="new-declined",
        form_of=lambda data: forms.NewDeclined(data, initial={"declined_on": timezone.localdate()}),
        make=lambda **said: actions.decline(episode=episode, by=request.user, **said),
        words=Words(
            "They would rather not", "Save", "Saved.",
            ["A family may say no, with a reason or without. You can ask again when you next look at things together."],
        ),
    )  # fmt: skip


@policy.permission("write_records")
def helping(request, use_id):
    """Is this helping? Asked of the family and of you."""
    rows = InterventionUse.objects.select_related("episode", "intervention")
    use, family = of_record(request, rows, use_id)
    before = HelpingAnswer.objects.filter(use=use).select_related("by")
    return act(
        request, family, use.episode,
        kind="is-it-helping",
        form_of=lambda data: forms.Helping(data, initial={"asked_on": timezone.localdate()}),
        make=lambda **said: actions.answer_helping(use=use, by=request.user, **said),
        template="helping",
        words=Words("Is this helping?", "Save the answers", "The answers are saved."),
        use=use,
        before=fetch_list(request, before),
    )  # fmt: skip
