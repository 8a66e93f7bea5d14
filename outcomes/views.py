"""Pages of outcomes: fill in a measure, read one, rate a goal."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Episode, Goal
from outcomes.actions import decline_assessment, rate_goal, record_assessment
from outcomes.forms import GoalRatingForm, form_of
from outcomes.measures import catalogue, item_measures
from outcomes.models import Assessment, GoalRating
from outcomes.people import dyad_choices, dyad_label, in_focus_first
from outcomes.reading import reading_of
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.models import Family
from pairs.submissions.typed import Typed


@policy.permission("write_records")
def new_assessment(request, episode_id):
    """Enter a measure from the family's own copy, or that they said no."""
    episode = _episode(request, episode_id)
    family = fetch(request, Family.objects.with_people(), pk=episode.family_id)
    dyads = in_focus_first(dyad_choices(family), episode)
    offered = _offered(dyads, timezone.localdate())
    measure = _chosen(request, offered)
    typed = Typed(request, kind="new-assessment")
    form = form_of(measure)(typed.data, dyads=dyads, initial=_first_guess(request, episode, measure, dyads))
    done = typed.submitted(form, make=lambda: save_assessment(episode, form, request.user), path_of=_path)
    if done:
        messages.success(request, f"{measure.short_name} is saved.")
        return redirect(done)
    context = {
        "episode": episode,
        "measure": measure,
        "offered": offered,
        "form": form,
        "has_dyads": bool(dyads),
    }
    context |= {"banner": banner_of(family), "submission_token": typed.token}
    return render(request, "outcomes/new_assessment.html", context)


def save_assessment(episode, form, user):
    """The record that a valid form asks for (page and API alike)."""
    answer = form.cleaned_data
    about = {name: answer[name] for name in ("dyad", "measure", "timepoint", "completed_on")}
    if answer["declined"]:
        return decline_assessment(episode=episode, by=user, **about)
    return record_assessment(episode=episode, by=user, responses=form.responses, **about)


def _episode(request, episode_id):
    episodes = Episode.objects.select_related("site").prefetch_related("focus")
    return fetch(request, episodes, pk=episode_id, may="write_records")


def _path(assessment):
    return reverse("assessment", args=[assessment.pk])


def _offered(dyads, on):
    """[{measure, why_not}] with those that suit a baby of this family today first."""
    babies = [dyad.infant.birth_date for dyad, _ in dyads]
    rows = [{"measure": each, "why_not": _why_for_none(each, babies, on)} for each in item_measures()]
    return sorted(rows, key=lambda row: bool(row["why_not"]))


def _why_for_none(measure, babies, on):
    """'' when it suits at least one baby today, else why it does not suit the first."""
    reasons = [measure.why_not(born=born, on=on) for born in babies]
    return "" if "" in reasons or not reasons else reasons[0]


def _chosen(request, offered):
    wanted = request.POST.get("measure") or request.GET.get("measure")
    measures = [row["measure"] for row in offered]
    return next((measure for measure in measures if measure.id == wanted), measures[0])


def _first_guess(request, episode, measure, dyads):
    """Today, the first dyad, and start unless a start is there already."""
    starts = Assessment.objects.filter(episode=episode, measure=measure.id, timepoint="start", declined=False)
    begun = starts.visible_to(request.scope).exists()
    return {
        "measure": measure.id,
        "dyad": str(dyads[0][0].pk) if dyads else None,
        "timepoint": "end" if begun else "start",
        "completed_on": timezone.localdate(),
    }


@policy.permission("read_families")
def assessment(request, assessment_id):
    """One measure: its scores in words, beside the first one."""
    found = fetch(request, Assessment.objects.select_related(*_ABOUT), pk=assessment_id)
    family = fetch(request, Family.objects.with_people(), pk=found.episode.family_id)
    same = Assessment.objects.filter(
        episode=found.episode_id, measure=found.measure, dyad=found.dyad_id, declined=False
    )
    context = {
        "assessment": found,
        "measure": catalogue()[found.measure],
        "whose": dyad_label(found.dyad),
        "reading": reading_of(found, fetch_list(request, same.in_time_order())),
        "may_write": request.scope.may("write_records", at=found.episode.site_id, of=found.episode.family_id),
        "banner": banner_of(family),
    }
    return render(request, "outcomes/assessment.html", context)


_ABOUT = ("episode", "dyad__infant", "dyad__caregiver", "rater", "recorded_by")


@policy.permission("write_records")
def goal_rating(request, goal_id):
    """How near a goal feels to the family today."""
    goal = fetch(request, Goal.objects.select_related("dyad__infant", "dyad__caregiver"), pk=goal_id)
    episode = _episode(request, goal.episode_id)
    family = fetch(request, Family.objects.with_people(), pk=episode.family_id)
    ratings = fetch_list(request, GoalRating.objects.filter(goal=goal))
    typed = Typed(request, kind="rate-goal")
    guess = {"timepoint": "end" if ratings else "start", "rated_on": timezone.localdate()}
    form = GoalRatingForm(typed.data, initial=guess)
    done = typed.submitted(
        form,
        make=lambda: rate_goal(goal=goal, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("episode", args=[episode.pk]),
    )
    if done:
        messages.success(request, "The rating is saved.")
        return redirect(done)
    context = {
        "goal": goal,
        "whose": dyad_label(goal.dyad),
        "episode": episode,
        "ratings": ratings,
        "form": form,
    }
    context |= {"banner": banner_of(family), "submission_token": typed.token}
    return render(request, "outcomes/rate_goal.html", context)
