"""What was said in one talk about a plan, as the acts it is made of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions import agree_plan, set_goal
from interventions.episodes.models import Episode, Goal
from interventions.plans.actions import decline, write_plan
from interventions.plans.models import Plan
from outcomes.actions import rate_goal
from outcomes.models import GoalRating
from pairs.families.models import Caregiver, Dyad
from pairs.service.models import User
from pairs.service.refusals import Refused

YES, LATER, NO = "yes", "later", "no"
NONE, NEW, RATHER_NOT = "", "new", "declined"


@transaction.atomic
def agree_together(*, episode: Episode, said: Mapping[str, Any], words: dict[str, Any], by: User) -> Episode:
    """All that was said in one talk, or nothing of it: plan, agreement, goal, number, and each no.

    ``said``: what planning.PlanTogether was given; ``words``: the plan's own of it. Refused as each act is.
    """
    today = timezone.localdate()
    refused: Mapping[str, Any] = {"declined_on": today, "why": said["why_not"], "by": by}
    if said["answer"] == NO:
        decline(episode=episode, what="plan", **refused)
    else:
        _plan(episode, said["caregiver"], words, said, by)
    if said["answer"] == YES:
        agree_plan(episode=episode, agreed_on=said["agreed_on"], by=by)
    goal = _goal(episode, said, by)
    if said["goal"] == RATHER_NOT:
        decline(episode=episode, what="goals", **refused)
    if goal and said["score"] == RATHER_NOT:
        decline(episode=episode, what="rating", goal=goal, **refused)
    elif goal and said["score"]:
        _rate(goal, int(said["score"]), said["agreed_on"] if said["answer"] == YES else today, by)
    episode.refresh_from_db()
    return episode


def _plan(
    episode: Episode, caregiver: Caregiver | None, words: dict[str, Any], said: Mapping[str, Any], by: User
) -> Plan:
    """The first plan, or its next version where a word has changed; the same words make none."""
    now = Plan.objects.live().current().filter(episode=episode, caregiver=caregiver).first()
    if now and all(getattr(now, name) == value for name, value in words.items()):
        return now
    return write_plan(
        episode=episode,
        caregiver=caregiver,
        **words,
        replaces=now,
        changed_because=said["changed_because"],
        agreed_on=said["agreed_on"] if said["answer"] == YES else None,
        by=by,
    )


def _goal(episode: Episode, said: Mapping[str, Any], by: User) -> Goal | None:
    if said["goal"] == NEW:
        dyad: Dyad = said["goal_dyad"]
        try:
            return set_goal(episode=episode, dyad=dyad, words=said["goal_words"], by=by)
        except Refused as refused:
            raise Refused(
                {
                    {"": "goal", "dyad": "goal_dyad"}.get(name, name): why
                    for name, why in refused.errors.items()
                }
            ) from None
    return said["goal"] if isinstance(said["goal"], Goal) else None


def _rate(goal: Goal, score: int, on: date, by: User) -> None:
    rated = GoalRating.objects.live().filter(goal=goal).exists()
    timepoint = "review" if rated else "start"
    rate_goal(goal=goal, timepoint=timepoint, score=score, rated_on=max(goal.set_on, on), by=by)
