"""Whether somebody named in a referral is held already: what was answered, and what waits for others to look."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.history import tracked
from referrals.models.named import ReferredCaregiver, ReferredInfant
from referrals.models.referral import Referral
from referrals.rules.words import MATCH_ANSWERS


class MatchQuerySet(RecordQuerySet):
    def _within(self, scope):
        """Whoever may read the record that is held: the question is put to them, and to nobody else."""
        held = Family.objects.all()._within(scope)
        return self.filter(Q(infant__family__in=held) | Q(caregiver__family__in=held))


@tracked
class MatchAnswer(Record):
    """One named person against one who is held: the same, not the same, or still to be looked at by the hub.

    Append-only: the newest row of a pair holds. ``by`` is empty for what the system asked by itself.
    """

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="match_answers")
    named_infant = models.ForeignKey(
        ReferredInfant, null=True, blank=True, on_delete=models.PROTECT, related_name="match_answers"
    )
    infant = models.ForeignKey(Infant, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    named_caregiver = models.ForeignKey(
        ReferredCaregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="match_answers"
    )
    caregiver = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=9, choices=MATCH_ANSWERS)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
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
