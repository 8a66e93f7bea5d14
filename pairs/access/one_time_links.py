"""Addresses that open one thing once, for somebody without an account: what every kind of them has.

The token is in the address alone; its digest is kept. Two kinds last a time and say when they were used: TimedLink.
Two last some days and are gone once they were used, their digest or their whole row: DayLink.
"""

import secrets
from datetime import date
from typing import Any

from django.db import models

from pairs.access.models import digest_token


def make_link_token() -> tuple[str, str]:
    """(a new token for an address, its digest to be kept)."""
    token = secrets.token_urlsafe(32)
    return token, digest_token(token)


class FoundByToken:
    """For a QuerySet of links: they are looked up by what stands in their address."""

    filter: Any

    def with_token(self, token: str) -> Any:
        """The one with this token, whether it still works or not."""
        return self.filter(token_hash=digest_token(token))


class OneTimeLinkQuerySet(FoundByToken, models.QuerySet):
    """Links that are no records of a family."""


class OneTimeLink(models.Model):
    """A link by the digest of its token."""

    token_hash: Any = models.CharField(
        max_length=64, unique=True, help_text="SHA-256; the token itself is not kept."
    )

    class Meta:
        abstract = True


class TimedLink(OneTimeLink):
    """One that works until a moment, or until it is used."""

    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class FoundByDay(FoundByToken):
    """For a QuerySet of links that last some days."""

    def working(self, token: str, on: date) -> Any:
        """The link of this token while it is good; none once it was used: then its digest is gone."""
        return self.with_token(token).filter(last_day__gte=on)

    def over(self, on: date) -> Any:
        """Those whose last day has passed."""
        return self.filter(last_day__lt=on)


class DayLinkQuerySet(FoundByDay, models.QuerySet):
    """Such links that are no records of a family."""


class DayLink(OneTimeLink):
    """One that works until a day, or until it is used: then its digest goes."""

    last_day = models.DateField(help_text="Of the link.")

    class Meta:
        abstract = True
