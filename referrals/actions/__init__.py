"""Actions on referrals: create, read, change status, decide, and register the family."""

from referrals.actions.decisions import accept_referral, decide_referral
from referrals.actions.status_changes import change_referral_status, mark_referral_read
from referrals.actions.submit import (
    find_infant_rows_errors,
    get_main_carer,
    look_up_deprivation,
    make_referral,
)

__all__ = [
    "accept_referral",
    "change_referral_status",
    "decide_referral",
    "find_infant_rows_errors",
    "get_main_carer",
    "look_up_deprivation",
    "make_referral",
    "mark_referral_read",
]
