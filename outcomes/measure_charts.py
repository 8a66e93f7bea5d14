"""A measure over time as small charts, one a score: baseline, published cut-offs, the pair, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from outcomes.measure_definitions import TYPED, Measure, Scale
from outcomes.pairing import IMPROVED, NEITHER, SAME, WORSE, Change, Pair, calculate_change
from outcomes.presenters import (
    DIRECTION_TEXTS,
    format_range,
    get_band_group,
    get_comparison_key,
    parse_answers,
)
from outcomes.scoring import list_missing_items
from pairs.web.time_chart import TimeChart, TimePoint, build_time_chart, format_value

NO_RANGE = "The range is not verified: the chart ends at the highest score recorded."
COLOURS = {IMPROVED: "green", WORSE: "yellow", SAME: "grey", NEITHER: "grey"}


@dataclass(frozen=True)
class CutOff:
    """A published line between two bands of a score, with what it says and who says so."""

    at: float
    words: str
    source: str


@dataclass(frozen=True)
class ScoreInShort:
    """One score of a measure over time. ``chart``: None where no range is known to draw it in."""

    name: str
    direction: str  # “Lower is better”
    change: str  # “15 to 9: better”, or “Once: 15”
    colour: str
    explained: str  # whether it is a reliable change, where a threshold is published
    cut_offs: tuple[CutOff, ...]
    note: str
    chart: TimeChart | None


def build_score_charts(measure: Measure, rows: Sequence[Any], pair: Pair | None) -> list[ScoreInShort]:
    """Each score that was made at least once, of answered assessments of one measure and dyad in time order."""
    ends = {pair.first.id, pair.last.id} if pair else set()
    charts = (_build_score_chart(scale, rows, ends) for scale in measure.scales)
    return [chart for chart in charts if chart]


def _build_score_chart(scale: Scale, rows: Sequence[Any], ends: set[Any]) -> ScoreInShort | None:
    scored = [row for row in rows if row.scores.get(scale.id) is not None]
    if not scored:
        return None
    points = [
        TimePoint(row.completed_on, float(row.scores[scale.id]), get_comparison_key(row), row.pk in ends)
        for row in scored
    ]
    cut_offs = list_cut_offs(scale, get_band_group(scored[-1]))
    change = _compare_ends(scale, points)
    words, colour = describe_change(change) if change else (f"Once: {format_value(points[-1].value)}", "grey")
    return ScoreInShort(
        scale.name, DIRECTION_TEXTS[scale.better], words, colour, _explain_change(scale, change),
        tuple(cut_offs), "" if scale.has_range or scale.lowest is None else NO_RANGE,
        _draw(scale, points, cut_offs),
    )  # fmt: skip


def _explain_change(scale: Scale, change: Change | None) -> str:
    """The sentence about a published threshold; without one only what is worth thinking about is said."""
    if change is None or (scale.reliable is None and change.verdict != WORSE):
        return ""
    return f"{change.words}." if scale.reliable else "Worth thinking about together."


def _draw(scale: Scale, points: list[TimePoint], cut_offs: Iterable[CutOff]) -> TimeChart | None:
    if scale.lowest is None:
        return None
    highest = scale.highest
    if highest is None:
        highest = max(scale.lowest + 1, *(point.value for point in points))
    return build_time_chart(points, scale.lowest, highest, [each.at for each in cut_offs])


def _compare_ends(scale: Scale, points: Sequence[TimePoint]) -> Change | None:
    """From the first to the last that may be compared: of the pair, else of one rater and version."""
    paired = [point for point in points if point.paired]
    alike = paired if len(paired) > 1 else [point for point in points if point.series == points[0].series]
    return calculate_change(scale, alike[0].value, alike[-1].value) if len(alike) > 1 else None


def describe_change(change: Change) -> tuple[str, str]:
    """(in a few words, colour of the tag). Less than a published threshold is “a little”; nothing is called worse."""
    start, end = format_value(change.start), format_value(change.end)
    if change.verdict == SAME:
        return f"No change ({start} → {end})", COLOURS[SAME]
    little = "a little " if change.reliable is False else ""
    higher = "higher" if change.end > change.start else "lower"
    way = "better" if change.verdict == IMPROVED else higher
    colour = COLOURS[SAME] if little and change.verdict == IMPROVED else COLOURS[change.verdict]
    return f"{start} to {end}: {little}{way}", colour


def list_cut_offs(scale: Scale, group: str) -> list[CutOff]:
    """The published lines for somebody of that group (``BAND_GROUPS``), lowest first; none is made up."""
    bands = [each for each in scale.bands if each.of == group] or [
        each for each in scale.bands if not each.of
    ]
    found = []
    for below, band in pairwise(bands):
        if band.words:
            found.append(CutOff(band.at_least, band.words, band.source))
        elif below.words:
            found.append(CutOff(round(band.at_least - scale.step, 2), below.words, below.source))
    return found


def describe_missing_items(measure: Measure, row: Any) -> str:
    """“Items 3 and 7 not answered: no score for Certainty.”; '' where nothing is missing."""
    if row.declined:
        return ""
    answers = parse_answers(row)
    counted = [each for each in measure.scales if each.method != TYPED and each.id not in row.typed]
    items = sorted({item for scale in counted for item in list_missing_items(scale, answers)})
    if not items:
        return ""
    without = [scale.name for scale in counted if row.scores.get(scale.id) is None]
    numbers = " and ".join(filter(None, (", ".join(map(str, items[:-1])), str(items[-1]))))
    told = f"Item{'s' if len(items) > 1 else ''} {numbers} not answered"
    return f"{told}: no score for {', '.join(without)}." if without else f"{told}; scored by its rule."


def build_score_table(measure: Measure, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What stands behind the charts: a row a time and score."""
    return [
        {"row": row, "score": scale.name, "value": row.scores.get(scale.id), "range": format_range(scale)}
        for row in rows
        if not row.declined
        for scale in measure.scales
    ]
