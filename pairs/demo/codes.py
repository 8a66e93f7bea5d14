"""Which of the service's concerns and ways of working the demo's families bring and use."""

from random import Random

COMMON_CONCERNS = [
    "feeling-close",
    "doubting",
    "birth",
    "own-childhood",
    "low-or-worried",
    "overwhelmed",
    "between-us",
    "left-out",
]
UNBORN_CONCERNS = ["unborn", "loss"]
BORN_CONCERNS = [
    "reading-cues",
    "soothing",
    "enjoying",
    "playing",
    "handling",
    "neonatal",
    "worry-apart",
    "baby-withdrawn",
]
OLDER_CONCERNS = ["toddler", "changes-of-carer", "feeding-sleeping", "watchful"]
INTERVENTION_WEIGHTS = {
    "video-interaction-guidance": 34,
    "parent-infant-psychotherapy": 18,
    "watch-wait-and-wonder": 12,
    "circle-of-security-8-individual": 10,
    "nbo": 8,
    "infant-massage": 6,
    "mellow": 5,
    "watch-me-play": 5,
    "psychoeducation": 2,
}


def choose_concerns(rng: Random, months: int | None) -> list[str]:
    """One to three concerns that fit the baby's age; None: not born yet."""
    fitting = (
        UNBORN_CONCERNS
        if months is None
        else BORN_CONCERNS
        if months < 15
        else BORN_CONCERNS[:4] + OLDER_CONCERNS
    )
    return rng.sample(COMMON_CONCERNS + fitting, rng.choice((1, 2, 2, 3)))


def choose_interventions(rng: Random) -> list[str]:
    """One or two, the first begun with."""
    first, second = (
        rng.choices(list(INTERVENTION_WEIGHTS), list(INTERVENTION_WEIGHTS.values()))[0] for _ in range(2)
    )
    return [first] if rng.random() < 0.7 or first == second else [first, second]
