"""Scoring a measure from its answers: pure, and versioned: a stored score says how it was made."""

import math
from collections.abc import Mapping, Sequence

from outcomes.measure_definitions import (
    ANY,
    MEAN,
    MEAN_OF_ANSWERED,
    PRORATED,
    SUM,
    TEN_MEANS,
    TOTAL_OF,
    TYPED,
    Measure,
    Scale,
)

SCORING_VERSION = "3"  # 3: a score says how many of its items it needs; one "yes" of several

# {item: answer}. An item that was left out is absent; None: it was marked as not applying.
Answers = Mapping[int, float | None]
TypedTotals = Mapping[str, float]


def score_measure(
    measure: Measure, answers: Answers, typed: TypedTotals | None = None
) -> dict[str, float | None]:
    """{scale: score to two places, or None where an answer it needs is missing}, in the sheet's order.

    A score is typed only where the definition allows it; see `find_answer_errors` and `find_total_errors`.
    """
    found: dict[str, float | None] = {}
    for scale in measure.scales:
        found[scale.id] = _score_scale(measure, scale, answers, typed or {}, found)
    return found


def _score_scale(
    measure: Measure, scale: Scale, answers: Answers, typed: TypedTotals, found: Mapping
) -> float | None:
    if scale.id in typed:
        return round(float(typed[scale.id]), 2)
    if scale.method == TYPED:
        return None
    if scale.method == TOTAL_OF:
        return _sum_complete([found[part] for part in scale.of])
    values = _list_item_values(measure, scale.items, answers)
    if scale.least_answered and sum(value is not None for value in values) < scale.least_answered:
        return None
    if scale.method == ANY:
        return _find_any(values, measure.highest)
    made = _SCORING_FUNCTIONS[scale.method](values)
    return None if made is None else round(made, 2)


def _list_item_values(measure: Measure, items: Sequence[int], answers: Answers) -> list[float | None]:
    """Each item's value; None without an answer. Items marked not applicable count as the measure says."""
    return [
        _get_item_value(measure, item, answers) for item in items if not _is_left_out(measure, item, answers)
    ]


def _get_item_value(measure: Measure, item: int, answers: Answers) -> float | None:
    if _is_skipped(measure, item, answers):
        return measure.not_applicable.counts if measure.not_applicable else None
    return measure.value(item, answers.get(item))


def _is_left_out(measure: Measure, item: int, answers: Answers) -> bool:
    rule = measure.not_applicable
    return _is_skipped(measure, item, answers) and rule is not None and rule.counts is None


def _is_skipped(measure: Measure, item: int, answers: Answers) -> bool:
    return item in answers and answers[item] is None and measure.may_skip(item)


