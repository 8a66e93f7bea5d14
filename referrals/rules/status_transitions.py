"""Allowed status transitions of a referral, and what each needs."""

from referrals.rules.choices import STATUSES

# Allowed transitions. A decision may be reopened; nothing ends without a decision.
REFERRAL_TRANSITIONS = {
    "received": {"read", "more_asked", "accepted", "consultation", "not_accepted", "withdrawn"},
    "read": {"more_asked", "accepted", "consultation", "not_accepted", "withdrawn"},
    "more_asked": {"read", "accepted", "consultation", "not_accepted", "withdrawn"},
    "accepted": set(),
    "consultation": {"read"},
    "not_accepted": {"read"},
    "withdrawn": {"read"},
}
NEEDS_REASON = {"not_accepted", "withdrawn", "more_asked"}


NEEDS_DESTINATION = {"not_accepted"}


def may_change_status(status: str, to: str) -> bool:
    """Is the move from one status to another legal?"""
    return to in REFERRAL_TRANSITIONS[status]


def find_status_errors(*, status: str, to: str, reason: str, destination: str) -> dict[str, str]:
    """{} for a move that may be made, else by field why not."""
    if not may_change_status(status, to):
        return {"": f"A referral that is “{dict(STATUSES)[status]}” cannot become “{dict(STATUSES)[to]}”."}
    missing = {}
    if to in NEEDS_REASON and not reason.strip():
        missing["reason"] = "Give the reason, in words the family would recognise."
    if to in NEEDS_DESTINATION and not destination.strip():
        missing["destination"] = "Say where the family can turn instead."
    return missing
