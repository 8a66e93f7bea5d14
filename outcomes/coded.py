"""Scores as the national data set wants them: tool, SNOMED code, score, day and rater; nothing without a code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from outcomes.measures import catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.pairing import GOAL


@dataclass(frozen=True)
class CodedScore:
    """One coded score. ``assessment``: the row it comes from; ``rater``: who completed it."""

    assessment: UUID
    tool: str
    snomed: str
    score: float
    completed_on: date
    rater: str


def coded_scores_of(done: Iterable[Assessment], rated: Iterable[GoalRating]) -> list[CodedScore]:
    """Those of the measures, then those of goals by their place among the three that have a code."""
    return [each for row in done for each in _of_measure(row)] + list(_of_goals(list(rated)))


def _of_measure(row: Assessment) -> Iterator[CodedScore]:
    """A scale's first code is the present one; an item's own code goes with the answer as it is kept."""
    sheet = catalogue()[row.measure]
    tool = sheet.national_tool or ""
    for scale in sheet.scales:
        score = row.scores.get(scale.id)
        if scale.snomed and score is not None:
            yield CodedScore(row.pk, tool, scale.snomed[0], score, row.completed_on, sheet.completed_by)
    for item, code in enumerate(sheet.item_snomed, start=1):
        answer = row.responses.get(str(item))
        if answer is not None:
            yield CodedScore(row.pk, tool, code, answer, row.completed_on, sheet.completed_by)


def _of_goals(rated: list[GoalRating]) -> Iterator[CodedScore]:
    """The goals of an episode are the first, second and third in the order they were set; a fourth has no code."""
    sheet = catalogue()[GOAL]
    order = sorted({row.goal for row in rated}, key=lambda goal: (goal.set_on, goal.created_at))
    codes = dict(zip((goal.pk for goal in order), sheet.scales[0].snomed, strict=False))
    for row in rated:
        if row.goal_id in codes:
            yield CodedScore(
                row.pk,
                sheet.national_tool or "",
                codes[row.goal_id],
                row.score,
                row.rated_on,
                sheet.completed_by,
            )
