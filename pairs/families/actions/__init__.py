"""What is done to families: opened, a birth registered, an alert raised and answered, a record marked in error."""

from pairs.families.actions.alerts import (
    answer_risk_alert,
    escalate_unseen_alert,
    holders,
    raise_risk_alert,
)
from pairs.families.actions.births import register_birth
from pairs.families.actions.records import link_to_family, mark_entered_in_error, next_reference

__all__ = [
    "answer_risk_alert",
    "escalate_unseen_alert",
    "holders",
    "link_to_family",
    "mark_entered_in_error",
    "next_reference",
    "raise_risk_alert",
    "register_birth",
]
