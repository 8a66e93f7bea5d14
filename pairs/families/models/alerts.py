"""What nobody may miss: risk alerts with what was done about them, and the cautions of those who go and write."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Now, TruncDate

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.choices import AlertStepKind, CautionKind
from pairs.families.models.family import Family, build_family_within_q
from pairs.families.models.people import Caregiver, Infant
from pairs.service.models import Site


class RiskAlertQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "RiskAlertQuerySet":
        """With the family once there is one; before that, with the site that owns it."""
        owned = Q(family=None, site__in=scope.sites("read_families", "triage_referrals"))
        return self.filter(owned | build_family_within_q(scope, "family__"))

    def open(self) -> "RiskAlertQuerySet":
        return self.filter(closed_at=None)

    def unseen(self) -> "RiskAlertQuerySet":
        """Open, and seen by nobody."""
        return self.live().open().filter(seen_at=None)


@tracked
class RiskAlert(Record):
    """Somebody must see this and say what they did. Stored, owned by a site from the start, never snoozed."""

    family = ProtectedKey(Family, null=True, related_name="alerts")
    site = ProtectedKey(Site, related_name="alerts")
    about = models.CharField(
        max_length=20, blank=True, help_text="The referral's reference, before there is a family."
    )
    what = models.CharField(max_length=300)
    raised_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    lead = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    objects = RiskAlertQuerySet.as_manager()
    privacy = {"clinical": "what", "operational": "about seen_at closed_at"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=False) | ~Q(about=""), name="alert_is_about_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"Risk alert of {self.created_at:%Y-%m-%d}"


@tracked
class RiskAlertStep(Record):
    """What was done about an alert: append-only."""

    belongs_to = "alert"
    family_path = "alert__family_id"

    alert = ProtectedKey(RiskAlert, related_name="steps")
    kind = models.CharField(max_length=9, choices=AlertStepKind)
    note = models.TextField(blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    at = models.DateTimeField()
    privacy = {"clinical": "note", "operational": "kind at"}

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AlertStepKind.ESCALATED, by=None)
                | (~Q(kind=AlertStepKind.ESCALATED) & Q(by__isnull=False)),
                name="only_the_timetable_is_nobody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_kind_display()


class CautionQuerySet(RecordQuerySet):
    def current(self) -> "CautionQuerySet":
        """Neither ended nor past its last day, by the database's clock."""
        return self.filter(Q(until=None) | Q(until__gte=TruncDate(Now())))

    def with_people(self) -> "CautionQuerySet":
        return self.select_related("caregiver", "infant", "kept_from")


@tracked
class Caution(Record):
    """What to know before one books, writes or goes: people to be kept apart, a risk to a lone worker."""

    family = ProtectedKey(Family, related_name="cautions")
    kind = models.CharField(max_length=12, choices=CautionKind)
    caregiver = ProtectedKey(Caregiver, null=True, related_name="cautions")
    infant = ProtectedKey(Infant, null=True, related_name="cautions")
    kept_from = ProtectedKey(Caregiver, null=True, related_name="kept_from")
    kept_from_name = models.CharField(max_length=120, blank=True, help_text="Someone without a record here.")
    court_order = models.CharField(
        max_length=200, blank=True, help_text="Which order asks for it, in words; empty when none does."
    )
    what = models.CharField(max_length=300, help_text="What is known, in a sentence.")
    what_to_do = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    objects = CautionQuerySet.as_manager()
    privacy = {"sensitive": "kind kept_from_name court_order what what_to_do since until"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=CautionKind.KEEP_APART)
                | Q(kept_from__isnull=False)
                | ~Q(kept_from_name=""),
                name="kept_apart_from_somebody",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_caution_ends_after_it_began"
            ),
        ]

    @property
    def person(self) -> Caregiver | Infant | None:
        """Whom it is about: one of the family's people, or (None) whoever goes there."""
        return self.infant or self.caregiver

    @property
    def other(self) -> str | Caregiver:
        """From whom to keep them apart."""
        return self.kept_from or self.kept_from_name

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"


def build_caution_kinds(family: OuterRef) -> ArraySubquery:
    """For a list's row: the kinds of caution that hold for its family, without a query more."""
    kinds = Caution.objects.live().current().filter(family=family).order_by("kind").distinct()
    return ArraySubquery(kinds.values("kind"))
