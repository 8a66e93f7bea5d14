"""Each use of emergency access: who opened which record, why, until when, and what its review found."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.emergency_access.rules import Finding
from pairs.families.models import Family

NOT_REVIEWED = Q(reviewed_at=None, reviewed_by=None, finding="", finding_note="")
REVIEWED = Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(finding="") & ~Q(finding_note="")


class EmergencyAccessQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "EmergencyAccessQuerySet":
        """Information governance of the family's site, for review."""
        return self.filter(family__site__in=scope.sites("govern_records"))

    def to_review(self) -> "EmergencyAccessQuerySet":
        """The oldest first."""
        return self.filter(NOT_REVIEWED).order_by("created_at", "id")

    def reviewed(self) -> "EmergencyAccessQuerySet":
        """The latest first."""
        return self.filter(REVIEWED).order_by("-reviewed_at", "id")

    def with_names(self) -> "EmergencyAccessQuerySet":
        return self.select_related("family__site", "opened_by", "reviewed_by")


@tracked
class EmergencyAccess(Record):
    """One use. What it opens is a FamilyGrant of that purpose, which ends by itself; this row is its review."""

    family = ProtectedKey(Family, related_name="emergency_access")
    opened_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    reason = models.CharField(max_length=200)
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    finding = models.CharField(max_length=13, choices=Finding, blank=True)
    finding_note = models.CharField(max_length=500, blank=True)
    objects = EmergencyAccessQuerySet.as_manager()
    privacy = {"sensitive": "reason finding finding_note", "operational": "until reviewed_at"}

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], condition=NOT_REVIEWED, name="emergency_access_to_review")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_access_says_why"),
            models.CheckConstraint(
                condition=NOT_REVIEWED | REVIEWED, name="emergency_access_is_reviewed_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("opened_by")), name="nobody_reviews_their_own_emergency_access"
            ),
        ]

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    def __str__(self) -> str:
        return f"Emergency access to family {self.family_id}"
