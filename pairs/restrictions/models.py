"""A restriction of a family's record: from when, why, when it is looked at again, and how it ended."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.restrictions.rules import OwnRecordKind

NOT_ENDED = Q(ended_at=None, ended_by=None, ended_because="")


class FamilyRestrictionQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "FamilyRestrictionQuerySet":
        """Information governance alone: why a record is restricted may itself be what must not be known."""
        return self.filter(family__site__in=scope.sites("govern_records"))

    def current(self) -> "FamilyRestrictionQuerySet":
        """The next review first."""
        return self.filter(NOT_ENDED).order_by("review_on", "id")

    def ended(self) -> "FamilyRestrictionQuerySet":
        """The latest first."""
        return self.exclude(ended_at=None).order_by("-ended_at", "id")

    def with_names(self) -> "FamilyRestrictionQuerySet":
        return self.select_related("family__site", "made_by", "reviewed_by", "ended_by")


@tracked
class FamilyRestriction(Record):
    """``Family.restricted`` is what every query asks; this says why, since when, and what became of it.

    A merge of two restricted records leaves two of them, which are reviewed each and end together.
    """

    family = ProtectedKey(Family, related_name="restrictions")
    because = models.CharField(max_length=200)
    made_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    review_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    review_note = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    ended_because = models.CharField(max_length=200, blank=True)
    objects = FamilyRestrictionQuerySet.as_manager()
    privacy = {
        "sensitive": "because review_note ended_because",
        "operational": "review_on reviewed_at ended_at",
    }

    class Meta:
        indexes = [models.Index(fields=["review_on"], condition=NOT_ENDED, name="restrictions_to_review")]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="a_restriction_says_why"),
            models.CheckConstraint(
                condition=NOT_ENDED
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="a_restriction_is_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("created_at")),
                name="a_restriction_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, review_note="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review_note="")),
                name="a_review_is_by_somebody",
            ),
        ]

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    def __str__(self) -> str:
        return f"Restriction of family {self.family_id}"


class OwnRecordAnswerQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "OwnRecordAnswerQuerySet":
        """Information governance alone."""
        return self.filter(family__site__in=scope.sites("govern_records"))

    def newest_first(self) -> "OwnRecordAnswerQuerySet":
        return self.select_related("person", "family__site").order_by("-created_at", "id")


@tracked
class OwnRecordAnswer(Record):
    """What a colleague said of a record whose carer has their name or e-mail address.

    Only of somebody else does the record open to them. Governance takes an answer back by marking it entered in error.
    """

    family = ProtectedKey(Family, related_name="own_record_answers")
    person = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    answer = models.CharField(max_length=5, choices=OwnRecordKind)
    objects = OwnRecordAnswerQuerySet.as_manager()
    privacy = {"sensitive": "answer"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"], condition=live_q(), name="one_answer_a_person_and_record"
            )
        ]

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    def __str__(self) -> str:
        return self.get_answer_display()
