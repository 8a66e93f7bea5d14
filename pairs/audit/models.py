"""Who saw what, and what happened to accounts: rows written as it happens, dated by the database, and never changed."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from pairs.database.fields import ProtectedKey

# A log that its writer dates can be back-dated: the database says when it was, whatever the row says.
DATE_SQL = "NEW.at = clock_timestamp(); RETURN NEW;"


def build_log_triggers() -> list[Any]:
    """Of a table that only grows, and whose ``at`` is the moment of writing."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="dated_by_the_database", when=pgtrigger.Before, operation=pgtrigger.Insert, func=DATE_SQL
        ),
    ]


READING = ("GET", "HEAD", "OPTIONS")


class AccessAct(models.TextChoices):
    """What an entry of the access log can be looked for by."""

    OPENED = "opened", "Opened"
    SENT = "sent", "Saved or sent"
    REFUSED = "refused", "Had no access"


ACT_FILTERS = {
    AccessAct.OPENED: models.Q(method__in=READING, status__lt=400),
    AccessAct.SENT: ~models.Q(method__in=READING) & models.Q(status__lt=400),
    AccessAct.REFUSED: models.Q(status__gte=400),
}


class AccessEntryQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "AccessEntryQuerySet":
        """For information governance alone."""
        return self if scope.may("govern_records") else self.none()

    def matching(
        self,
        *,
        username: str = "",
        family: uuid.UUID | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        act: str = "",
    ) -> "AccessEntryQuerySet":
        """Of this person, about this family, from that moment on, before the other, of this kind: each when given."""
        entries = self.filter(user__username=username) if username else self
        entries = entries.filter(ACT_FILTERS[AccessAct(act)]) if act else entries
        entries = entries.filter(at__gte=since) if since else entries
        entries = entries.filter(at__lt=until) if until else entries
        about = models.Q(opened__contains=[family]) | models.Q(listed__contains=[family])
        return entries.filter(about) if family else entries


class AccessEntry(models.Model):
    """One page or API answer: who, which view, which families it opened or listed, or that it was refused."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    user = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    view = models.CharField(max_length=120, help_text="Name of the address, never the address itself.")
    method = models.CharField(max_length=7)
    status = models.PositiveSmallIntegerField()
    opened = ArrayField(models.UUIDField(), default=list, blank=True)
    listed = ArrayField(models.UUIDField(), default=list, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    about = models.UUIDField(null=True, help_text="The record that the address names, such as one note.")
    objects = AccessEntryQuerySet.as_manager()
    privacy = {"operational": "at view method status opened listed reason about"}

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="access_by_user"),
            GinIndex(fields=["opened"], name="access_by_family"),
        ]
        triggers = build_log_triggers()

    def __str__(self) -> str:
        return f"{self.view} at {self.at:%Y-%m-%d %H:%M}"


class AccountEventKind(models.TextChoices):
    """What can happen to an account, and to what opens it."""

    SIGNED_IN = "signed_in", "Signed in"
    FAILED = "failed", "Sign-in failed"
    LOCKED_OUT = "locked_out", "Too many attempts: sign-in blocked for a few minutes"
    UNLOCK_FAILED = "unlock_failed", "Wrong password at a locked screen"
    CODE_FAILED = "code_failed", "Wrong code or passkey"
    SIGNED_OUT = "signed_out", "Signed out"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    RESET_REQUESTED = "reset_requested", "Link to choose a new password requested"
    PASSWORD_RESET = "password_reset", "Password chosen through a link"
    FACTOR_ADDED = "factor_added", "Passkey or authenticator app added"
    FACTOR_REMOVED = "factor_removed", "Passkey or authenticator app removed"
    IDENTITY_LINKED = "identity_linked", "Single sign-on linked"
    IDENTITY_REMOVED = "identity_removed", "Single sign-on removed"
    CODES_RENEWED = "codes_renewed", "New recovery codes made"
    TOKEN_ISSUED = "token_issued", "API token made"
    TOKEN_REVOKED = "token_revoked", "API token revoked"
    CALENDAR_ISSUED = "calendar_issued", "Calendar address made"
    CALENDAR_REVOKED = "calendar_revoked", "Calendar address revoked"
    SESSION_ENDED = "session_ended", "Signed out in another browser"
    KEYS_ENDED = "keys_ended", "Signed out everywhere; API tokens and calendar revoked"
    MANY_OPENED = "many_opened", "Many families opened within an hour: reported"
    CREATED = "created", "Account created"
    CHANGED = "changed", "Name, e-mail address or job title changed"
    ROLE_GIVEN = "role_given", "Role given"
    ROLE_ENDED = "role_ended", "Role ended"
    RESET_SENT = "reset_sent", "Link to choose a new password sent by an administrator"
    FACTORS_RESET_ASKED = "reset_asked", "Reset of the second factor requested by an administrator"
    FACTORS_RESET = "factors_reset", "Second factor reset, confirmed by a second person"
    FACTORS_RESET_WITHDRAWN = "reset_withdrawn", "Reset of the second factor withdrawn"
    CLOSED = "closed", "Account closed"
    OPENED = "opened", "Account reopened"


class AccountEventQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "AccountEventQuerySet":
        """One's own; all of them for information governance."""
        return self if scope.may("govern_records") else self.filter(user_id=scope.user_id)

    def of(self, user: Any) -> "AccountEventQuerySet":
        """Newest first."""
        return self.filter(user=user).order_by("-at")

    def matching(self, *, username: str = "", kind: str = "") -> "AccountEventQuerySet":
        """Events of whoever has this username or name, and of this kind: each when given."""
        named = models.Q(user__username__iexact=username) | models.Q(user__display_name__icontains=username)
        events = self.filter(named) if username else self
        return events.filter(kind=kind) if kind else events


