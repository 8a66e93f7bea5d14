"""Supervision sessions, which stay between staff, and case decisions, which are part of a family's record."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
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

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="supervision")
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervises"
    )
    supervisee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="supervised"
    )
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


@tracked
class CaseDecision(Record):
    """What was decided about a family in supervision: part of the family's record."""

    session = models.ForeignKey(SupervisionSession, on_delete=models.PROTECT, related_name="decisions")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="decisions")
    decision = models.TextField()
    do_by = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="case_actions")
    privacy = {"clinical": "decision do_by", "operational": "done_at"}

    class Meta:
        ordering = ["-created_at"]
