"""What is done to families: births, losses and adoptions recorded, alerts raised, records marked in error."""

from pairs.families.actions.adoptions import record_adoption
from pairs.families.actions.alerts import answer_risk_alert, raise_risk_alert
from pairs.families.actions.births import (
    add_baby,
    change_infant,
    record_pregnancy,
    register_birth,
    register_births,
)
from pairs.families.actions.losses import record_loss, undo_loss
from pairs.families.actions.records import link_to_family, mark_entered_in_error, next_reference

__all__ = [
    "add_baby",
    "answer_risk_alert",
    "change_infant",
    "link_to_family",
    "mark_entered_in_error",
    "next_reference",
    "raise_risk_alert",
    "record_adoption",
    "record_loss",
    "record_pregnancy",
    "register_birth",
    "register_births",
    "undo_loss",
]
