"""The page of one goal's rating."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Goal
from outcomes.actions import rate_goal
from outcomes.forms import GoalRatingForm
from outcomes.models import GoalRating
from outcomes.people import dyad_label
from outcomes.views.assessments import episode_of
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.models import Family
from pairs.submissions.typed import Typed


@policy.permission("write_records")
def goal_rating(request, goal_id):
    """How near a goal feels to the family today."""
    goal = fetch(request, Goal.objects.select_related("dyad__infant", "dyad__caregiver"), pk=goal_id)
    episode = episode_of(request, goal.episode_id)
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
