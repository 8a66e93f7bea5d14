"""Made-up answers to the PRFQ's 18 items, mostly better at the end, and their scores.

Item sets, reversals (items 11 and 18 count 8 - x) and means: Luyten 2017, PLoS ONE. A subscale with a gap has no score.
"""

from random import Random

ITEMS = range(1, 19)
MEASURE, MEASURE_VERSION, SCORING_VERSION = "prfq", "1", "1"
PRE_MENTALISING = {1, 4, 7, 10, 13, 16}
SUBSCALES = {
    "pre_mentalising": (1, 4, 7, 10, 13, 16),
    "certainty_mental_states": (2, 5, 8, 11, 14, 17),
    "interest_curiosity": (3, 6, 9, 12, 15, 18),
}
REVERSED = {11, 18}


def answers(rng: Random, *, improved: bool) -> dict[str, int]:
    """{item number as text: 1 to 7}; a missing item is absent."""
    gap = rng.randrange(1, 19) if rng.random() < 0.07 else 0
    return {str(item): _answer(rng, item, improved) for item in ITEMS if item != gap}


def _answer(rng: Random, item: int, improved: bool) -> int:
    """Pre-mentalising falls and curiosity rises when things go well; certainty moves little."""
    certainty = item % 3 == 2
    middle = (2.2 if improved else 3.1) if item in PRE_MENTALISING else 4.2 if certainty else 5.8 if improved else 4.9
    value = max(1, min(7, round(rng.gauss(middle, 1.1))))
    return 8 - value if item in REVERSED else value


def scores(answered: dict[str, int]) -> dict[str, float | None]:
    """{subscale: mean to two places, or None where an item is missing}."""
    values = {int(item): 8 - value if int(item) in REVERSED else value for item, value in answered.items()}
    return {name: _mean([values.get(item) for item in items]) for name, items in SUBSCALES.items()}


def _mean(values: list[int | None]) -> float | None:
    return None if None in values else round(sum(values) / len(values), 2)
