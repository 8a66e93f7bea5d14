"""What is done to families: people, places, births, losses and adoptions recorded, alerts raised, mistakes marked."""

from pairs.families.actions.addresses import (
    add_address,
    correct_address,
    end_address,
    move_household,
    moved_to,
    retry_lookups,
)
from pairs.families.actions.adoptions import record_adoption
from pairs.families.actions.alerts import (
    answer_risk_alert,
    escalate_unseen_alert,
    holders,
    raise_risk_alert,
)
from pairs.families.actions.births import (
    add_baby,
    change_infant,
    record_pregnancy,
    register_birth,
    register_births,
)
from pairs.families.actions.carers import (
    add_caregiver,
    add_dyad,
    add_exclusion_group,
    describe_caregiver,
    describe_dyad,
    describe_ethnicity,
    end_dyad,
    retire_exclusion_group,
)
from pairs.families.actions.losses import record_loss, undo_loss
from pairs.families.actions.records import (
    end_access,
    link_to_family,
    mark_entered_in_error,
    next_reference,
)

__all__ = [
    "add_address",
    "add_baby",
    "add_caregiver",
    "add_dyad",
    "add_exclusion_group",
    "answer_risk_alert",
    "change_infant",
    "correct_address",
    "describe_caregiver",
    "describe_dyad",
    "describe_ethnicity",
    "end_access",
    "end_address",
    "end_dyad",
    "escalate_unseen_alert",
    "holders",
    "link_to_family",
    "mark_entered_in_error",
    "move_household",
    "moved_to",
    "next_reference",
    "raise_risk_alert",
    "record_adoption",
    "record_loss",
    "record_pregnancy",
    "register_birth",
    "register_births",
    "retire_exclusion_group",
    "retry_lookups",
    "undo_loss",
]
