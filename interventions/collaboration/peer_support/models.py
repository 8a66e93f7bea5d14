"""Peer support: the supporter linked to a family, and the log they keep."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from interventions.collaboration.rules import PeerContactMode
from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Family
from pairs.service.models import User, UserQuerySet


class PeerSupportQuerySet(RecordQuerySet):
    def going_on(self) -> "PeerSupportQuerySet":
        return self.filter(ended_at=None)

    def supported_by(self, scope: Scope) -> "PeerSupportQuerySet":
        """A peer supporter's own current links, to families they have access to."""
        reached = Family.objects.supported_by(scope)
        return self.live().going_on().filter(supporter_id=scope.user_id, family__in=reached)

    def with_people(self) -> "PeerSupportQuerySet":
        """Current ones first, newest first."""
        first = F("ended_at").desc(nulls_first=True)
        people = ("supporter", "caregiver", "linked_by", "ended_by")
        return self.select_related(*people).order_by(first, "-linked_at", "id")


@tracked
class PeerSupport(Record):
    """One peer supporter linked to one family, as the family agreed. Access comes with it and ends with it."""

    family = ProtectedKey(Family, related_name="peer_support")
    supporter = ProtectedKey(settings.AUTH_USER_MODEL, related_name="peer_support")
    caregiver = ProtectedKey(
        Caregiver,
        null=True,
        related_name="peer_support",
        help_text="Who they support; empty: the whole family.",
    )
    why = models.CharField(max_length=200)
    agreed_on = models.DateField(help_text="When the family agreed.")
    linked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)
    objects = PeerSupportQuerySet.as_manager()
    privacy = {"sensitive": "why agreed_on ended_because", "operational": "linked_at ended_at"}

    class Meta:
        indexes = [models.Index(fields=["family"], name="peer_support_of_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="peer_support_ends_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"Peer support by {self.supporter}"

    @property
    def site_id(self) -> UUID:
        return self.family.site_id


class PeerLogQuerySet(RecordQuerySet):
    def supported_by(self, scope: Scope) -> "PeerLogQuerySet":
        """A peer supporter's own log lines about families they are currently linked to."""
        own = PeerSupport.objects.supported_by(scope)
        return self.live().filter(support__in=own)

    def newest_first(self) -> "PeerLogQuerySet":
        return self.select_related("support__supporter").order_by("-day", "-created_at", "id")


@tracked
class PeerLog(Record):
    """One line of a peer supporter's own log. It is no clinical note."""

    belongs_to = "support"
    family_path = "support__family_id"

    support = ProtectedKey(PeerSupport, related_name="log")
    day = models.DateField()
    how = models.CharField(max_length=8, choices=PeerContactMode)
    minutes = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=120, help_text="Who was there.")
    line = models.CharField(max_length=200, help_text="What it was about, in a line.")
    objects = PeerLogQuerySet.as_manager()
    privacy = {"identifies": "who", "sensitive": "day how minutes line"}

    class Meta:
        indexes = [models.Index(fields=["support", "-day"], name="peer_logs_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(1, 720)), name="a_peer_log_has_its_minutes")
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.day}"


def query_peer_supporters() -> UserQuerySet:
    """Users who hold the role at any site. The link alone gives access, and to one family only."""
    return User.objects.with_permission("support_families")
