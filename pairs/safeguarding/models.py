"""Safeguarding: the status of each person, the other children of the household, and concerns with their steps."""

from datetime import date
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.last_day import build_gone_q
from pairs.families.models import Caregiver, Family, Infant, RiskAlert
from pairs.safeguarding.rules import (
    BANNER_STATUS_KINDS,
    AbuseCategory,
    ConcernDecision,
    ConcernStepKind,
    FamilyTold,
    StatusKind,
    describe_status,
    get_waiting_date,
)
from pairs.web.typed_text import PHONE_LENGTH

ABOUT_NOBODY = Q(infant=None, caregiver=None, child=None)
ABOUT_ONE_PERSON = (
    Q(infant__isnull=False, caregiver=None, child=None)
    | Q(infant=None, caregiver__isnull=False, child=None)
    | Q(infant=None, caregiver=None, child__isnull=False)
)


@tracked
class HouseholdChild(Record):
    """Another child of the household, who is not in our care: who they are, and who has them."""

    family = ProtectedKey(Family, related_name="household_children")
    name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True, blank=True)
    lives_with = models.CharField(max_length=160, blank=True)
    school = models.CharField(max_length=160, blank=True, help_text="School or nursery.")
    note = models.TextField(blank=True)
    privacy = {"identifies": "name birth_date", "sensitive": "lives_with school", "clinical": "note"}

    class Meta:
        verbose_name_plural = "household children"
        ordering = ["birth_date", "name"]
        indexes = [models.Index(fields=["family"], name="children_of_household")]

    def __str__(self) -> str:
        return self.name


class PersonRecordQuerySet(RecordQuerySet):
    """Rows about one of a family's people: out of sight with the person, whoever owns the row."""

    def visible_to(self, scope: Scope) -> Self:
        return super().visible_to(scope).about_live_records()

    def about_live_records(self) -> Self:
        """Not those about a record that is sealed (an adoption, a merge) or entered in error."""
        return self.filter(*(live_q(f"{who}__") for who in ("infant", "caregiver", "child")))

    def with_people(self) -> Self:
        return self.select_related("infant", "caregiver", "child")


class SafeguardingStatusQuerySet(PersonRecordQuerySet):
    def current(self) -> "SafeguardingStatusQuerySet":
        """Not ended. An end is never recorded ahead."""
        return self.filter(until=None)

    def newest_first(self) -> "SafeguardingStatusQuerySet":
        return self.order_by("-since", "id")

    def on_banner(self) -> "SafeguardingStatusQuerySet":
        """Current ones that everybody must know of. Nothing of somebody who has died."""
        return self.current().filter(kind__in=BANNER_STATUS_KINDS).exclude(build_gone_q())

    def for_banner(self, family: Family) -> "SafeguardingStatusQuerySet":
        """What stands on every page of the family: one query."""
        shown = self.live().about_live_records().on_banner().filter(family=family)
        return shown.with_people().order_by("since", "id")

    def to_review(self) -> "SafeguardingStatusQuerySet":
        """Current, with a day to look at it again, and not about somebody who has died."""
        waiting = self.current().exclude(review_on=None).exclude(build_gone_q())
        return waiting.with_people().select_related("family")


@tracked
class SafeguardingStatus(Record):
    """How one person stands with social care, a court or a MARAC: from when, until when, with whom to speak."""

    family = ProtectedKey(Family, related_name="safeguarding_statuses")
    infant = ProtectedKey(Infant, null=True, related_name="safeguarding_statuses")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="safeguarding_statuses")
    child = ProtectedKey(HouseholdChild, null=True, related_name="safeguarding_statuses")
    kind = models.CharField(max_length=16, choices=StatusKind)
    categories = ArrayField(models.CharField(max_length=10, choices=AbuseCategory), default=list, blank=True)
    court_order = models.CharField(max_length=300, blank=True, help_text="Which order, in words.")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    social_worker = models.CharField(max_length=120, blank=True)
    social_worker_phone = models.CharField(max_length=PHONE_LENGTH, blank=True)
    social_worker_of = models.CharField(max_length=160, blank=True, help_text="Local authority or team.")
    note = models.TextField(blank=True)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = SafeguardingStatusQuerySet.as_manager()
    privacy = {
        "sensitive": "kind categories court_order since until ended_because review_on",
        "contact": "social_worker social_worker_phone social_worker_of",
        "clinical": "note",
    }

    class Meta:
        verbose_name_plural = "safeguarding statuses"
        indexes = [models.Index(fields=["family", "until"], name="statuses_of_family")]
        constraints = [
            models.CheckConstraint(condition=ABOUT_ONE_PERSON, name="status_is_of_one_person"),
            models.CheckConstraint(
                condition=~Q(kind=StatusKind.PROTECTION_PLAN) | ~Q(categories=[]),
                name="a_plan_has_its_category",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StatusKind.COURT_ORDER) | ~Q(court_order=""),
                name="a_court_order_is_named",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_status_ends_after_it_began"
            ),
        ]

    @property
    def person(self) -> Any:
        return self.infant or self.caregiver or self.child

    @property
    def words(self) -> str:
        """The kind with its categories, or the order in its words."""
        return describe_status(self.kind, self.categories, self.court_order)

    def __str__(self) -> str:
        return f"{self.person}: {self.words}"


