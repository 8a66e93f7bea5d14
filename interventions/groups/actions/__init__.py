"""Actions of groups: programmes, sessions, facilitators, places and registers."""

from interventions.groups.actions.places import change_guests, join_group, leave_group
from interventions.groups.actions.programmes import (
    add_facilitator,
    add_session,
    begin_programme,
    change_programme,
    close_programme,
    end_facilitator,
    move_session,
    sign_off_group,
)
from interventions.groups.actions.registers import cancel_session, record_register, write_cancellations

__all__ = [
    "add_facilitator",
    "add_session",
    "begin_programme",
    "cancel_session",
    "change_guests",
    "change_programme",
    "close_programme",
    "end_facilitator",
    "join_group",
    "leave_group",
    "move_session",
    "record_register",
    "sign_off_group",
    "write_cancellations",
]