def _sum_complete(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known and len(known) == len(values) else None


def _average_complete(values: Sequence[float | None]) -> float | None:
    total = _sum_complete(values)
    return None if total is None else total / len(values)


def _average_answered(values: Sequence[float | None]) -> float | None:
    return _average_complete([value for value in values if value is not None])


def _average_times_ten(values: Sequence[float | None]) -> float | None:
    mean = _average_answered(values)
    return None if mean is None else 10 * mean


def _find_any(values: Sequence[float | None], highest: float) -> float | None:
    """1 as soon as one answer is the highest, whatever else is missing; 0 only when none is and all are there."""
    if highest in values:
        return 1.0
    return None if None in values else 0.0


def _prorate_sum(values: Sequence[float | None]) -> float | None:
    mean = _average_answered(values)
    return None if mean is None else mean * len(values)


_SCORING_FUNCTIONS = {
    PRORATED: _prorate_sum,
    SUM: _sum_complete,
    MEAN: _average_complete,
    MEAN_OF_ANSWERED: _average_answered,
    TEN_MEANS: _average_times_ten,
}


def list_missing_items(scale: Scale, answers: Answers) -> list[int]:
    """The scale's items without an answer, in order. One marked as not applying is answered."""
    return [item for item in scale.items if item not in answers]


def find_answer_errors(measure: Measure, answers: Answers) -> dict[int, str]:
    """{item: why not} for answers to items there are not, beyond the response range, or between its steps."""
    found = {item: _find_answer_error(measure, item, answer) for item, answer in answers.items()}
    return {item: why for item, why in found.items() if why}


def _find_answer_error(measure: Measure, item: int, answer: float | None) -> str:
    if not 1 <= item <= measure.items:
        return f"{measure.short_name} has no item {item}."
    if answer is None:
        return (
            ""
            if measure.may_skip(item)
            else f"Item {item} always applies. Leave empty if there is no answer."
        )
    if not measure.lowest <= answer <= measure.highest or _is_between_steps(answer, measure.step):
        return f"Item {item}: answers go from {_format_number(measure.lowest)} to {_format_number(measure.highest)}."
    return ""


def find_total_errors(measure: Measure, typed: TypedTotals, answers: Answers) -> dict[str, str]:
    """{scale: why not} for numbers that nobody may type here, beyond the known range, or that cannot add up."""
    found = {id: _find_total_error(measure, id, value, answers) for id, value in typed.items()}
    return {id: why for id, why in found.items() if why} | _find_sum_errors(measure, typed)


def _find_total_error(measure: Measure, id: str, value: float, answers: Answers) -> str:
    scale = measure.by_id.get(id)
    if scale is None or not may_type(measure, scale):
        return f"{measure.short_name} has no number of this name to type."
    if _is_between_steps(value, scale.step):
        return (
            "Type a whole number."
            if scale.step == 1
            else f"Type a number in steps of {_format_number(scale.step)}."
        )
    if scale.lowest is None and value < 0:
        return f"{scale.name} is never below 0."
    if not _is_within_range(scale, value):
        return f"{scale.name} goes from {_format_number(scale.lowest)} {_format_upper_bound(scale.highest)}."
    least, most = _calculate_bounds(measure, scale, answers)
    if value < least:
        return f"The answers given make more than this: at least {_format_number(least)}."
    return f"With the answers given it is at most {_format_number(most)}." if value > most else ""


def _is_within_range(scale: Scale, value: float) -> bool:
    return (scale.lowest is None or scale.lowest <= value) and (
        scale.highest is None or value <= scale.highest
    )


def _calculate_bounds(measure: Measure, scale: Scale, answers: Answers) -> tuple[float, float]:
    """The least and the most that a typed sum can be, beside the answers that were given."""
    if scale.method != SUM:
        return -math.inf, math.inf
    known = [measure.value(item, answers.get(item)) for item in scale.items]
    least = sum(measure.lowest if value is None else value for value in known)
    return least, sum(measure.highest if value is None else value for value in known)


def list_questions(measure: Measure, answers: Answers, typed: TypedTotals) -> dict[str, str]:
    """{scale: what to ask} of numbers that may be right and would be unusual: asked about, never refused."""
    scores = score_measure(measure, answers, typed)
    found = {each.id: _find_question(each, scores[each.id], answers) for each in measure.scales}
    return {id: why for id, why in found.items() if why}


def _find_question(scale: Scale, score: float | None, answers: Answers) -> str:
    if score is None:
        return ""
    low, high = scale.ask_below, scale.ask_above
    if (low is not None and score < low) or (high is not None and score > high):
        span = f"{_format_number(low if low is not None else scale.lowest)} {_format_upper_bound(high)}"
        return f"{scale.name} is understood to go from {span}. Check the sheet."
    given = len([item for item in scale.items if answers.get(item) is not None])
    if scale.ask_if_fewer is not None and given < scale.ask_if_fewer:
        return f"{given} of {len(scale.items)} items are scored, which is few for {scale.name.lower()}."
    return ""


def may_type(measure: Measure, scale: Scale) -> bool:
    return scale.method == TYPED or (measure.totals_instead and scale.method == SUM)


def _find_sum_errors(measure: Measure, typed: TypedTotals) -> dict[str, str]:
    found = {}
    for rule in measure.must_sum:
        known = [typed[id] for id in rule.scales if id in typed]
        if len(known) == len(rule.scales) and sum(known) != rule.to:
            names = ", ".join(measure.scale(id).name.lower() for id in rule.scales)
            found[rule.scales[0]] = f"Together these make {_format_number(rule.to)}: {names}."
    return found


def _is_between_steps(value: float, step: float) -> bool:
    """Not on a step: 3.25 in steps of a tenth."""
    steps = value / step
    return abs(steps - round(steps)) > 1e-6


def _format_upper_bound(highest: float | None) -> str:
    return "upwards" if highest is None else f"to {_format_number(highest)}"


def _format_number(value: float | None) -> str:
    return f"{value:g}" if value is not None else "?"
