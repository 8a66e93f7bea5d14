"""Actions on a goal: close it, or reword it."""

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Goal
from interventions.episodes.rules import GoalOutcome
from pairs.families.last_day import validate_living
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def close_goal(*, goal: Goal, how: str, why: str, by: User) -> Goal:
    """Close a goal as reached or no longer theirs; its ratings stay."""
    goal = _lock_open_goal(goal)
    if how not in (GoalOutcome.REACHED, GoalOutcome.CLOSED):
        raise ActionRefused({"how": "Choose the outcome of this goal."})
    return goal.change(closed_on=timezone.localdate(), closed_as=how, closed_because=why)


@transaction.atomic
def reword_goal(*, goal: Goal, words: str, by: User) -> Goal:
    """Rewording makes a new goal: the old one closes with its ratings, the new one starts with none."""
    goal = _lock_open_goal(goal)
    validate_living("words", [goal.dyad.caregiver])
    if goal.words.strip() == words.strip():
        raise ActionRefused({"words": "This is the current wording."})
    today = timezone.localdate()
    goal.change(closed_on=today, closed_as=GoalOutcome.REWORDED)
    return Goal.objects.create(
        episode_id=goal.episode_id, dyad_id=goal.dyad_id, words=words, set_on=today, rewords=goal
    )


def _lock_open_goal(goal: Goal) -> Goal:
    """Lock the goal. Refused if it is closed or its episode has ended."""
    goal = Goal.objects.select_for_update(of=("self",)).select_related("episode").get(pk=goal.pk)
    if goal.closed_on:
        raise ActionRefused("This goal is already closed.")
    if goal.episode.ended_on:
        raise ActionRefused("This episode has ended.")
    return goal
