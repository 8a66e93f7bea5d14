"""What is done to families: people, places, births, losses and adoptions recorded, alerts raised, mistakes marked."""

from pairs.families.actions.addresses import (
    add_address,
    correct_address,
    end_address,
    find_new_district,
    move_household,
    retry_lookups,
)
from pairs.families.actions.adoptions import record_adoption
from pairs.families.actions.alerts import (
    answer_risk_alert,
    escalate_unseen_alert,
    list_permission_holders,
    raise_risk_alert,
)
from pairs.families.actions.births import (
    add_baby,
    count_babies_together,
    record_pregnancy,
    register_birth,
    register_births,
    update_infant,
)
from pairs.families.actions.carers import (
    add_caregiver,
    add_dyad,
    add_exclusion_group,
    end_dyad,
    retire_exclusion_group,
    update_caregiver,
    update_dyad,
    update_ethnicity,
)
from pairs.families.actions.losses import record_loss, undo_loss
from pairs.families.actions.permissions import update_family_permissions
from pairs.families.actions.records import (
    allocate_reference,
    end_family_access,
    ensure_care_access,
    grant_family_access,
    mark_entered_in_error,
)
from pairs.families.actions.same_birth import record_same_birth

__all__ = [
    "add_address",
    "add_baby",
    "add_caregiver",
    "add_dyad",
    "add_exclusion_group",
    "allocate_reference",
    "answer_risk_alert",
    "correct_address",
    "count_babies_together",
    "end_address",
    "end_dyad",
    "end_family_access",
    "ensure_care_access",
    "escalate_unseen_alert",
    "find_new_district",
    "grant_family_access",
    "list_permission_holders",
    "mark_entered_in_error",
    "move_household",
    "raise_risk_alert",
    "record_adoption",
    "record_loss",
    "record_pregnancy",
    "record_same_birth",
    "register_birth",
    "register_births",
    "retire_exclusion_group",
    "retry_lookups",
    "undo_loss",
    "update_caregiver",
    "update_dyad",
    "update_ethnicity",
    "update_family_permissions",
    "update_infant",
]
