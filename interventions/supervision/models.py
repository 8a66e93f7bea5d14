"""Supervision sessions, which stay between staff, and case decisions, which are part of a family's record."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.service.models import Site


class SupervisionSessionQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "SupervisionSessionQuerySet":
        """Sessions of the user's own, and those at sites where they supervise."""
        two = Q(supervisor_id=scope.user_id) | Q(supervisee_id=scope.user_id)
        return self.filter(two | Q(site__in=scope.sites("supervise")))


@tracked
class SupervisionSession(Record):
    """One session of supervision. Never a care contact; its staff content stays between staff."""

    class Kind(models.TextChoices):
        CLINICAL = "clinical", "Clinical"
        MANAGERIAL = "managerial", "Managerial"
        REFLECTIVE = "reflective", "Reflective"
        PEER = "peer", "Peer"

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="supervision")
    supervisor = ProtectedKey(settings.AUTH_USER_MODEL, related_name="supervises")
    supervisee = ProtectedKey(settings.AUTH_USER_MODEL, related_name="supervised")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.CLINICAL)
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=60)
    note = models.TextField(blank=True)
    objects = SupervisionSessionQuerySet.as_manager()
    privacy = {"staff": "kind held_on minutes note"}

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} supervision, {self.held_on}"


class PlannedSupervisionQuerySet(SupervisionSessionQuerySet):
    def standing(self) -> "PlannedSupervisionQuerySet":
        """Neither cancelled nor held yet."""
        return self.live().filter(cancelled_at=None, held_as=None)


@tracked
class PlannedSupervision(Record):
    """A session that is to be. Apart from those that were held, so that what is only planned is never counted."""

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="planned_supervision")
    supervisor = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    supervisee = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_as = models.OneToOneField(
        SupervisionSession, null=True, blank=True, on_delete=models.PROTECT, related_name="planned_as"
    )
    objects = PlannedSupervisionQuerySet.as_manager()
    privacy = {"staff": "starts_at minutes", "operational": "cancelled_at"}

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name_plural = "planned supervision"
        indexes = [models.Index(fields=["starts_at"], name="planned_supervision_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 480)), name="planned_supervision_lasts_hours"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(held_as=None), name="cancelled_supervision_is_not_held"
            ),
        ]

    def __str__(self) -> str:
        return f"Supervision of {self.starts_at:%Y-%m-%d %H:%M}"


@tracked
class CaseDecision(Record):
    """What was decided about a family in supervision: part of the family's record."""

    session = ProtectedKey(SupervisionSession, related_name="decisions")
    family = ProtectedKey(Family, related_name="decisions")
    decision = models.TextField()
    do_by = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    owner = ProtectedKey(settings.AUTH_USER_MODEL, related_name="case_actions")
    privacy = {"clinical": "decision do_by", "operational": "done_at"}

    class Meta:
        ordering = ["-created_at"]