class SafeguardingConcernQuerySet(PersonRecordQuerySet):
    def with_steps(self) -> "SafeguardingConcernQuerySet":
        """A concern as it is read: who, by whom, and each step oldest first."""
        steps = ConcernStep.objects.live().select_related("by")
        return (
            self.with_people().select_related("recorded_by").prefetch_related(models.Prefetch("steps", steps))
        )

    def with_step_days(self) -> "SafeguardingConcernQuerySet":
        """``step_days``: kind and day to ask by of each step, oldest first; no more queries."""
        steps = ConcernStep.objects.live().filter(concern=OuterRef("pk")).order_by("at", "id")
        return self.annotate(
            step_days=ArraySubquery(steps.values(row=JSONObject(kind="kind", ask_by="chase_by")))
        )

    def awaiting_answer(self) -> "SafeguardingConcernQuerySet":
        """Those that named a day to ask by, then or in a later step."""
        named = ConcernStep.objects.live().exclude(chase_by=None)
        waiting = self.filter(Q(chase_by__isnull=False) | Q(pk__in=named.values("concern")))
        return waiting.with_step_days().with_people().select_related("family")

    def newest_first(self) -> "SafeguardingConcernQuerySet":
        return self.order_by("-noticed_on", "-created_at", "id")


@tracked
class SafeguardingConcern(Record):
    """An act: what was seen or heard, who was told, what was decided and why. Never rewritten, only gone on with."""

    family = ProtectedKey(Family, related_name="safeguarding_concerns")
    infant = ProtectedKey(Infant, null=True, related_name="safeguarding_concerns")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="safeguarding_concerns")
    child = ProtectedKey(HouseholdChild, null=True, related_name="safeguarding_concerns")
    what = models.TextField(help_text="What was seen or heard.")
    noticed_on = models.DateField()
    told = models.TextField(blank=True, help_text="Whom, and when, in words.")
    decision = models.CharField(max_length=12, choices=ConcernDecision)
    why = models.TextField()
    family_told = models.CharField(max_length=8, choices=FamilyTold)
    without_agreement = models.TextField(blank=True, help_text="Why it was right to share it all the same.")
    chase_by = models.DateField(null=True, blank=True)
    alert = models.OneToOneField(
        RiskAlert, null=True, blank=True, on_delete=models.PROTECT, related_name="concern"
    )
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = SafeguardingConcernQuerySet.as_manager()
    privacy = {"clinical": "what noticed_on told decision why family_told without_agreement chase_by"}

    class Meta:
        indexes = [models.Index(fields=["family"], name="concerns_of_family")]
        constraints = [
            models.CheckConstraint(
                condition=ABOUT_NOBODY | ABOUT_ONE_PERSON, name="concern_is_about_one_or_all"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_decision_says_why"),
            models.CheckConstraint(
                condition=Q(family_told=FamilyTold.AGREED)
                | ~Q(without_agreement="")
                | Q(decision=ConcernDecision.NOT_REFERRED, told=""),
                name="sharing_without_agreement_says_why",
            ),
        ]
        # Its words stand; its place may move with a merge, and it may be marked as entered in error.
        triggers = [
            pgtrigger.Protect(
                name="words_stand",
                operation=pgtrigger.UpdateOf(
                    "what",
                    "noticed_on",
                    "told",
                    "decision",
                    "why",
                    "family_told",
                    "without_agreement",
                    "chase_by",
                    "alert_id",
                    "recorded_by_id",
                    "created_at",
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def person(self) -> Any:
        return self.infant or self.caregiver or self.child

    @property
    def waits_until(self) -> date | None:
        """The day by which to ask what came of it, or None. Rows come from ``with_step_days()``."""
        steps = [(step["kind"], _parse_day(step["ask_by"])) for step in self.step_days]
        return get_waiting_date([("raised", self.chase_by), *steps])

    @property
    def has_outcome(self) -> bool:
        """Rows come from ``with_step_days()``."""
        return any(step["kind"] == ConcernStepKind.OUTCOME for step in self.step_days)

    def __str__(self) -> str:
        return f"Safeguarding concern of {self.noticed_on:%Y-%m-%d}"


def _parse_day(text: str | None) -> Any:
    """A day as PostgreSQL writes it in JSON."""
    return date.fromisoformat(text) if text else None


@tracked
class ConcernStep(Record):
    """What came of a concern, a professional disagreement, a note: append-only."""

    belongs_to = "concern"
    family_path = "concern__family_id"

    concern = ProtectedKey(SafeguardingConcern, related_name="steps")
    kind = models.CharField(max_length=10, choices=ConcernStepKind)
    text = models.TextField()
    to_whom = models.CharField(max_length=200, blank=True, help_text="To whom a disagreement was said.")
    chase_by = models.DateField(null=True, blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField()
    privacy = {"clinical": "text to_whom chase_by", "operational": "kind at"}

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=ConcernStepKind.CHALLENGE) | ~Q(to_whom=""),
                name="a_challenge_is_said_to_somebody",
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_kind_display()
