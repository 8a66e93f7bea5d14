"""Completed measures and ratings of goals, the links by which parents answer, and what the service chose to offer."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from interventions.episodes.models import Episode, Goal, Intervention
from outcomes.rules import AgeBand, CompletionWay, RaterRole, Reliability, Timepoint
from pairs.access.one_time_links import FoundByToken, TimedLink
from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Dyad
from referrals.rules.choices import ThriveGrouping


class AssessmentQuerySet(RecordQuerySet):
    def in_time_order(self) -> "AssessmentQuerySet":
        return self.order_by("completed_on", "created_at")


@tracked
class Assessment(Record):
    """One completed (or declined) measure for a dyad: item numbers and values, never the items' words."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="assessments")
    dyad = ProtectedKey(Dyad, related_name="assessments")
    measure = models.SlugField(help_text="Id in outcomes/catalogue.")
    measure_version = models.CharField(max_length=30)
    form = models.CharField(
        max_length=20, blank=True, help_text="Of a measure with forms for different ages."
    )
    timepoint = models.CharField(max_length=8, choices=Timepoint)
    rater = ProtectedKey(Caregiver, null=True, related_name="ratings")
    rated_by_staff = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="ratings")
    completed_on = models.DateField()
    rater_role = models.CharField(max_length=12, choices=RaterRole, blank=True)
    reliability = models.CharField(max_length=10, choices=Reliability, blank=True)
    way = models.CharField(max_length=5, choices=CompletionWay, default=CompletionWay.PAPER)
    declined = models.BooleanField(default=False)
    declined_why = models.CharField(max_length=200, blank=True)
    concern = models.BooleanField(null=True, blank=True, help_text="Of one that is recorded as done alone.")
    responses = models.JSONField(
        default=dict, help_text="{item number as text: value}; a missing item is absent, null does not apply."
    )
    typed = models.JSONField(default=dict, help_text="{scale: the number that was typed}.")
    scores = models.JSONField(default=dict, help_text="{scale: score, or null where an answer is missing}.")
    scoring_version = models.CharField(max_length=20)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = AssessmentQuerySet.as_manager()
    privacy = {
        "clinical": "measure measure_version form timepoint completed_on rater_role reliability way declined"
        " declined_why concern responses typed scores",
        "operational": "scoring_version",
    }

    class Meta:
        indexes = [models.Index(fields=["episode", "measure", "completed_on"], name="assessments_of_episode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rater=None, rated_by_staff__isnull=False)
                | Q(rater__isnull=False, rated_by_staff=None),
                name="assessment_has_one_rater",
            ),
            models.CheckConstraint(
                condition=Q(declined=False) | Q(responses={}, typed={}, scores={}, concern=None),
                name="a_no_has_no_answers",
            ),
            models.CheckConstraint(
                condition=Q(declined_why="") | Q(declined=True), name="only_a_no_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} at {self.timepoint}"


@tracked
class GoalRating(Record):
    """How near a goal feels, from 0 (not at all) to 10 (reached), as the family says it."""

    belongs_to = "goal"
    family_path = "goal__episode__family_id"

    goal = ProtectedKey(Goal, related_name="ratings")
    timepoint = models.CharField(max_length=8, choices=Timepoint)
    score = models.PositiveSmallIntegerField()
    rated_on = models.DateField()
    rater = ProtectedKey(Caregiver, related_name="goal_ratings")
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    privacy = {"clinical": "timepoint score rated_on"}

    class Meta:
        ordering = ["rated_on", "created_at"]
        constraints = [models.CheckConstraint(condition=Q(score__range=(0, 10)), name="goal_rating_0_to_10")]


class MeasureLinkQuerySet(FoundByToken, RecordQuerySet):
    def usable(self) -> "MeasureLinkQuerySet":
        """Neither answered, nor called back, nor over, by the database's clock."""
        return self.live().filter(used_at=None, called_back_at=None, expires_at__gt=Now())

    def to_read(self) -> "MeasureLinkQuerySet":
        """Answered by the parent, and nobody has said yet that they have read it."""
        return self.live().filter(used_at__isnull=False, read_at=None)


@tracked(exclude=["token_hash"])
class MeasureLink(TimedLink, Record):
    """An address by which one carer answers one measure, once, on their own phone. It shows nothing else."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="measure_links")
    dyad = ProtectedKey(Dyad, related_name="measure_links")
    measure = models.SlugField(help_text="Id in outcomes/catalogue.")
    timepoint = models.CharField(max_length=8, choices=Timepoint)
    made_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    called_back_at = models.DateTimeField(null=True, blank=True)
    assessment = models.OneToOneField(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="link"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = MeasureLinkQuerySet.as_manager()
    privacy = {
        "clinical": "measure timepoint",
        "operational": "expires_at used_at called_back_at read_at",
        "secret": "token_hash",
    }

    class Meta:
        indexes = [models.Index(fields=["episode"], name="measure_links_of_episode")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, assessment=None)
                | Q(used_at__isnull=False, assessment__isnull=False),
                name="a_used_link_has_its_answers",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False, used_at__isnull=False),
                name="only_what_was_answered_is_read",
            ),
        ]


class ChosenMeasureQuerySet(models.QuerySet):
    def core(self) -> "ChosenMeasureQuerySet":
        """Those of the core, for any age."""
        return self.exclude(core_for=[])

    def visible_to(self, scope: Scope) -> "ChosenMeasureQuerySet":
        """Read by whoever works with families, and by whoever keeps the list."""
        return self if scope.may("read_families", "supervise", "manage_accounts") else self.none()


@tracked
class ChosenMeasure(models.Model):
    """What the service agreed about one measure of the catalogue: whether it is of the core, and with which work."""

    family_path = None

    measure = models.SlugField(unique=True, help_text="Id in outcomes/catalogue.")
    core_for = ArrayField(
        models.CharField(max_length=9, choices=AgeBand),
        default=list,
        blank=True,
        help_text="The age bands in whose core it is; empty: in none.",
    )
    interventions = models.ManyToManyField(Intervention, blank=True, related_name="measures")
    thrive = ArrayField(
        models.CharField(max_length=12, choices=ThriveGrouping),
        default=list,
        blank=True,
        help_text="The groupings it is offered in; empty where not stated.",
    )
    objects = ChosenMeasureQuerySet.as_manager()
    privacy = {"public": "measure core_for thrive interventions"}

    class Meta:
        ordering = ["measure"]

    def __str__(self) -> str:
        return self.measure

    @property
    def core(self) -> bool:
        return bool(self.core_for)

    @property
    def core_words(self) -> str:
        """The age bands in words, in order; '' where it is not of the core."""
        return ", ".join(AgeBand(band).label.lower() for band in AgeBand.values if band in self.core_for)


@tracked
class ChosenIntervention(ChosenMeasure.interventions.through):
    """With which ways of working a measure was offered when: history of the list."""

    class Meta:
        proxy = True
