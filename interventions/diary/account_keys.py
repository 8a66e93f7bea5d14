"""What of this app opens an account without its password: the calendar's address (pairs/service/hooks.py)."""

from interventions.diary.actions import revoke_calendar_token
from pairs.service.models import User


def revoke_keys(user: User) -> int:
    """Revoke the calendar address of this account; returns how many there were."""
    return int(revoke_calendar_token(user=user))
