"""Completed measures and ratings of goals: what changed in the relationship."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.episodes.models import Episode, Goal
from outcomes.rules import TIMEPOINTS
from pairs.access.records import Record, RecordQuerySet
from pairs.families.models import Caregiver, Dyad
from pairs.service.history import tracked


class AssessmentQuerySet(RecordQuerySet):
    def in_time_order(self):
        return self.order_by("completed_on", "created_at")


@tracked
class Assessment(Record):
    """One completed (or declined) measure for a dyad: item numbers and values, never the items' words."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="assessments")
    dyad = models.ForeignKey(Dyad, on_delete=models.PROTECT, related_name="assessments")
    measure = models.SlugField(help_text="Id in outcomes/catalogue.")
    measure_version = models.CharField(max_length=20)
    timepoint = models.CharField(max_length=8, choices=TIMEPOINTS)
    rater = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    rated_by_staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="ratings"
    )
    completed_on = models.DateField()
    declined = models.BooleanField(default=False)
    responses = models.JSONField(
        default=dict, help_text="{item number as text: value}; a missing item is absent."
    )
    scores = models.JSONField(default=dict, help_text="{subscale: score, or null where an item is missing}.")
    scoring_version = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    objects = AssessmentQuerySet.as_manager()
    privacy = {
        "clinical": "measure measure_version timepoint completed_on declined responses scores",
        "operational": "scoring_version",
    }

    class Meta:
        indexes = [models.Index(fields=["episode", "measure", "completed_on"], name="assessments_of_episode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rater=None, rated_by_staff__isnull=False)
                | Q(rater__isnull=False, rated_by_staff=None),
                name="assessment_has_one_rater",
            )
        ]

    def __str__(self):
        return f"{self.measure} at {self.timepoint}"


@tracked
class GoalRating(Record):
    """How near a goal feels, from 0 (not at all) to 10 (reached), as the family says it."""

    belongs_to = "goal"
    family_path = "goal__episode__family_id"

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ratings")
    timepoint = models.CharField(max_length=8, choices=TIMEPOINTS)
    score = models.PositiveSmallIntegerField()
    rated_on = models.DateField()
    rater = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="goal_ratings")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    privacy = {"clinical": "timepoint score rated_on"}

    class Meta:
        ordering = ["rated_on", "created_at"]
        constraints = [models.CheckConstraint(condition=Q(score__range=(0, 10)), name="goal_rating_0_to_10")]
