"""Interventions, episodes and goals."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from interventions.episodes.models.contact_queries import build_recent_attendances, query_last_seen
from interventions.episodes.rules import DeliveryFormat, EndingReason, GoalOutcome, InterventionShape
from pairs.access.records import Record, RecordQuerySet, list_related_fields
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Dyad, Family
from pairs.families.models.people import NAME_FIELDS
from pairs.service.models import Site, User, UserQuerySet
from referrals.models import Referral
from referrals.rules.choices import ThriveGrouping


class InterventionQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "InterventionQuerySet":
        """All interventions, for users who work with families or maintain the list."""
        return self if scope.may("read_families", "supervise", "manage_accounts") else self.none()

    def offered(self) -> "InterventionQuerySet":
        return self.filter(retired_on=None)

    def under_way(self, episode: "Episode | UUID") -> "InterventionQuerySet":
        """Interventions that the episode is using now."""
        using = InterventionUse.objects.live().filter(episode=episode, ended_on=None)
        return self.filter(pk__in=using.values("intervention"))


@tracked
class Intervention(models.Model):
    """A named intervention. Its SNOMED code is filled in locally and never guessed.

    Retired, never deleted: episodes and contacts name it.
    """

    family_path = None

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    shape = models.CharField(max_length=12, choices=InterventionShape)
    thrive = ArrayField(
        models.CharField(max_length=12, choices=ThriveGrouping),
        default=list,
        blank=True,
        help_text="The groupings it is for; empty where not stated.",
    )
    given = models.CharField(max_length=10, choices=DeliveryFormat, blank=True)
    sessions_from = models.PositiveSmallIntegerField(null=True, blank=True)
    sessions_to = models.PositiveSmallIntegerField(null=True, blank=True)
    delivered_by = models.TextField(blank=True, help_text="Who may deliver it, as the service has agreed.")
    order = models.PositiveSmallIntegerField(default=0)
    snomed_code = models.CharField(max_length=18, blank=True)
    retired_on = models.DateField(null=True, blank=True)
    objects = InterventionQuerySet.as_manager()
    privacy = {
        "public": "code name shape thrive given sessions_from sessions_to delivered_by order snomed_code"
        " retired_on"
    }

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sessions_from=None)
                | Q(sessions_to=None)
                | Q(sessions_to__gte=models.F("sessions_from")),
                name="sessions_from_few_to_many",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EpisodeQuerySet(RecordQuerySet):
    def open(self) -> Any:
        return self.filter(ended_on=None)

    def with_work(self) -> "EpisodeQuerySet":
        """Annotates the last contact seen, the infants' recent attendances and the number of goals."""
        goals = Goal.objects.live().current().filter(episode=OuterRef("pk"))
        return self.annotate(
            last_seen_at=Subquery(query_last_seen(OuterRef("pk"))),
            attendances=build_recent_attendances(OuterRef("pk")),
            live_goals=_count_by_episode(goals),
        )

    def for_page(self) -> "EpisodeQuerySet":
        """With everything the episode's page shows of the episode itself, in one query."""
        goals = Goal.objects.live().current().filter(episode=OuterRef("pk"))
        patient = list_related_fields("referral__patient", *NAME_FIELDS)
        rows = self.select_related("site", "lead", "referral__patient").only(*PAGE_COLUMNS, *patient)
        return rows.annotate(
            attendances=build_recent_attendances(OuterRef("pk")),
            live_goals=_count_by_episode(goals),
        )


# Columns that the episode's page shows.
PAGE_COLUMNS = (
    "family", "opened_on", "thrive", "review_on", "plan_agreed_on", "ended_on", "ending_reason", "ending_summary",
    "held_next_by", "referral__received_at", "site__name", "lead__display_name", "lead__username",
)  # fmt: skip


def _count_by_episode(rows: models.QuerySet[Any]) -> Coalesce:
    """Count these rows for each outer episode."""
    counted = rows.order_by().values("episode").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


