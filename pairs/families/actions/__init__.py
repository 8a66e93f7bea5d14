"""What is done to families: people and places recorded, a birth registered, alerts raised, a record marked in error."""

from pairs.families.actions.addresses import (
    add_address,
    correct_address,
    end_address,
    move_household,
    moved_to,
    retry_lookups,
)
from pairs.families.actions.alerts import answer_risk_alert, raise_risk_alert
from pairs.families.actions.births import register_birth
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
from pairs.families.actions.records import link_to_family, mark_entered_in_error, next_reference

__all__ = [
    "add_address",
    "add_caregiver",
    "add_dyad",
    "add_exclusion_group",
    "answer_risk_alert",
    "correct_address",
    "describe_caregiver",
    "describe_dyad",
    "describe_ethnicity",
    "end_address",
    "end_dyad",
    "link_to_family",
    "mark_entered_in_error",
    "move_household",
    "moved_to",
    "next_reference",
    "raise_risk_alert",
    "register_birth",
    "retire_exclusion_group",
    "retry_lookups",
]
