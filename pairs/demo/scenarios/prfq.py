"""Made-up answers to the PRFQ's 18 items: mostly better at the end, not always, and some left out."""

from random import Random

ITEMS = range(1, 19)
PRE_MENTALISING = {1, 4, 7, 10, 13, 16}
REVERSED = {11, 18}


def answer_prfq(rng: Random, *, improved: bool) -> dict[str, int]:
    """{item number as text: 1 to 7}; a missing item is absent."""
    gap = rng.randrange(1, 19) if rng.random() < 0.07 else 0
    return {str(item): _choose_prfq_answer(rng, item, improved) for item in ITEMS if item != gap}


def _choose_prfq_answer(rng: Random, item: int, improved: bool) -> int:
    """Pre-mentalising falls and curiosity rises when things go well; certainty moves little."""
    certainty = item % 3 == 2
    middle = (
        (2.2 if improved else 3.1)
        if item in PRE_MENTALISING
        else 4.2
        if certainty
        else 5.8
        if improved
        else 4.9
    )
    value = max(1, min(7, round(rng.gauss(middle, 1.1))))
    return 8 - value if item in REVERSED else value
