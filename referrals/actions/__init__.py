"""What is done to referrals: made once, read, moved on, decided; and a family made of what was said."""

from referrals.actions.decisions import accept_referral, decide_referral
from referrals.actions.doors import (
    OTHER_PRIMARY_CARE,
    deprivation_of,
    main_carer_of,
    make_referral,
    why_not_infants,
)
from referrals.actions.moves import mark_read, move_referral

__all__ = [
    "OTHER_PRIMARY_CARE",
    "accept_referral",
    "decide_referral",
    "deprivation_of",
    "main_carer_of",
    "make_referral",
    "mark_read",
    "move_referral",
    "why_not_infants",
]
