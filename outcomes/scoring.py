"""Scoring a measure from its item answers: pure, and versioned: a stored score says how it was made."""

from collections.abc import Mapping

from outcomes.measures import Measure, Subscale

SCORING_VERSION = "1"


def score(measure: Measure, responses: Mapping[int, int]) -> dict[str, float | None]:
    """{subscale id: mean to two places, or None where an item is missing}.

    Reversed items count lowest + highest - x (PRFQ: 8 - x, Luyten 2017). No missing-item rule is published:
    a subscale with a gap has no score.
    """
    return {subscale.id: _mean(measure, subscale, responses) for subscale in measure.subscales}


def missing_items(subscale: Subscale, responses: Mapping[int, int]) -> list[int]:
    """The subscale's items without an answer, in order."""
    return [item for item in subscale.items if item not in responses]


def _mean(measure: Measure, subscale: Subscale, responses: Mapping[int, int]) -> float | None:
    if missing_items(subscale, responses):
        return None
    total = sum(_value(measure, item, responses[item]) for item in subscale.items)
    return round(total / len(subscale.items), 2)


def _value(measure: Measure, item: int, answer: int) -> int:
    return measure.lowest + measure.highest - answer if item in measure.reversed else answer


def wrong_answers(measure: Measure, responses: Mapping[int, int]) -> dict[int, str]:
    """{item: why not} for answers to items there are not, or beyond the response range."""
    found = {}
    for item, answer in responses.items():
        if not 1 <= item <= measure.items:
            found[item] = f"{measure.short_name} has no item {item}."
        elif not measure.lowest <= answer <= measure.highest:
            found[item] = f"Item {item}: answers go from {measure.lowest} to {measure.highest}."
    return found
