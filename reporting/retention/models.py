"""What holds a record, and what was decided at its review. What was destroyed stands in pairs.audit.Destruction."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.service.models import Site
from reporting.retention.rules import DecisionKind, Rule

HOLD_NOT_ENDED = Q(ended_at=None, ended_by=None, ended_because="")
NOT_CONFIRMED = Q(confirmed_at=None, confirmed_by=None, signature="")
NOT_WITHDRAWN = Q(withdrawn_at=None, withdrawn_by=None)


class RetentionHoldQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "RetentionHoldQuerySet":
        """Information governance of the site."""
        return self.filter(site__in=scope.sites("govern_records"))

    def current(self) -> "RetentionHoldQuerySet":
        """The next review first."""
        return self.filter(HOLD_NOT_ENDED).order_by("review_on", "id")

    def of_family(self, family: Family) -> "RetentionHoldQuerySet":
        """On this record, or on every record of its site."""
        return self.filter(Q(family=family) | Q(family=None, site=family.site_id))

    def with_names(self) -> "RetentionHoldQuerySet":
        return self.select_related("site", "family__site", "made_by", "ended_by")


@tracked
class RetentionHold(Record):
    """Nothing of this record (or, without a family, of the site) is destroyed until the hold has ended."""

    belongs_to = "site"

    site = ProtectedKey(Site, related_name="retention_holds")
    family = ProtectedKey(Family, null=True, related_name="retention_holds")
    reason = models.CharField(max_length=300)
    made_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)
    objects = RetentionHoldQuerySet.as_manager()
    privacy = {"sensitive": "reason ended_because", "operational": "review_on ended_at"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_hold_says_why"),
            models.CheckConstraint(
                condition=HOLD_NOT_ENDED
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="a_hold_is_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold until reviewed on {self.review_on}"


class RetentionDecisionQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "RetentionDecisionQuerySet":
        """Information governance of the family's site."""
        return self.filter(family__site__in=scope.sites("govern_records"))

    def to_destroy(self) -> "RetentionDecisionQuerySet":
        """Those to destroy that stand, the oldest first."""
        return self.filter(NOT_WITHDRAWN, kind=DecisionKind.DESTROY).order_by("created_at", "id")

    def to_confirm(self) -> "RetentionDecisionQuerySet":
        """Of these, what waits for a second person."""
        return self.to_destroy().filter(NOT_CONFIRMED)

    def confirmed(self) -> "RetentionDecisionQuerySet":
        """Of these, what is destroyed when `destroy_records` is next run."""
        return self.to_destroy().exclude(NOT_CONFIRMED)

    def with_names(self) -> "RetentionDecisionQuerySet":
        return self.select_related("family__site", "decided_by", "confirmed_by", "withdrawn_by")


@tracked
class RetentionDecision(Record):
    """What was decided at a review: kept until another day, or to be destroyed, which a second person confirms.

    ``signature``: by which `destroy_records` knows that it was confirmed here (pairs/audit/signing.py).
    """

    family = ProtectedKey(Family, related_name="retention_decisions")
    kind = models.CharField(max_length=7, choices=DecisionKind)
    rule = models.CharField(max_length=13, choices=Rule)
    due_on = models.DateField(help_text="The review date as it was worked out.")
    reason = models.CharField(max_length=300)
    review_on = models.DateField(null=True, blank=True, help_text="Until when it is kept.")
    decided_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    signature = models.CharField(max_length=64, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = RetentionDecisionQuerySet.as_manager()
    privacy = {
        "sensitive": "reason",
        "operational": "kind rule due_on review_on confirmed_at signature withdrawn_at",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_retention_decision_says_why"),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.KEEP, review_on__isnull=False) & NOT_CONFIRMED & NOT_WITHDRAWN
                | Q(kind=DecisionKind.DESTROY, review_on=None),
                name="a_record_is_kept_until_a_day",
            ),
            models.CheckConstraint(
                condition=NOT_CONFIRMED
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(signature="")),
                name="a_destruction_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("decided_by")), name="a_destruction_takes_two_people"
            ),
            models.CheckConstraint(
                condition=NOT_WITHDRAWN | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_retention_decision_is_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["family"],
                condition=live_q(kind=DecisionKind.DESTROY, withdrawn_at=None),
                name="one_destruction_a_record",
            ),
        ]

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    def __str__(self) -> str:
        return self.get_kind_display()
