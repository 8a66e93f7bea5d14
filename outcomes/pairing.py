"""Clinical pairs: which two assessments may be compared, why others may not, and the change between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from outcomes.measure_definitions import Measure, Scale
from outcomes.measures import get_catalogue

GOAL_MEASURE = "gbo"
IMPROVED, WORSE, SAME, NEITHER = "improved", "worse", "same", "neither"


@dataclass(frozen=True)
class CompletedMeasure:
    """One completed or declined measure, as pairing sees it.

    ``rater``: the person who answered, or the role of whoever coded a film; ``form``: of one with forms for ages.
    """

    id: UUID
    measure: str
    version: str
    dyad: UUID
    rater: UUID | str
    completed_on: date
    in_window: bool
    scores: Mapping[str, float | None]
    declined: bool = False
    form: str = ""

    @property
    def pairing_key(self) -> tuple[str, str, UUID, UUID | str, str]:
        """What both halves of a pair must share."""
        return (self.measure, self.version, self.dyad, self.rater, self.form)

    @property
    def usable(self) -> bool:
        """Answered, within the age window, with at least one score."""
        return not self.declined and self.in_window and any(each is not None for each in self.scores.values())


@dataclass(frozen=True)
class Pair:
    """The first and the last of one measure, for one dyad and rater."""

    first: CompletedMeasure
    last: CompletedMeasure


@dataclass(frozen=True)
class Change:
    """One scale at both times, and what the difference means in words.

    ``verdict``: improved, worse, same or neither. ``reliable``: whether it moved by the published threshold; None
    where none is published.
    """

    scale: str
    name: str
    start: float
    end: float
    verdict: str
    reliable: bool | None
    words: str


def find_pair(assessments: Iterable[CompletedMeasure], contact_days: Sequence[date]) -> Pair | None:
    """The valid pair of an episode, of a core measure if there is one; None without one."""
    found = find_pairs(assessments, contact_days)
    return found[0] if found else None


def find_pairs(assessments: Iterable[CompletedMeasure], contact_days: Sequence[date]) -> list[Pair]:
    """Every valid pair, one a measure, version, dyad and rater; core measures first.

    ``contact_days``: the local day of each attended direct contact, in order, one entry a contact. NHS rule:
    first on or after contact 1, last on or after contact 2. Ours: not on one day.
    """
    if len(contact_days) < 2:
        return []
    groups: dict[tuple, list[CompletedMeasure]] = {}
    for each in sorted(assessments, key=lambda each: each.completed_on):
        if each.usable:
            groups.setdefault(each.pairing_key, []).append(each)
    made = [
        _build_pair(group, contact_days)
        for _, group in sorted(groups.items(), key=lambda item: _get_pairing_order(item[0]))
    ]
    return [pair for pair in made if pair]


def _get_pairing_order(alike: tuple) -> tuple:
    measure = get_catalogue().get(alike[0])
    return (not (measure and measure.may_be_core), *map(str, alike))


def _build_pair(group: Sequence[CompletedMeasure], contact_days: Sequence[date]) -> Pair | None:
    firsts = [each for each in group if each.completed_on >= contact_days[0]]
    lasts = [each for each in group if each.completed_on >= contact_days[1]]
    if not firsts or not lasts or firsts[0].completed_on >= lasts[-1].completed_on:
        return None
    pair = Pair(firsts[0], lasts[-1])
    return pair if _list_shared_scales(pair) else None


def _list_shared_scales(pair: Pair) -> list[str]:
    """Subscales with a score at both times."""
    return [
        name
        for name, value in pair.first.scores.items()
        if value is not None and pair.last.scores.get(name) is not None
    ]


def explain_missing_pair(assessments: Iterable[CompletedMeasure], contact_days: Sequence[date]) -> str:
    """'' when there is a pair; else, in plain words, what one dyad's measure still lacks or cannot have."""
    known = list(assessments)
    if find_pair(known, contact_days):
        return ""
    return _explain_unusable(known) or _explain_unpaired(
        [each for each in known if each.usable], contact_days
    )


