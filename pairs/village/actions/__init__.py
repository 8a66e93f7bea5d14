"""What is done in the village: people added, sharing agreed and limited, letters written, signed and sent."""

from pairs.village.actions.letters import (
    begin_letter,
    send_letter,
    sign_letter,
    write_letter,
)
from pairs.village.actions.members import add_member, end_member, update_member
from pairs.village.actions.sharing import agree_sharing, end_limit, limit_disclosure, withdraw_agreement

__all__ = [
    "add_member",
    "agree_sharing",
    "begin_letter",
    "end_limit",
    "end_member",
    "limit_disclosure",
    "send_letter",
    "sign_letter",
    "update_member",
    "withdraw_agreement",
    "write_letter",
]
