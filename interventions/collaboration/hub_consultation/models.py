"""Requests from a satellite site to the hub about a family, and the steps taken on them."""

from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from interventions.collaboration.rules import (
    HUB_REQUEST_TRANSITIONS,
    HubHelp,
    HubRequestStatus,
    Urgency,
)
from interventions.episodes.models import Episode
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.service.models import Site

OPEN_STATUSES = tuple(sorted(status for status, steps in HUB_REQUEST_TRANSITIONS.items() if steps))


class HubAskQuerySet(RecordQuerySet):
    def open(self) -> "HubAskQuerySet":
        """Not yet answered, declined or ended."""
        return self.filter(status__in=OPEN_STATUSES)

    def asked_of(self, scope: Scope) -> "HubAskQuerySet":
        """Requests to the hub that this user may see: those waiting, and those they have accepted themselves.

        Such a row shows the question only: the family itself needs a grant.
        """
        here = Q(to_site__in=scope.sites("write_records"))
        mine = Q(status=HubRequestStatus.ASKED) | Q(status=HubRequestStatus.TAKEN, taken_by=scope.user_id)
        open_family = live_q("family__") & Q(family__restricted=False)
        return self.live().filter(here & mine & open_family)

    def with_people(self) -> "HubAskQuerySet":
        people = ("family__site", "to_site", "episode", "asked_by", "answer_to", "taken_by")
        return self.select_related(*people)

    def waiting_first(self) -> "HubAskQuerySet":
        """Open ones first, the longest asked first; then the rest, the newest first."""
        return self.with_people().order_by(F("closed_at").desc(nulls_first=True), "asked_at", "id")


@tracked
class HubRequest(Record):
    """A question to the hub about one family. ``status`` repeats the newest HubRequestStep."""

    reference = models.CharField(max_length=16, unique=True)
    family = ProtectedKey(Family, related_name="asks")
    episode = ProtectedKey(Episode, null=True, related_name="asks")
    to_site = ProtectedKey(Site, related_name="+")
    wants = models.CharField(max_length=8, choices=HubHelp)
    question = models.TextField(help_text="Without names: the hub reads it before anyone opens the record.")
    urgency = models.CharField(max_length=6, choices=Urgency)
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    asked_at = models.DateTimeField()
    answer_to = ProtectedKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        help_text="Who waits for it: the person who asked, or the lead after a move.",
    )
    status = models.CharField(max_length=8, choices=HubRequestStatus, default=HubRequestStatus.ASKED)
    taken_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day on which the hub has access.")
    closed_at = models.DateTimeField(null=True, blank=True)
    objects = HubAskQuerySet.as_manager()
    privacy = {
        "clinical": "question",
        "operational": "reference wants urgency asked_at status taken_at until closed_at",
    }

    class Meta:
        indexes = [models.Index(fields=["to_site", "status"], name="asks_of_hub")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None, until=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False, until__isnull=False),
                name="an_ask_is_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(HubRequestStatus.ASKED, HubRequestStatus.DECLINED), taken_by=None)
                | Q(status__in=(HubRequestStatus.TAKEN, HubRequestStatus.ANSWERED), taken_by__isnull=False)
                | Q(status=HubRequestStatus.ENDED),
                name="an_ask_is_answered_by_who_took_it",
            ),
            models.CheckConstraint(
                condition=Q(status__in=OPEN_STATUSES, closed_at=None)
                | (~Q(status__in=OPEN_STATUSES) & Q(closed_at__isnull=False)),
                name="an_ask_is_open_or_closed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ask_as_asked",
                operation=pgtrigger.UpdateOf("reference", "asked_at", "asked_by_id", "question", "wants"),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def site_id(self) -> UUID:
        """The site that asks: the one that holds the family."""
        return self.family.site_id


@tracked
class HubRequestStep(Record):
    """One step of a request: who, when, the new status, and the reason or answer. Append-only."""

    belongs_to = "ask"
    family_path = "ask__family_id"

    ask = ProtectedKey(HubRequest, related_name="steps")
    status = models.CharField(max_length=8, choices=HubRequestStatus)
    words = models.TextField(blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField()
    privacy = {"clinical": "words", "operational": "status at"}

    class Meta:
        ordering = ["at"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_status_display()
