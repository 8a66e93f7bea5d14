"""SNOMED-coded scores for the national data set: tool, code, score, date and rater; only coded ones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.pairing import GOAL_MEASURE


@dataclass(frozen=True)
class CodedScore:
    """One coded score. ``assessment``: the row it comes from; ``rater``: who completed it."""

    assessment: UUID
    tool: str
    snomed: str
    score: float
    completed_on: date
    rater: str


def list_coded_scores(done: Iterable[Assessment], rated: Iterable[GoalRating]) -> list[CodedScore]:
    """Those of the measures, then those of goals by their place among the three that have a code."""
    return [each for row in done for each in _code_measure_scores(row)] + list(
        _code_goal_ratings(list(rated))
    )


def _code_measure_scores(row: Assessment) -> Iterator[CodedScore]:
    """A scale's first code is the present one; an item's own code goes with the answer as it is kept."""
    sheet = get_catalogue()[row.measure]
    tool = sheet.national_tool or ""
    for scale in sheet.scales:
        score = row.scores.get(scale.id)
        if scale.snomed and score is not None:
            yield CodedScore(row.pk, tool, scale.snomed[0], score, row.completed_on, sheet.completed_by)
    for item, code in enumerate(sheet.item_snomed, start=1):
        answer = row.responses.get(str(item))
        if answer is not None:
            yield CodedScore(row.pk, tool, code, answer, row.completed_on, sheet.completed_by)


def _code_goal_ratings(rated: list[GoalRating]) -> Iterator[CodedScore]:
    """The goals of an episode are the first, second and third in the order they were set; a fourth has no code."""
    sheet = get_catalogue()[GOAL_MEASURE]
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
