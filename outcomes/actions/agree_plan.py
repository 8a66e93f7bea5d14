"""Records one conversation about a plan: the plan, its agreement, a goal, its rating, and refusals."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.episodes.actions import agree_plan, set_goal
from interventions.episodes.models import Episode, Goal
from interventions.plans.actions import record_declined, write_plan
from interventions.plans.models import Plan
from interventions.plans.rules import OfferKind
from outcomes.actions.assessments import rate_goal
from outcomes.models import GoalRating
from outcomes.rules import Timepoint
from pairs.families.models import Caregiver, Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

YES, LATER, NO = "yes", "later", "no"
NONE, NEW, RATHER_NOT = "", "new", "declined"


@transaction.atomic
def record_plan_agreement(
    *, episode: Episode, said: Mapping[str, Any], words: dict[str, Any], by: User
) -> Episode:
    """Save the whole conversation atomically: plan, agreement, goal, rating, and each refusal.

    ``said``: cleaned data of PlanAgreementForm; ``words``: the plan's own fields. Refused as each action is.
    """
    today = timezone.localdate()
    refused: Mapping[str, Any] = {"declined_on": today, "why": said["why_not"], "by": by}
    if said["answer"] == NO:
        record_declined(episode=episode, what=OfferKind.PLAN, **refused)
    else:
        _save_plan(episode, said["caregiver"], words, said, by)
    if said["answer"] == YES:
        agree_plan(episode=episode, agreed_on=said["agreed_on"], by=by)
    goal = _get_or_set_goal(episode, said, by)
    if said["goal"] == RATHER_NOT:
        record_declined(episode=episode, what=OfferKind.GOALS, **refused)
    if goal and said["score"] == RATHER_NOT:
        record_declined(episode=episode, what=OfferKind.RATING, goal=goal, **refused)
    elif goal and said["score"]:
        _rate_agreed_goal(goal, int(said["score"]), said["agreed_on"] if said["answer"] == YES else today, by)
    episode.refresh_from_db()
    return episode


def _save_plan(
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


def _get_or_set_goal(episode: Episode, said: Mapping[str, Any], by: User) -> Goal | None:
    if said["goal"] == NEW:
        dyad: Dyad = said["goal_dyad"]
        try:
            return set_goal(episode=episode, dyad=dyad, words=said["goal_words"], by=by)
        except ActionRefused as refused:
            raise ActionRefused(
                {
                    {"": "goal", "dyad": "goal_dyad"}.get(name, name): why
                    for name, why in refused.errors.items()
                }
            ) from None
    return said["goal"] if isinstance(said["goal"], Goal) else None


def _rate_agreed_goal(goal: Goal, score: int, on: date, by: User) -> None:
    rated = GoalRating.objects.live().filter(goal=goal).exists()
    timepoint = Timepoint.REVIEW if rated else Timepoint.START
    rate_goal(goal=goal, timepoint=timepoint, score=score, rated_on=max(goal.set_on, on), by=by)
