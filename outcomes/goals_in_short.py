"""Goals as small charts, all alike: the family's words, the ratings so far, and in a few words which way they went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from outcomes.pairing import calculate_goal_change
from pairs.web.time_chart import TimeChart, TimePoint, build_time_chart

LOWEST, HIGHEST = 0, 10  # a rating: not at all, fully met


@dataclass(frozen=True)
class GoalRatingRow:
    """One rating, as charts and tables show it. ``timepoint``: in words, or ''."""

    day: date
    score: int
    timepoint: str = ""


@dataclass(frozen=True)
class GoalInShort:
    """One goal as episodes/components/goals_in_short.html draws it; ``chart`` is None before the first rating.

    ``direction`` and ``colour``: which way it went in a few words, and the colour of their tag.
    """

    id: Any
    words: str
    whose: str
    rater: str
    ratings: tuple[GoalRatingRow, ...]
    direction: str
    colour: str
    chart: TimeChart | None
    closed: str = ""  # “Reached, 3 Nov 2026”
    open: bool = True
    asked: bool = (
        True  # whether it may be rated from now on: nobody is asked about a baby, or of a carer, who has died
    )


def build_goal_in_short(
    *, id: Any, words: str, whose: str, rater: str, ratings: Iterable[GoalRatingRow], **more: Any
) -> GoalInShort:
    """A goal with its ratings in the order of their days. ``rater``: whose ratings they are."""
    ratings = tuple(ratings)
    direction, colour = describe_direction([rating.score for rating in ratings])
    points = [TimePoint(rating.day, rating.score) for rating in ratings]
    chart = build_time_chart(points, LOWEST, HIGHEST) if points else None
    return GoalInShort(id, words, whose, rater, ratings, direction, colour, chart, **more)


def describe_direction(scores: Sequence[int]) -> tuple[str, str]:
    """(which way in words, colour of the tag). “Closer” without more is the change that NHS England counts."""
    change = calculate_goal_change(scores)
    if change is None:
        return ("Rated once", "grey") if scores else ("Not rated yet", "grey")
    moved = change.end - change.start
    if not moved:
        return f"No change ({change.start} → {change.end})", "grey"
    way = "closer" if change.reached else "a little closer" if moved > 0 else "further away"
    colour = "green" if change.reached else "grey" if moved > 0 else "yellow"
    return f"{change.start} to {change.end}: {way}", colour
