"""Answers whether a person named in a referral has a record already, and checks that are waiting."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Family, Infant
from referrals.models.referral import Referral
from referrals.models.referred_people import ReferredCaregiver, ReferredInfant
from referrals.rules.choices import MatchResult


class MatchQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "MatchQuerySet":
        """Checks of records that the scope may read."""
        held = scope.rows(Family)
        return self.filter(Q(infant__family__in=held) | Q(caregiver__family__in=held))

    def waiting(self) -> "MatchQuerySet":
        """Checks asked for and not answered: the newest row for a named person and a record counts."""
        same_pair = Q(named_infant=models.OuterRef("named_infant"), infant=models.OuterRef("infant")) | Q(
            named_caregiver=models.OuterRef("named_caregiver"), caregiver=models.OuterRef("caregiver")
        )
        later = MatchAnswer.objects.live().filter(same_pair, at__gt=models.OuterRef("at"))
        return self.live().filter(~models.Exists(later), answer=MatchResult.ASKED)

    def with_held(self) -> "MatchQuerySet":
        """With the named person, the existing record and its site, in the same query."""
        family = Coalesce("infant__family_id", "caregiver__family_id")
        site = Coalesce("infant__family__site_id", "caregiver__family__site_id")
        who = (
            "referral",
            "named_infant",
            "named_caregiver",
            "infant__family__site",
            "caregiver__family__site",
        )
        return self.select_related(*who).annotate(held_family=family, site_id=site)


@tracked
class MatchAnswer(Record):
    """One named person compared with one existing record: same, not the same, or waiting for the hub's check.

    Append-only: the newest row counts. ``by`` is empty where the system asked.
    """

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = ProtectedKey(Referral, related_name="match_answers")
    named_infant = ProtectedKey(ReferredInfant, null=True, related_name="match_answers")
    infant = ProtectedKey(Infant, null=True, related_name="+")
    named_caregiver = ProtectedKey(ReferredCaregiver, null=True, related_name="match_answers")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="+")
    answer = models.CharField(max_length=9, choices=MatchResult)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = MatchQuerySet.as_manager()
    privacy = {"clinical": "reason", "operational": "answer at"}

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    named_infant__isnull=False, infant__isnull=False, named_caregiver=None, caregiver=None
                )
                | Q(named_infant=None, infant=None, named_caregiver__isnull=False, caregiver__isnull=False),
                name="match_baby_with_baby",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="match_append_only", operation=pgtrigger.UpdateOf("answer", "reason", "at", "by_id")
            )
        ]

    @property
    def named(self) -> Any:
        """Who is named in the referral."""
        return self.named_infant or self.named_caregiver

    @property
    def held(self) -> Any:
        """The existing person it is compared with."""
        return self.infant or self.caregiver