class AccountEvent(models.Model):
    """One sign-in, failure or change of what opens an account. What was typed is never kept: it may be a password."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    user = ProtectedKey(
        settings.AUTH_USER_MODEL,
        null=True,
        related_name="+",
        help_text="Whose account it is; empty when no account has the name that was typed.",
    )
    by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=AccountEventKind)
    network = models.CharField(max_length=45, blank=True, help_text="Where from, without its last part.")
    detail = models.CharField(max_length=300, blank=True, help_text="Which role, or the reason given.")
    objects = AccountEventQuerySet.as_manager()
    privacy = {"operational": "at kind", "staff": "network detail"}

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="account_events_by_user")]
        triggers = build_log_triggers()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"


class DailyDigest(models.Model):
    """The signed hashes of what history and logs held at the end of some days: a chain, each with the one before.

    The key is outside the database (pairs/audit/signing.py): whoever changes rows here cannot sign them.
    """

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    since = models.DateField(null=True, help_text="First day; empty: everything that was written before.")
    until = models.DateField(unique=True, help_text="Last day, of UTC.")
    tables = models.JSONField(help_text="Table: columns, and rows and hash a day.")
    previous = models.CharField(max_length=64, blank=True, help_text="Signature of the digest before.")
    signature = models.CharField(max_length=64, unique=True)
    privacy = {"operational": "at since until tables previous signature"}

    class Meta:
        triggers = build_log_triggers()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since=None) | models.Q(until__gte=models.F("since")),
                name="a_digest_is_of_days",
            )
        ]

    def __str__(self) -> str:
        return f"Digest up to {self.until:%Y-%m-%d}"

    def get_signed_content(self) -> dict[str, Any]:
        """What the signature is of."""
        since = self.since.isoformat() if self.since else ""
        named = {"since": since, "until": self.until.isoformat()}
        return named | {"tables": self.tables, "previous": self.previous}


class DestructionQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "DestructionQuerySet":
        """For information governance of the site that kept the record."""
        return self.filter(site__in=scope.sites("govern_records"))

    def newest_first(self) -> "DestructionQuerySet":
        return self.select_related("site", "decided_by", "confirmed_by").order_by("-at", "id")


class Destruction(models.Model):
    """The stub of a record that was destroyed: its reference, its days, by which rule and by whom, and no name.

    ``resealed``: hashes of the signed days that it took rows out of (pairs/audit/destructions.py).
    """

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    reference = models.CharField(max_length=300, help_text="The babies' PI numbers.")
    site = ProtectedKey("service.Site", related_name="+")
    first_day = models.DateField(help_text="When the record began.")
    last_contact = models.DateField()
    due_on = models.DateField(help_text="The review date.")
    rule = models.CharField(max_length=200, help_text="The retention rule in words, as it was then.")
    decided_at = models.DateTimeField()
    decided_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    confirmed_at = models.DateTimeField()
    confirmed_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    rows = models.JSONField(help_text="Rows destroyed, by table.")
    resealed = models.JSONField()
    signature = models.CharField(max_length=64, unique=True)
    objects = DestructionQuerySet.as_manager()
    privacy = {
        "operational": "at reference first_day last_contact due_on rule decided_at confirmed_at rows resealed signature"
    }

    class Meta:
        triggers = build_log_triggers()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("decided_by")), name="two_people_destroyed_it"
            )
        ]

    def __str__(self) -> str:
        return f"Destruction of {self.reference}"

    def get_signed_content(self) -> dict[str, Any]:
        """What the signature is of."""
        days = {name: getattr(self, name).isoformat() for name in ("first_day", "last_contact", "due_on")}
        moments = {
            name: getattr(self, name).astimezone(UTC).isoformat() for name in ("decided_at", "confirmed_at")
        }
        people = {name: str(getattr(self, f"{name}_id")) for name in ("site", "decided_by", "confirmed_by")}
        said = {"reference": self.reference, "rule": self.rule, "rows": self.rows, "resealed": self.resealed}
        return {"id": str(self.id)} | days | moments | people | said