@tracked
class Episode(Record):
    """One span of direct or joint work with a family, from acceptance to ending."""

    family = ProtectedKey(Family, related_name="episodes")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="episode")
    site = ProtectedKey(Site, related_name="episodes")
    lead = ProtectedKey(settings.AUTH_USER_MODEL, related_name="leads")
    opened_on = models.DateField()
    thrive = models.CharField(max_length=12, choices=ThriveGrouping, blank=True)
    focus = models.ManyToManyField(Dyad, related_name="episodes", help_text="The dyads in focus.")
    review_on = models.DateField(null=True, blank=True)
    plan_agreed_on = models.DateField(
        null=True, blank=True, help_text="When the family first agreed the plan: help has begun."
    )
    ended_on = models.DateField(null=True, blank=True)
    ending_reason = models.CharField(max_length=2, choices=EndingReason, blank=True)
    ending_summary = models.TextField(
        blank=True, help_text="What changed, in words the family would recognise."
    )
    held_next_by = models.CharField(max_length=200, blank=True, help_text="Who will support the family next.")
    objects = EpisodeQuerySet.as_manager()
    privacy = {
        "clinical": "thrive ending_reason ending_summary held_next_by opened_on review_on plan_agreed_on ended_on"
        " focus",
    }

    class Meta:
        indexes = [
            models.Index(fields=["site", "ended_on"], name="episodes_of_site"),
            models.Index(fields=["lead", "ended_on"], name="episodes_of_lead"),
            models.Index(fields=["family"], name="episodes_of_family"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, ending_reason="")
                | (Q(ended_on__isnull=False) & ~Q(ending_reason="")),
                name="an_ending_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"Episode from {self.opened_on}"


@tracked
class InterventionUse(Record):
    """An intervention used in an episode, with its start and end dates."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="uses")
    intervention = ProtectedKey(Intervention, related_name="uses")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)
    privacy = {"clinical": "started_on ended_on ended_because"}

    class Meta:
        ordering = ["started_on"]

    def __str__(self) -> str:
        return str(self.intervention)

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id


class GoalQuerySet(RecordQuerySet):
    def current(self) -> "GoalQuerySet":
        """Neither reached, closed nor reworded."""
        return self.filter(closed_on=None)

    def of_the_living(self) -> "GoalQuerySet":
        """Of carers who live, and no goal about a baby from before that baby died."""
        about_life = Q(dyad__infant__lost_on=None) | Q(set_on__gte=F("dyad__infant__lost_on"))
        return self.filter(about_life, dyad__caregiver__died_on=None)

    def once_each(self) -> "GoalQuerySet":
        """Each goal once, in its latest wording, open or closed."""
        return self.exclude(closed_as=GoalOutcome.REWORDED).order_by("set_on", "created_at")


@tracked
class Goal(Record):
    """A goal of a family in their words, owned by a dyad. Rewording it makes a new goal."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = ProtectedKey(Episode, related_name="goals")
    dyad = ProtectedKey(Dyad, related_name="goals")
    words = models.CharField(max_length=300)
    set_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_as = models.CharField(max_length=8, choices=GoalOutcome, blank=True)
    closed_because = models.CharField(max_length=300, blank=True)
    rewords = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reworded_as",
        help_text="The goal that this one says in other words.",
    )  # fmt: skip
    objects = GoalQuerySet.as_manager()
    privacy = {"clinical": "words set_on closed_on closed_as closed_because"}

    class Meta:
        ordering = ["set_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_as="") | (Q(closed_on__isnull=False) & ~Q(closed_as="")),
                name="a_closed_goal_says_how",
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id


@tracked
class EpisodeFocus(Episode.focus.through):
    """History of the dyads in focus."""

    class Meta:
        proxy = True


def query_possible_leads(site: UUID | models.QuerySet[Any]) -> UserQuerySet:
    """Users who may write records at the site (its id, or a query of it), and so may lead an episode."""
    return User.objects.with_permission(
        "write_records", at=site if isinstance(site, models.QuerySet) else [site]
    )
