"""What is done about who does the work."""

from interventions.workforce.actions.absences import cancel_absence, change_absence, record_absence
from interventions.workforce.actions.hand_overs import hand_over_work, undo_hand_over
from interventions.workforce.actions.leads import change_lead

__all__ = [
    "cancel_absence",
    "change_absence",
    "change_lead",
    "hand_over_work",
    "record_absence",
    "undo_hand_over",
]
