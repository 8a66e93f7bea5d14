"""Co-workers of an episode, and the history of its focus and THRIVE grouping."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet

from interventions.episodes.models import Episode
from pairs.access.records import Record, RecordQuerySet
from pairs.database.arrays import build_among
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Dyad
from pairs.service.models import User
from referrals.rules.choices import ThriveGrouping


class CoWorkerQuerySet(RecordQuerySet):
    def current(self, on: date) -> "CoWorkerQuerySet":
        """Co-workers on that day; the last day counts."""
        return self.filter(since__lte=on).filter(Q(until=None) | Q(until__gte=on))


@tracked
class CoWorker(Record):
    """A colleague who works on an episode with its lead, with dates and purpose."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="co_workers")
    user = ProtectedKey(settings.AUTH_USER_MODEL, related_name="co_works")
    why = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    objects = CoWorkerQuerySet.as_manager()
    privacy = {"clinical": "why", "operational": "since until"}

    class Meta:
        ordering = ["since", "created_at"]
        indexes = [models.Index(fields=["user", "until"], name="episodes_of_co_worker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="co_work_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id


def query_co_worked_episodes(user: User | UUID | None, on: date) -> QuerySet[Any, dict[str, Any]]:
    """Ids of the episodes on which the user is a co-worker that day."""
    return CoWorker.objects.live().current(on).filter(user=user).values("episode")


def build_working_q(user: User | UUID | None, on: date, *, leads: Iterable[Any] | None = None) -> Q:
    """Of episodes: those that the user leads or co-works that day. ``leads``: all whose lead counts as the user's."""
    led = Q(lead=user) if leads is None else Q(lead__in=leads)
    return led | Q(build_among("pk", query_co_worked_episodes(user, on)))


@tracked
class FocusChange(Record):
    """A dyad was added to an episode's focus or removed from it. Append-only."""

    class Direction(models.TextChoices):
        IN = "in", "Came into focus"
        OUT = "out", "Went out of focus"

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="focus_changes")
    dyad = ProtectedKey(Dyad, related_name="focus_changes")
    change = models.CharField(max_length=3, choices=Direction)
    since = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "change since why"}

    class Meta:
        ordering = ["since", "created_at"]

    def __str__(self) -> str:
        return self.get_change_display()


@tracked
class GroupingStep(Record):
    """The THRIVE grouping from a day on, why, and whether agreed; the episode repeats the newest."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="grouping_steps")
    before = models.CharField(max_length=12, choices=ThriveGrouping, blank=True)
    grouping = models.CharField(max_length=12, choices=ThriveGrouping)
    since = models.DateField()
    why = models.CharField(max_length=500)
    agreed = models.BooleanField(help_text="Agreed with the family.")
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "before grouping since why agreed"}

    class Meta:
        ordering = ["since", "created_at"]
        triggers = [
            pgtrigger.Protect(
                name="what_was_said_stays",
                operation=pgtrigger.UpdateOf("before", "grouping", "since", "why", "agreed"),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.get_grouping_display()
