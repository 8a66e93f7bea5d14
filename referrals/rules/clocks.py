"""How long a family has waited."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wait:
    """How long a referral has waited for a decision, in whole days."""

    days: int
    decided: bool


def wait_for_decision(*, received: date, decided: date | None, on: date) -> Wait:
    """Days from the day of receipt to the decision, or to ``on`` while there is none."""
    return Wait(days=((decided or on) - received).days, decided=decided is not None)