def _explain_unusable(known: Sequence[CompletedMeasure]) -> str:
    answered = [each for each in known if not each.declined]
    reasons = (
        (not known, "Not asked yet."),
        (not answered, "The family declined."),
        (not any(each.in_window for each in answered), "Completed outside the measure's age window."),
        (not any(each.usable for each in answered), "Too many items are missing for a score."),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _explain_unpaired(usable: Sequence[CompletedMeasure], contact_days: Sequence[date]) -> str:
    days = {each.completed_on for each in usable}
    second = contact_days[1] if len(contact_days) > 1 else date.max
    reasons = (
        (len(usable) == 1, "1 of 2 completed."),
        (len(contact_days) < 2, "A pair counts from the second attended contact."),
        (len(days) == 1, "Both were completed on the same day."),
        (
            len({each.pairing_key for each in usable}) == len(usable),
            "Not completed twice by the same person with the same version.",
        ),
        (max(days) < second, "The latest was completed before the second contact."),
    )
    other = "The first was completed before the first contact, or no part has a score both times."
    return next((why for is_so, why in reasons if is_so), other)


def calculate_changes(measure: Measure, pair: Pair) -> list[Change]:
    """The change of every scale scored at both times, in the measure's order (a database keeps none)."""
    scored = set(_list_shared_scales(pair))
    return [
        calculate_change(each, float(pair.first.scores[each.id] or 0), float(pair.last.scores[each.id] or 0))
        for each in measure.scales
        if each.id in scored
    ]


def calculate_change(scale: Scale, start: float, end: float) -> Change:
    """One scale's change with its words. It is called reliable only where a threshold is published."""
    verdict = _judge_change(scale.better, start, end)
    moved = abs(round(end - start, 2))
    reliable = moved >= scale.reliable.points if scale.reliable else None
    words = _describe_direction(verdict, "higher" if end > start else "lower") + _describe_reliability(
        scale, verdict, reliable
    )
    return Change(scale.id, scale.name, start, end, verdict, reliable, words)


def _judge_change(better: str, start: float, end: float) -> str:
    if end == start:
        return SAME
    if better == "neither":
        return NEITHER
    return IMPROVED if ("higher" if end > start else "lower") == better else WORSE


def _describe_direction(verdict: str, way: str) -> str:
    return {
        SAME: "No change",
        NEITHER: f"{way.capitalize()} than at the start; neither better nor worse",
        IMPROVED: f"{way.capitalize()} than at the start, as hoped",
        WORSE: f"{way.capitalize()} than at the start; discuss together",
    }[verdict]


def _describe_reliability(scale: Scale, verdict: str, reliable: bool | None) -> str:
    if reliable is None or verdict == SAME or scale.reliable is None:
        return ""
    points = f"{scale.reliable.points:g}"
    if reliable:
        return f": a reliable change ({points} points or more)"
    return f", by less than the {points} points of a reliable change"


@dataclass(frozen=True)
class GoalChange:
    """A goal's first and last rating; ``reached``: moved by NHS England's three points or more."""

    start: int
    end: int
    reached: bool
    words: str


def calculate_goal_change(ratings: Sequence[int]) -> GoalChange | None:
    """From the goal's ratings in time order; None before the second."""
    if len(ratings) < 2:
        return None
    start, end = ratings[0], ratings[-1]
    least = get_goal_threshold()
    return GoalChange(start, end, end - start >= least, _describe_goal_change(end - start, least))


def get_goal_threshold() -> float:
    """How many points nearer NHS England counts as a change of a goal."""
    threshold = get_catalogue()[GOAL_MEASURE].scales[0].reliable
    if threshold is None:
        raise ValueError("Measure 'gbo' defines no reliable-change threshold.")
    return threshold.points


def _describe_goal_change(moved: int, least: float) -> str:
    points = f"{abs(moved)} point{'' if abs(moved) == 1 else 's'}"
    if moved >= least:
        return f"{points} nearer: {least:g} or more is the change NHS England counts"
    if moved > 0:
        return f"{points} nearer"
    return f"{points} further away; discuss together" if moved else "No change"
