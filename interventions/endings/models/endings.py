"""Endings of episodes: drafted, completed and, if a mistake, undone; outstanding work; letters."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from interventions.endings.rules.endings import EndingDiscussion, EndingTiming
from interventions.episodes.models import Episode
from interventions.episodes.rules import EndingReason
from pairs.access.records import Record, RecordQuerySet
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Dyad
from pairs.village.models import Letter


class EndingQuerySet(RecordQuerySet):
    def whole(self) -> "EndingQuerySet":
        """With its parts and the items handed on: one extra query each."""
        parts = EndingPart.objects.live().select_related("dyad__infant", "dyad__caregiver")
        return self.select_related("begun_by", "completed_by").prefetch_related(
            models.Prefetch("parts", parts.order_by("created_at", "id")),
            models.Prefetch("handed_on", HandoverItem.objects.live().order_by("created_at", "id")),
        )


@tracked
class Ending(Record):
    """The ending of one episode: a draft while it is prepared with the family, then the completed record."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="ending")
    begun_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    ended_on = models.DateField(null=True, blank=True, help_text="The last day, as it is meant to be.")
    reason = models.CharField(max_length=2, choices=EndingReason, blank=True)
    together = models.CharField(max_length=4, choices=EndingDiscussion, blank=True)
    planned = models.CharField(max_length=3, choices=EndingTiming, blank=True)
    preparing = models.TextField(blank=True, help_text="What the last sessions are for.")
    summary = models.TextField(blank=True)
    helped = models.TextField(blank=True, help_text="What helped, as the family says it.")
    held_next_by = models.CharField(max_length=200, blank=True)
    way_back = models.CharField(max_length=300, blank=True, help_text="How this family can come back.")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    uses_ended = ArrayField(
        models.UUIDField(), default=list, blank=True, help_text="Interventions that ended with it."
    )
    objects = EndingQuerySet.as_manager()
    privacy = {
        "clinical": "ended_on reason together planned preparing summary helped held_next_by way_back",
        "operational": "completed_at uses_ended",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(completed_at=None, completed_by=None)
                | Q(completed_at__isnull=False, completed_by__isnull=False),
                name="an_ending_is_completed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None)
                | (Q(ended_on__isnull=False) & ~Q(reason="") & ~Q(together="") & ~Q(planned="")),
                name="a_completed_ending_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Ending of {self.episode}"


@tracked
class EndingPart(Record):
    """What has changed for one dyad. A row of its own, so that a letter carries only its recipient's."""

    belongs_to = "ending"
    family_path = "ending__episode__family_id"

    ending = ProtectedKey(Ending, related_name="parts")
    dyad = ProtectedKey(Dyad, related_name="ending_parts")
    text = models.TextField()
    privacy = {"clinical": "text"}

    def __str__(self) -> str:
        return f"What has changed for {self.dyad}"


@tracked
class HandoverItem(Record):
    """An outstanding item at the ending, and who takes it on."""

    belongs_to = "ending"
    family_path = "ending__episode__family_id"

    ending = ProtectedKey(Ending, related_name="handed_on")
    code = models.CharField(max_length=30, help_text="Which kind of open thing.")
    subject_id = models.UUIDField()
    what = models.TextField()
    to_whom = models.CharField(max_length=200)
    privacy = {"clinical": "what to_whom", "operational": "code subject_id"}

    def __str__(self) -> str:
        return f"{self.what}: {self.to_whom}"

    @property
    def key(self) -> str:
        return f"{self.code}:{self.subject_id}"


@tracked
class Reopening(Record):
    """An ending undone by a supervisor: its former content, who undid it, and why."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="reopenings")
    reopened_at = models.DateTimeField()
    reopened_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    because = models.CharField(max_length=300)
    ended_on = models.DateField(help_text="The last day that was undone.")
    reason = models.CharField(max_length=2, choices=EndingReason)
    summary = models.TextField(blank=True)
    held_next_by = models.CharField(max_length=200, blank=True)
    privacy = {"clinical": "because ended_on reason summary held_next_by", "operational": "reopened_at"}

    def __str__(self) -> str:
        return f"Reopened {self.reopened_at:%Y-%m-%d}"


@tracked
class EndingLetter(Record):
    """Links a letter begun at the ending to its episode; the letter itself belongs to pairs.village."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="ending_letters")
    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="of_ending")
    privacy = {}

    def __str__(self) -> str:
        return str(self.letter)
