"""Allowed status transitions of a referral, and what each needs."""

from referrals.rules.choices import DECIDED_STATUSES, ReferralState

# Allowed transitions. A decision may be reopened; nothing ends without a decision.
REFERRAL_TRANSITIONS: dict[str, set[ReferralState]] = {
    ReferralState.RECEIVED: {ReferralState.READ, ReferralState.MORE_ASKED, *DECIDED_STATUSES},
    ReferralState.READ: {ReferralState.MORE_ASKED, *DECIDED_STATUSES},
    ReferralState.MORE_ASKED: {ReferralState.READ, *DECIDED_STATUSES},
    ReferralState.ACCEPTED: set(),
    ReferralState.CONSULTATION: {ReferralState.READ},
    ReferralState.NOT_ACCEPTED: {ReferralState.READ},
    ReferralState.WITHDRAWN: {ReferralState.READ},
}
NEEDS_REASON = {ReferralState.NOT_ACCEPTED, ReferralState.WITHDRAWN, ReferralState.MORE_ASKED}


NEEDS_DESTINATION = {ReferralState.NOT_ACCEPTED}


def may_change_status(status: str, to: str) -> bool:
    """Is the move from one status to another legal?"""
    return to in REFERRAL_TRANSITIONS[status]


def find_status_errors(*, status: str, to: str, reason: str, destination: str) -> dict[str, str]:
    """{} for a move that may be made, else by field why not."""
    if not may_change_status(status, to):
        now, then = ReferralState(status).label, ReferralState(to).label
        return {"": f"A referral that is “{now}” cannot become “{then}”."}
    missing = {}
    if to in NEEDS_REASON and not reason.strip():
        missing["reason"] = "Enter the reason, in words the family would recognise."
    if to in NEEDS_DESTINATION and not destination.strip():
        missing["destination"] = "Choose where else the family can get support."
    return missing
