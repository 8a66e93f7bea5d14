"""The reading of a sealed birth identity: by what right, approved by whom, until when."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Adoption, Family
from pairs.subject_access.choices import SealedGround


class SealedReadingQuerySet(RecordQuerySet):
    def including_sealed(self, scope: Scope) -> "SealedReadingQuerySet":
        """Information governance of the site that held the birth family, whose record is sealed."""
        return self.valid().filter(family__site__in=scope.sites("govern_records"))

    def _within(self, scope: Scope) -> "SealedReadingQuerySet":
        return self.none()

    def with_names(self) -> "SealedReadingQuerySet":
        return self.select_related("family__site", "adoption__birth_infant", "asked_by", "decided_by")

    def newest_first(self) -> "SealedReadingQuerySet":
        return self.order_by("-created_at", "id")


@tracked
class SealedReading(Record):
    """The one lawful road to a sealed birth identity: asked for by one, approved by another, read for some days."""

    family = ProtectedKey(Family, related_name="sealed_readings")
    adoption = ProtectedKey(Adoption, related_name="readings")
    ground = models.CharField(max_length=5, choices=SealedGround)
    authority = models.CharField(
        max_length=300, help_text="The order, or how they showed who they are and that they are an adult."
    )
    reason = models.CharField(max_length=300)
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    decided_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day on which it may be read.")
    objects = SealedReadingQuerySet.as_manager()
    privacy = {
        "sensitive": "ground authority reason decision_note",
        "operational": "decided_at approved until",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="two_people_open_a_sealed_identity"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, approved=None, decision_note="", until=None)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False)
                    & ~Q(decision_note="")
                    & (Q(approved=False, until=None) | Q(approved=True, until__isnull=False))
                ),
                name="a_sealed_reading_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Reading of a sealed identity, {self.created_at:%Y-%m-%d}"

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    def is_readable(self, now: datetime | None = None) -> bool:
        """Approved, and its last day has not passed."""
        return bool(self.approved and self.until and timezone.localdate(now) <= self.until)
