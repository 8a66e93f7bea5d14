"""What a change says: of a pair of measures, and of goals. Better, the same or worse.

NHS England counts a paired outcome as better where a scale improved and none deteriorated. A change is reliable from
the threshold on that is published for a scale, and of a goal from three points on (`outcomes.pairing`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from interventions.episodes.models import Goal
from outcomes.models import GoalRating
from outcomes.pairing import (
    IMPROVED,
    SAME,
    WORSE,
    Change,
    GoalChange,
    calculate_goal_change,
    get_goal_threshold,
)
from pairs.database.arrays import build_among_ids
from pairs.matching.counted import select_counted

BETTER_LABEL, SAME_LABEL, WORSE_LABEL = "Better", "No change, or neither", "Worse"
LABELS = (BETTER_LABEL, SAME_LABEL, WORSE_LABEL)


# ---------------------------------------------------------------- of a pair of measures
def judge_pair(changes: Sequence[Change]) -> str:
    """Better: a scale improved and none is worse. Worse: a scale is."""
    verdicts = {each.verdict for each in changes}
    if WORSE in verdicts:
        return WORSE_LABEL
    return BETTER_LABEL if IMPROVED in verdicts else SAME_LABEL


def is_reliability_known(changes: Sequence[Change]) -> bool:
    """Whether a threshold is published for every scale of the pair."""
    return bool(changes) and all(each.reliable is not None for each in changes)


def judge_reliably(changes: Sequence[Change]) -> str:
    """The same of changes that are reliable; what moved less has not changed."""
    return judge_pair([each for each in changes if each.reliable])


# ---------------------------------------------------------------- of all pairs and of goals together
def can_be_judged(changes: Sequence[Change], goals: Sequence[GoalChange]) -> bool:
    """Whether a reliable change could be told: by a scale with a threshold, or by a goal that was rated twice."""
    return bool(goals) or any(each.reliable is not None for each in changes)


def is_better(changes: Sequence[Change], goals: Sequence[GoalChange]) -> bool:
    """A reliable improvement of a measure, or a goal nearer by three points or more; and nothing reliably worse."""
    verdicts = {*(each.verdict for each in changes if each.reliable), *map(_judge_goal, goals)}
    return IMPROVED in verdicts and WORSE not in verdicts


def _judge_goal(goal: GoalChange) -> str:
    if goal.reached:
        return IMPROVED
    return WORSE if goal.start - goal.end >= get_goal_threshold() else SAME


def load_goal_changes(episodes: Iterable[UUID]) -> Mapping[tuple[UUID, UUID], list[GoalChange]]:
    """{(episode, infant): the change of each goal that was rated twice or more, in its last wording}."""
    goals = query_counted_goals().filter(build_among_ids("episode", episodes))
    ratings = load_goal_ratings(goals)
    found: dict[tuple[UUID, UUID], list[GoalChange]] = defaultdict(list)
    for goal, episode, infant in goals.values_list("pk", "episode_id", "dyad__infant_id"):
        if change := calculate_goal_change(ratings[goal]):
            found[episode, infant].append(change)
    return found


def query_counted_goals() -> QuerySet[Goal]:
    """Each goal that counts once, in its last wording."""
    return select_counted(Goal.objects.once_each())


def load_goal_ratings(goals: QuerySet[Goal]) -> dict[UUID, list[int]]:
    """{goal: its ratings from 0 to 10 in time order}; [] of one that was never rated."""
    ratings: dict[UUID, list[int]] = {pk: [] for pk in goals.values_list("pk", flat=True)}
    rows = select_counted(GoalRating.objects.filter(build_among_ids("goal", ratings)))
    for goal, score in rows.order_by("rated_on", "created_at").values_list("goal_id", "score"):
        ratings[goal].append(score)
    return ratings
