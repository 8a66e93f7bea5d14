"""What is done about supervision."""

from interventions.supervision.actions.agreements import (
    add_agenda_item,
    agree_supervision,
    change_agreement,
    close_agenda_item,
)
from interventions.supervision.actions.decisions import decide_in_review, finish_decision, reopen_decision
from interventions.supervision.actions.planned import cancel_supervision, plan_supervision
from interventions.supervision.actions.sessions import record_supervision

__all__ = [
    "add_agenda_item",
    "agree_supervision",
    "cancel_supervision",
    "change_agreement",
    "close_agenda_item",
    "decide_in_review",
    "finish_decision",
    "plan_supervision",
    "record_supervision",
    "reopen_decision",
]
