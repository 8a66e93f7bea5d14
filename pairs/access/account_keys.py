"""What of this app opens an account without its password: API tokens, single sign-on (pairs/service/hooks.py)."""

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from pairs.access.models import ApiToken
from pairs.service.models import User


def revoke_keys(user: User) -> int:
    """Revoke every API token of this account that still works and remove its single sign-on; returns how many."""
    linked, _ = SocialAccount.objects.filter(user=user).delete()
    return ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now()) + linked
