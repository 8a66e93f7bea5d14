"""Countersigning of trainees' notes, stars for supervision, and users who hide the prompts."""

from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.models.contacts import CareContact
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.service.models import User


@tracked
class CountersignStep(Record):
    """A trainee's note was countersigned, or returned with a reason; or a leaver's was signed. Append-only."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = ProtectedKey(CareContact, related_name="countersign_steps")
    status = models.CharField(max_length=8, choices=CountersigningState)
    reason = models.CharField(max_length=500, blank=True)
    by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "status reason"}

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=(CountersigningState.DONE, CountersigningState.LEFT))
                | (Q(status=CountersigningState.RETURNED) & ~Q(reason="")),
                name="what_is_given_back_says_why",
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_status_display()} by {self.by}"


class StarQuerySet(RecordQuerySet):
    def active(self) -> "StarQuerySet":
        """Stars that have not been removed."""
        return self.filter(taken_off_at=None)

    def newest_first(self) -> "StarQuerySet":
        return self.select_related("starred_by", "care_contact__episode__family").order_by("-created_at")


@tracked
class StarredContact(Record):
    """A contact that somebody wants to talk about in supervision."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = ProtectedKey(CareContact, related_name="stars")
    starred_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="stars")
    taken_off_at = models.DateTimeField(null=True, blank=True)
    objects = StarQuerySet.as_manager()
    privacy = {"operational": "taken_off_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["care_contact", "starred_by"],
                condition=live_q(taken_off_at=None),
                name="starred_once_by_each",
            )
        ]

    def __str__(self) -> str:
        return f"Starred by {self.starred_by}"


@tracked
class NotePrompts(models.Model):
    """A user's preference whether reflective prompts are shown beside a note."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="note_prompts"
    )
    hidden = models.BooleanField(default=False)
    privacy = {"operational": "hidden"}

    def __str__(self) -> str:
        return "Prompts hidden" if self.hidden else "Prompts shown"


def should_show_prompts(user: User) -> bool:
    """Whether the prompts are shown to this user: yes, until they hide them."""
    return not query_hidden_prompts(user.pk).exists()


def query_hidden_prompts(user_id: UUID) -> models.QuerySet[NotePrompts]:
    """The user's row if they have hidden the prompts."""
    return NotePrompts.objects.filter(user=user_id, hidden=True)
