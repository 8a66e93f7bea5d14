"""API tokens: hashed, expiring, issued only to somebody who is signed in; and resets of a second factor, by two."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked


def digest_token(token: str) -> str:
    """What is kept of a token. SHA-256 suffices: a token is 256 random bits, not a password."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet):
    def live(self, now: datetime) -> Any:
        return self.filter(expires_at__gt=now, revoked_at=None, user__is_active=True)

    def matching(self, token: str, now: datetime) -> "ApiToken | None":
        return self.live(now).filter(hashed=digest_token(token)).select_related("user").first()


@tracked(exclude=["hashed"])
class ApiToken(models.Model):
    """A token acts as its owner, with the owner's scope of the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = ProtectedKey(settings.AUTH_USER_MODEL, related_name="api_tokens")
    name = models.CharField(max_length=80)
    hashed = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    objects = ApiTokenQuerySet.as_manager()
    privacy = {"staff": "name", "secret": "hashed", "operational": "created_at expires_at revoked_at"}

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, *, user: Any, name: str, expires_at: datetime) -> "tuple[ApiToken, str]":
        """The new row and the token's text, which is shown once and kept nowhere."""
        token = "pairs_" + secrets.token_urlsafe(32)
        return cls.objects.create(
            user=user, name=name, hashed=digest_token(token), expires_at=expires_at
        ), token


class RateCount(models.Model):
    """How often something was done in one hour, by a keyed digest of the entry point and the client."""

    id = models.CharField(primary_key=True, max_length=64)
    started_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    privacy = {"secret": "id", "operational": "started_at count"}


RESET_WAITS = Q(confirmed_at=None, confirmed_by=None, withdrawn_at=None, withdrawn_by=None)


class FactorResetQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "FactorResetQuerySet":
        """For administrators and information governance, of whom a second one confirms it."""
        return self if scope.may("manage_accounts", "govern_records") else self.none()

    def waiting(self) -> "FactorResetQuerySet":
        """The oldest first."""
        return self.filter(RESET_WAITS).select_related("user", "asked_by").order_by("created_at", "id")


@tracked
class FactorReset(models.Model):
    """A reset of somebody's second factor that an administrator asks for: another person confirms it, or nobody."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    reason = models.CharField(max_length=200)
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = FactorResetQuerySet.as_manager()
    privacy = {"staff": "reason created_at confirmed_at withdrawn_at"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")) & ~Q(confirmed_by=F("user")),
                name="nobody_resets_their_own_second_factor",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("asked_by")), name="a_reset_of_a_factor_takes_two_people"
            ),
            models.CheckConstraint(
                condition=RESET_WAITS
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    withdrawn_at=None,
                    withdrawn_by=None,
                )
                | Q(
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    confirmed_at=None,
                    confirmed_by=None,
                ),
                name="a_reset_of_a_factor_ends_once",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=RESET_WAITS, name="one_reset_of_a_factor_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"Reset of the second factor of {self.user}"
