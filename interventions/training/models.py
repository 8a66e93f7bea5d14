"""Training delivered to other professionals: programmes, sessions, people and who came; headcounts of the workforce.

It belongs to sites and says nothing of a family. Attendees are professionals: their names are for those who run it.
"""

import uuid
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from interventions.training.rules import HIGHEST_CONFIDENCE, LOWEST_CONFIDENCE, WorkforceGroup
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.jobs.models import Job
from pairs.service.models import Place, Site, User, UserQuerySet
from pairs.web.session_times import MAX_MINUTES
from referrals.rules.choices import ProfessionalGroup

RUNNERS = ("write_records", "supervise")  # any of which lets somebody run training at a site


class TrainingTopicQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "TrainingTopicQuerySet":
        """Public: the same for everybody."""
        return self

    def offered(self) -> "TrainingTopicQuerySet":
        """What a form offers: not retired."""
        return self.filter(retired_on=None)


@tracked
class TrainingTopic(models.Model):
    """What training is about: the names that a service offers, with their source. Retired, never deleted."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    objects = TrainingTopicQuerySet.as_manager()
    privacy = {"public": "code name source order retired_on"}

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class TrainingProgrammeQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "TrainingProgrammeQuerySet":
        """Of the sites where the user runs training or reads reports."""
        return self.filter(site__in=scope.sites(*RUNNERS, "read_reports"))


@tracked
class TrainingProgramme(Record):
    """A course for other professionals: its site, topics and number of places."""

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="training_programmes")
    name = models.CharField(max_length=120)
    topics = models.ManyToManyField(TrainingTopic, related_name="programmes")
    places = models.PositiveSmallIntegerField(help_text="For how many people there is a place.")
    planned_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = TrainingProgrammeQuerySet.as_manager()
    privacy = {"operational": "name topics places"}

    class Meta:
        ordering = ["name", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(places__range=(1, 1000)), name="training_has_places"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class TrainingProgrammeTopic(TrainingProgramme.topics.through):
    """History of the topics of a programme."""

    class Meta:
        proxy = True


class TrainingSessionQuerySet(RecordQuerySet):
    def standing(self) -> "TrainingSessionQuerySet":
        """Not cancelled."""
        return self.live().filter(live_q("programme__"), cancelled_at=None)


@tracked
class TrainingSession(Record):
    """One session of a programme: when, where, who trains; possibly cancelled."""

    belongs_to = "programme"
    family_path = None

    programme = ProtectedKey(TrainingProgramme, related_name="sessions")
    place = ProtectedKey(Place, related_name="+")
    venue = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    trainer = ProtectedKey(settings.AUTH_USER_MODEL, related_name="training_sessions")
    second_trainer = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    objects = TrainingSessionQuerySet.as_manager()
    privacy = {"operational": "venue starts_at minutes cancelled_at cancelled_because"}

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["programme", "starts_at"], name="sessions_of_training")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(5, MAX_MINUTES)), name="training_lasts_hours"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")),
                name="cancelled_training_says_why",
            ),
            models.CheckConstraint(
                condition=Q(second_trainer=None) | ~Q(second_trainer=models.F("trainer")),
                name="two_trainers_are_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.starts_at:%Y-%m-%d}"

    @property
    def site_id(self) -> UUID:
        return self.programme.site_id


class TrainingAttendeeQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "TrainingAttendeeQuerySet":
        """Of the sites where the user runs training: whoever reads reports reads numbers, no names."""
        return self.filter(programme__site__in=scope.sites(*RUNNERS))

    def with_sessions(self) -> "TrainingAttendeeQuerySet":
        """With the sessions that they attended, in order, and the programme: two more queries."""
        came = TrainingAttendance.objects.live().filter(session__in=TrainingSession.objects.standing())
        came = came.select_related("session").order_by("session__starts_at")
        return self.select_related("programme__site", "place").prefetch_related(
            models.Prefetch("attendances", came), "programme__topics"
        )

    def who_came(self) -> "TrainingAttendeeQuerySet":
        """Who attended a session at least."""
        came = TrainingAttendance.objects.live().filter(session__in=TrainingSession.objects.standing())
        return self.filter(pk__in=came.values("attendee"))


@tracked
class TrainingAttendee(Record):
    """A professional's place on a programme: who they are, how confident before and after, and their certificate."""

    belongs_to = "programme"
    family_path = None

    programme = ProtectedKey(TrainingProgramme, related_name="attendees")
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=16, choices=ProfessionalGroup, help_text="Their profession.")
    workforce_group = models.CharField(max_length=20, choices=WorkforceGroup, help_text="Their level.")
    organisation = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    place = ProtectedKey(Place, null=True, related_name="+", help_text="Where they work; empty: not known.")
    confidence_before = models.PositiveSmallIntegerField(null=True, blank=True)
    confidence_after = models.PositiveSmallIntegerField(null=True, blank=True)
    certificate_on = models.DateField(null=True, blank=True)
    certificate_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    job = ProtectedKey(Job, null=True, related_name="+", help_text="The PDF of the certificate.")
    objects = TrainingAttendeeQuerySet.as_manager()
    privacy = {
        "contact": "name email",
        "operational": "group workforce_group organisation certificate_on",
        "sensitive": "confidence_before confidence_after",
    }

    class Meta:
        ordering = ["name", "created_at"]
        indexes = [models.Index(fields=["programme"], name="attendees_of_training")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(confidence_before=None)
                    | Q(confidence_before__range=(LOWEST_CONFIDENCE, HIGHEST_CONFIDENCE))
                )
                & (
                    Q(confidence_after=None)
                    | Q(confidence_after__range=(LOWEST_CONFIDENCE, HIGHEST_CONFIDENCE))
                ),
                name="confidence_is_on_the_scale",
            ),
            models.CheckConstraint(
                condition=Q(certificate_on=None, certificate_by=None)
                | Q(certificate_on__isnull=False, certificate_by__isnull=False),
                name="a_certificate_is_from_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def site_id(self) -> UUID:
        return self.programme.site_id

    @property
    def file_name(self) -> str:
        return f"pairs-certificate-{self.created_at:%Y-%m-%d}.pdf"


@tracked
class TrainingAttendance(Record):
    """Somebody came to a session. Who did not come has no row."""

    belongs_to = "session"
    family_path = None

    session = ProtectedKey(TrainingSession, related_name="attendances")
    attendee = ProtectedKey(TrainingAttendee, related_name="attendances")
    privacy = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "attendee"], condition=live_q(), name="attendee_once_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.attendee} at {self.session}"


class WorkforceFigureQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "WorkforceFigureQuerySet":
        """Published numbers: for whoever runs training or reads reports anywhere."""
        return self if scope.may(*RUNNERS, "read_reports") else self.none()

    def newest(self, until: date) -> "WorkforceFigureQuerySet":
        """Of each place and group the newest figure of that day or before."""
        rows = self.filter(as_of__lte=until).order_by("place_id", "workforce_group", "-as_of")
        return rows.distinct("place_id", "workforce_group")


@tracked
class WorkforceFigure(models.Model):
    """How many people of a group of the workforce work in a place, as of a day, and who says so."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = ProtectedKey(Place, related_name="workforce_figures")
    workforce_group = models.CharField(max_length=20, choices=WorkforceGroup)
    headcount = models.PositiveIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = WorkforceFigureQuerySet.as_manager()
    privacy = {"aggregate": "workforce_group headcount as_of source"}

    class Meta:
        ordering = ["place", "workforce_group", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "workforce_group", "as_of"], name="workforce_figure_once_a_day"
            ),
            models.CheckConstraint(condition=Q(headcount__gte=1), name="workforce_is_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_workforce_group_display()}"


def query_trainers() -> UserQuerySet:
    """Colleagues who may train: those who write records or supervise anywhere."""
    return User.objects.with_permission(*RUNNERS)
