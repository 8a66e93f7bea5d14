"""What of this app opens an account without its password: API tokens (pairs/service/hooks.py)."""

from django.utils import timezone

from pairs.access.models import ApiToken
from pairs.service.models import User


def revoke_keys(user: User) -> int:
    """Revoke every API token of this account that still works; returns how many."""
    return ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
