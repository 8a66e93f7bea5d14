"""Scoring a measure from its answers: pure, and versioned: a stored score says how it was made."""

import math
from collections.abc import Mapping, Sequence

from outcomes.sheets import MEAN, MEAN_OF_ANSWERED, SUM, TEN_MEANS, TOTAL_OF, TYPED, Measure, Scale

SCORING_VERSION = "2"

# {item: answer}. An item that was left out is absent; None: it was marked as not applying.
Answers = Mapping[int, float | None]
Typed = Mapping[str, float]


def score(measure: Measure, answers: Answers, typed: Typed | None = None) -> dict[str, float | None]:
    """{scale: score to two places, or None where an answer it needs is missing}, in the sheet's order.

    A score is typed only where the sheet lets it be typed; `wrong_answers` and `wrong_totals` say what is not allowed.
    """
    found: dict[str, float | None] = {}
    for scale in measure.scales:
        found[scale.id] = _score(measure, scale, answers, typed or {}, found)
    return found


def _score(measure: Measure, scale: Scale, answers: Answers, typed: Typed, found: Mapping) -> float | None:
    if scale.id in typed:
        return round(float(typed[scale.id]), 2)
    if scale.method == TYPED:
        return None
    if scale.method == TOTAL_OF:
        return _sum([found[part] for part in scale.of])
    made = _METHODS[scale.method](_values(measure, scale.items, answers))
    return None if made is None else round(made, 2)


def _values(measure: Measure, items: Sequence[int], answers: Answers) -> list[float | None]:
    """What each item counts; None: no answer. One that does not apply counts what the sheet says, or drops out."""
    return [_value(measure, item, answers) for item in items if not _drops_out(measure, item, answers)]


def _value(measure: Measure, item: int, answers: Answers) -> float | None:
    if _is_skipped(measure, item, answers):
        return measure.not_applicable.counts if measure.not_applicable else None
    return measure.value(item, answers.get(item))


def _drops_out(measure: Measure, item: int, answers: Answers) -> bool:
    rule = measure.not_applicable
    return _is_skipped(measure, item, answers) and rule is not None and rule.counts is None


def _is_skipped(measure: Measure, item: int, answers: Answers) -> bool:
    return item in answers and answers[item] is None and measure.may_skip(item)


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known and len(known) == len(values) else None


def _mean(values: Sequence[float | None]) -> float | None:
    total = _sum(values)
    return None if total is None else total / len(values)


def _mean_of_answered(values: Sequence[float | None]) -> float | None:
    return _mean([value for value in values if value is not None])


def _ten_means(values: Sequence[float | None]) -> float | None:
    mean = _mean_of_answered(values)
    return None if mean is None else 10 * mean


_METHODS = {SUM: _sum, MEAN: _mean, MEAN_OF_ANSWERED: _mean_of_answered, TEN_MEANS: _ten_means}


def missing_items(scale: Scale, answers: Answers) -> list[int]:
    """The scale's items without an answer, in order. One marked as not applying is answered."""
    return [item for item in scale.items if item not in answers]


def wrong_answers(measure: Measure, answers: Answers) -> dict[int, str]:
    """{item: why not} for answers to items there are not, beyond the response range, or between its steps."""
    found = {item: _wrong(measure, item, answer) for item, answer in answers.items()}
    return {item: why for item, why in found.items() if why}


def _wrong(measure: Measure, item: int, answer: float | None) -> str:
    if not 1 <= item <= measure.items:
        return f"{measure.short_name} has no item {item}."
    if answer is None:
        return (
            ""
            if measure.may_skip(item)
            else f"Item {item} always applies. Leave it empty if there is no answer."
        )
    if not measure.lowest <= answer <= measure.highest or _between(answer, measure.step):
        return f"Item {item}: answers go from {_number(measure.lowest)} to {_number(measure.highest)}."
    return ""


def wrong_totals(measure: Measure, typed: Typed, answers: Answers) -> dict[str, str]:
    """{scale: why not} for numbers that nobody may type here, beyond the known range, or that cannot add up."""
    found = {id: _wrong_total(measure, id, value, answers) for id, value in typed.items()}
    return {id: why for id, why in found.items() if why} | _wrong_sums(measure, typed)


def _wrong_total(measure: Measure, id: str, value: float, answers: Answers) -> str:
    scale = measure.by_id.get(id)
    if scale is None or not may_type(measure, scale):
        return f"{measure.short_name} has no number of this name to type."
    if _between(value, scale.step):
        return (
            "Type a whole number." if scale.step == 1 else f"Type a number in steps of {_number(scale.step)}."
        )
    if not _within(scale, value):
        return f"{scale.name} goes from {_number(scale.lowest)} {_upto(scale.highest)}."
    least, most = _ends(measure, scale, answers)
    if value < least:
        return f"The answers given make more than this: at least {_number(least)}."
    return f"With the answers given it is at most {_number(most)}." if value > most else ""


def _within(scale: Scale, value: float) -> bool:
    return (scale.lowest is None or scale.lowest <= value) and (
        scale.highest is None or value <= scale.highest
    )


def _ends(measure: Measure, scale: Scale, answers: Answers) -> tuple[float, float]:
    """The least and the most that a typed sum can be, beside the answers that were given."""
    if scale.method != SUM:
        return -math.inf, math.inf
    known = [measure.value(item, answers.get(item)) for item in scale.items]
    least = sum(measure.lowest if value is None else value for value in known)
    return least, sum(measure.highest if value is None else value for value in known)


def may_type(measure: Measure, scale: Scale) -> bool:
    return scale.method == TYPED or (measure.totals_instead and scale.method == SUM)


def _wrong_sums(measure: Measure, typed: Typed) -> dict[str, str]:
    found = {}
    for rule in measure.must_sum:
        known = [typed[id] for id in rule.scales if id in typed]
        if len(known) == len(rule.scales) and sum(known) != rule.to:
            names = ", ".join(measure.scale(id).name.lower() for id in rule.scales)
            found[rule.scales[0]] = f"Together these make {_number(rule.to)}: {names}."
    return found


def _between(value: float, step: float) -> bool:
    """Not on a step: 3.25 in steps of a tenth."""
    steps = value / step
    return abs(steps - round(steps)) > 1e-6


def _upto(highest: float | None) -> str:
    return "upwards" if highest is None else f"to {_number(highest)}"


def _number(value: float | None) -> str:
    return f"{value:g}" if value is not None else "?"
