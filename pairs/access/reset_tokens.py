"""The keys of links to choose a password: they end with whatever else opened the account."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from pairs.service.models import User


class ResetTokenGenerator(PasswordResetTokenGenerator):
    """Django's, of password, last sign-in and e-mail address, and of the account's key version as well."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}|{user.key_version}"
