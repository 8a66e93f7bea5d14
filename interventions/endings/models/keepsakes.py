"""Keepsakes ("what our baby told us") of one infant and one carer: lines from the notes, in versions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.episodes.models import NotePart
from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Dyad
from pairs.jobs.models import Job


class KeepsakeQuerySet(RecordQuerySet):
    def whole(self) -> "KeepsakeQuerySet":
        """With the dyad and the lines, without loading the PDF file."""
        lines = KeepsakeLine.objects.live().select_related("note").order_by("order", "created_at", "id")
        rows = self.select_related("dyad__infant", "dyad__caregiver", "dyad__family__site", "job")
        return rows.defer("job__file").prefetch_related(models.Prefetch("lines", lines))

    def newest_first(self) -> "KeepsakeQuerySet":
        return self.order_by("-version", "-created_at", "id")

    def drafts(self) -> "KeepsakeQuerySet":
        return self.filter(ready_at=None)

    def ready(self):
        """Checked on paper and frozen."""
        return self.filter(ready_at__isnull=False)


@tracked
class Keepsake(Record):
    """One version of a keepsake: a draft until it has been checked on paper, then frozen."""

    belongs_to = "dyad"
    family_path = "dyad__family_id"

    dyad = ProtectedKey(Dyad, related_name="keepsakes")
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    opening = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    asked_for = models.BooleanField(default=False, help_text="After a loss: the family asked for it.")
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    job = models.OneToOneField(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="keepsake", help_text="Its PDF."
    )
    objects = KeepsakeQuerySet.as_manager()
    privacy = {"clinical": "title opening closing asked_for", "operational": "version ready_at"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None, ready_by=None) | Q(ready_at__isnull=False, ready_by__isnull=False),
                name="a_keepsake_is_ready_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ready_is_frozen",
                operation=pgtrigger.UpdateOf(
                    "title", "opening", "closing", "version", "ready_at", "ready_by_id"
                ),
                condition=pgtrigger.Q(old__ready_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self):
        return f"pairs-keepsake-{self.created_at:%Y-%m-%d}.pdf"


@tracked
class KeepsakeLine(Record):
    """One line: the note it is from, and its text in the keepsake."""

    belongs_to = "keepsake"
    family_path = "keepsake__dyad__family_id"

    keepsake = ProtectedKey(Keepsake, related_name="lines")
    note = ProtectedKey(NotePart, related_name="kept_lines")
    text = models.TextField()
    order = models.PositiveSmallIntegerField()
    ready_at = models.DateTimeField(null=True, blank=True)
    privacy = {"clinical": "text", "operational": "order ready_at"}

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="ready_is_frozen",
                operation=pgtrigger.UpdateOf("text", "order", "ready_at") | pgtrigger.Delete,
                condition=pgtrigger.Q(old__ready_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
