"""Changes of an episode's lead; absences, and who covers them; work that was handed over."""

import uuid
from datetime import date
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from interventions.episodes.models import Episode
from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.service.models import Site


@tracked
class LeadChange(Record):
    """The lead of an episode changed inside its site: from whom to whom, from which day, and why."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="lead_changes")
    before = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    lead = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    since = models.DateField()
    why = models.CharField(max_length=300)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "why", "operational": "since"}

    class Meta:
        ordering = ["since", "created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("lead")), name="a_lead_change_changes_the_lead")
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_lead_change_stays",
                operation=pgtrigger.UpdateOf("before_id", "lead_id", "since", "why") | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"From {self.before} to {self.lead}"

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id


class AbsenceQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "AbsenceQuerySet":
        """Those of the user, those they cover, and those at sites where they write records or supervise."""
        own = Q(person_id=scope.user_id) | Q(cover_id=scope.user_id)
        return self.filter(own | Q(site__in=scope.sites("write_records", "supervise")))

    def standing(self) -> "AbsenceQuerySet":
        """Not cancelled."""
        return self.live().filter(cancelled_at=None)

    def on_day(self, on: date) -> "AbsenceQuerySet":
        """Under way on that day; the first and the last day count."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)

    def unended(self, on: date) -> "AbsenceQuerySet":
        """Under way on that day, or still to come."""
        return self.filter(ends_on__gte=on)

    def overlapping(self, starts_on: date, ends_on: date) -> "AbsenceQuerySet":
        """With at least one day between these two."""
        return self.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)


@tracked
class Absence(Record):
    """A colleague is away from a site, and who covers: their due items and families are the cover's until the end.

    Why they are away is not recorded: it is the colleague's own business.
    """

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="absences")
    person = ProtectedKey(settings.AUTH_USER_MODEL, related_name="absences")
    cover = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="covered_absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    objects = AbsenceQuerySet.as_manager()
    privacy = {"staff": "starts_on ends_on", "operational": "cancelled_at"}

    class Meta:
        ordering = ["starts_on", "created_at"]
        indexes = [models.Index(fields=["cover", "ends_on"], name="absences_covered")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="an_absence_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("person")), name="an_absence_is_covered_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.starts_on:%-d %b} to {self.ends_on:%-d %b %Y}"


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "HandOverQuerySet":
        """For whoever keeps accounts, and for the supervisors of a site whose work was handed over."""
        if scope.may("manage_accounts"):
            return self
        parts = HandedWork.objects.filter(hand_over=OuterRef("pk"), site__in=scope.sites("supervise"))
        return self.filter(Exists(parts))

    def with_names(self) -> "HandOverQuerySet":
        return self.select_related("leaver", "by", "undone_by")


@tracked
class HandOver(models.Model):
    """What a colleague held went to others, all at once; undone in one step until their account is closed."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leaver = ProtectedKey(settings.AUTH_USER_MODEL, related_name="hand_overs")
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=300)
    moved = models.JSONField(default=list, blank=True, help_text="What was changed, for undoing it.")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = HandOverQuerySet.as_manager()
    privacy = {"staff": "why", "operational": "at moved undone_at"}

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="a_hand_over_is_undone_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Work of {self.leaver}, {self.at:%-d %B %Y}"

    def list_sites(self) -> set[UUID]:
        """Sites of which something was handed over."""
        return set(self.parts.values_list("site", flat=True))


class HandedWorkQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "HandedWorkQuerySet":
        """For whoever keeps accounts, and for the supervisors of its site."""
        return self if scope.may("manage_accounts") else self.filter(site__in=scope.sites("supervise"))


@tracked
class HandedWork(models.Model):
    """One thing of a hand-over: what it was, without a name, and who has it now; no one where it ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hand_over = ProtectedKey(HandOver, related_name="parts")
    site = ProtectedKey(Site, null=True, related_name="+")  # null: a form about no family
    family = ProtectedKey(Family, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    what = models.CharField(max_length=200)
    to = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = HandedWorkQuerySet.as_manager()
    privacy = {"operational": "kind what"}

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["hand_over"], name="parts_of_hand_over")]

    def __str__(self) -> str:
        return self.what


@tracked
class LeadCheck(models.Model):
    """One day's check that no family is without a lead: the episodes that were found, and why."""

    family_path = None

    on = models.DateField(primary_key=True)
    checked_at = models.DateTimeField(auto_now_add=True)
    found = models.JSONField(default=list, blank=True, help_text="[episode, reason], by episode.")
    privacy = {"operational": "on checked_at found"}

    def __str__(self) -> str:
        return f"Check of {self.on:%-d %B %Y}"
