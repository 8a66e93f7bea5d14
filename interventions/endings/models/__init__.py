"""Models of endings: endings and reopenings, letters, keepsakes, return cards, transition plans."""

from interventions.endings.models.endings import Ending, EndingLetter, EndingPart, HandoverItem, Reopening
from interventions.endings.models.keepsakes import Keepsake, KeepsakeLine
from interventions.endings.models.transitions import TransitionPlan
from interventions.endings.models.ways_back import WayBack

__all__ = [
    "Ending",
    "EndingLetter",
    "EndingPart",
    "HandoverItem",
    "Keepsake",
    "KeepsakeLine",
    "Reopening",
    "TransitionPlan",
    "WayBack",
]
