"""Outreach: sessions with communities who are not reached, where they were, and how many people came.

It belongs to a site and names nobody. A referral says from which session it came (``Referral.outreach_session``).
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import Place, Site, User, UserQuerySet
from pairs.web.session_times import MAX_MINUTES

RUNNERS = (
    "write_records",
    "triage_referrals",
    "supervise",
)  # any of which lets somebody do outreach at a site


class OutreachSessionQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "OutreachSessionQuerySet":
        """Of the sites where the user does outreach or reads reports."""
        return self.filter(site__in=scope.sites(*RUNNERS, "read_reports"))

    def standing(self) -> "OutreachSessionQuerySet":
        """Not cancelled."""
        return self.live().filter(cancelled_at=None)


@tracked
class OutreachSession(Record):
    """One session with a community: when, where, with whom; afterwards how many came and what was heard."""

    family_path = None
    belongs_to = "site"

    site = ProtectedKey(Site, related_name="outreach_sessions")
    place = ProtectedKey(Place, related_name="+")
    community = models.CharField(max_length=120, help_text="Which community the session is for.")
    venue = models.CharField(max_length=120, blank=True)
    partner = models.CharField(max_length=120, blank=True, help_text="Who of the community it is held with.")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    lead = ProtectedKey(settings.AUTH_USER_MODEL, related_name="outreach_sessions")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    # Afterwards.
    parents = models.PositiveSmallIntegerField(null=True, blank=True)
    children = models.PositiveSmallIntegerField(null=True, blank=True)
    professionals = models.PositiveSmallIntegerField(null=True, blank=True)
    heard = models.TextField(blank=True, help_text="What people told us, without names.")
    recorded_on = models.DateField(null=True, blank=True)
    objects = OutreachSessionQuerySet.as_manager()
    privacy = {
        "operational": "community venue partner starts_at minutes cancelled_at cancelled_because recorded_on",
        "aggregate": "parents children professionals",
        "sensitive": "heard",
    }

    class Meta:
        ordering = ["-starts_at", "id"]
        indexes = [models.Index(fields=["site", "starts_at"], name="outreach_of_site")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(5, MAX_MINUTES)), name="outreach_lasts_hours"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False, recorded_on=None) & ~Q(cancelled_because="")),
                name="cancelled_outreach_says_why",
            ),
            models.CheckConstraint(
                condition=Q(recorded_on=None, parents=None, children=None, professionals=None, heard="")
                | Q(
                    recorded_on__isnull=False,
                    parents__isnull=False,
                    children__isnull=False,
                    professionals__isnull=False,
                ),
                name="recorded_outreach_has_numbers",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.community}, {self.starts_at:%-d %B %Y}"

    @property
    def state(self) -> str:
        """Such as "held": one of pairs/web/status_tags.py."""
        if self.cancelled_at:
            return "cancelled"
        return "held" if self.recorded_on else "planned"


def query_outreach_leads() -> UserQuerySet:
    """Colleagues who may lead a session: those who do outreach anywhere."""
    return User.objects.with_permission(*RUNNERS)
