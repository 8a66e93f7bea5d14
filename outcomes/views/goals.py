"""The page of one goal's rating."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Goal
from outcomes.actions.assessments import rate_goal
from outcomes.dyad_choices import format_dyad
from outcomes.forms import GoalRatingForm
from outcomes.models import GoalRating
from outcomes.record_forms import get_episode
from outcomes.rules import Timepoint
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.banner import build_banner
from pairs.families.models import Family
from pairs.submissions.form_submission import FormSubmission


@policy.permission("write_records")
def add_goal_rating(request: ScopedRequest, goal_id: UUID) -> HttpResponse:
    """How near a goal feels to the family today."""
    goal = get_visible_or_404(
        request, Goal.objects.select_related("dyad__infant", "dyad__caregiver"), pk=goal_id
    )
    episode = get_episode(request, goal.episode_id)
    family = get_visible_or_404(request, Family.objects.with_people(), pk=episode.family_id)
    ratings = list_visible(request, GoalRating.objects.filter(goal=goal))
    submission = FormSubmission(request, kind="rate-goal")
    guess = {"timepoint": Timepoint.END if ratings else Timepoint.START, "rated_on": timezone.localdate()}
    form = GoalRatingForm(submission.data, initial=guess)
    done = submission.save_once(
        form,
        make=lambda: rate_goal(goal=goal, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("episode", args=[episode.pk]),
    )
    if done:
        messages.success(request, "The rating is saved.")
        return redirect(done)
    context = {
        "goal": goal,
        "whose": format_dyad(goal.dyad),
        "episode": episode,
        "ratings": ratings,
        "form": form,
    }
    context |= {"banner": build_banner(family), "submission_token": submission.token}
    return render(request, "outcomes/rate_goal.html", context)
