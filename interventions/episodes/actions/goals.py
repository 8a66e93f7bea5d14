"""What becomes of a goal: reached, no longer the family's, or said anew in other words."""

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Goal
from pairs.service.models import User
from pairs.service.refusals import Refused


@transaction.atomic
def close_goal(*, goal: Goal, how: str, why: str, by: User) -> Goal:
    """The family has reached it, or it is theirs no longer; its ratings stay."""
    goal = _open_goal(goal)
    if how not in ("reached", "closed"):
        raise Refused({"how": "Choose how it stands with this goal."})
    return goal.change(closed_on=timezone.localdate(), closed_as=how, closed_because=why)


@transaction.atomic
def reword_goal(*, goal: Goal, words: str, by: User) -> Goal:
    """Other words are another goal: the old one closes with its ratings, and the new one starts without any."""
    goal = _open_goal(goal)
    if goal.words.strip() == words.strip():
        raise Refused({"words": "These are the words that it has already."})
    today = timezone.localdate()
    goal.change(closed_on=today, closed_as="reworded")
    return Goal.objects.create(
        episode_id=goal.episode_id, dyad_id=goal.dyad_id, words=words, set_on=today, rewords=goal
    )


def _open_goal(goal: Goal) -> Goal:
    """The goal under lock. Raises Refused when it, or its episode, has come to an end."""
    goal = Goal.objects.select_for_update(of=("self",)).select_related("episode").get(pk=goal.pk)
    if goal.closed_on:
        raise Refused("This goal is closed already.")
    if goal.episode.ended_on:
        raise Refused("This episode has ended.")
    return goal
