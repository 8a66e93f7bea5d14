"""Who saw what: one row a page, written before the page leaves, and never changed."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class AccessEntryQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "AccessEntryQuerySet":
        """For information governance alone."""
        return self if scope.may("govern_records") else self.none()

    def matching(self, *, username: str = "", family: uuid.UUID | None = None) -> "AccessEntryQuerySet":
        """Entries of this person, and about this family: each when given."""
        entries = self.filter(user__username=username) if username else self
        about = models.Q(opened__contains=[family]) | models.Q(listed__contains=[family])
        return entries.filter(about) if family else entries


class AccessEntry(models.Model):
    """One page or API answer: who, which view, which families it opened or listed, or that it was refused."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=120, help_text="Name of the address, never the address itself.")
    method = models.CharField(max_length=7)
    status = models.PositiveSmallIntegerField()
    opened = ArrayField(models.UUIDField(), default=list, blank=True)
    listed = ArrayField(models.UUIDField(), default=list, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    objects = AccessEntryQuerySet.as_manager()
    privacy = {"operational": "at view method status opened listed reason"}

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="access_by_user"),
            GinIndex(fields=["opened"], name="access_by_family"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.view} at {self.at:%Y-%m-%d %H:%M}"
