"""The diary: rooms of a site, planned contacts with who is expected, and calendars fed by a personal token."""

import secrets
import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDay
from django.db.models.lookups import IsNull
from django.utils import timezone

from interventions.diary.rules import CANCELLED_STATUSES, AppointmentStatus
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.rules import Location, Mechanism, describe_place
from pairs.access.models import digest_token
from pairs.access.records import Record, RecordQuerySet, list_related_fields, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import Site, User, UserQuerySet
from referrals.models import Referral


class RoomQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "RoomQuerySet":
        """Rooms of the sites where the user works, supervises or manages accounts."""
        return self.filter(site__in=scope.sites("read_families", "supervise", "manage_accounts"))

    def in_use(self) -> "RoomQuerySet":
        return self.filter(retired_on=None)

    def by_name(self) -> "RoomQuerySet":
        return self.select_related("site").order_by("site__name", "name")


@tracked
class Room(models.Model):
    """A room of a family hub that can be booked. Retired, never deleted: old bookings name it."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = ProtectedKey(Site, related_name="rooms")
    name = models.CharField(max_length=80)
    access = models.CharField(
        max_length=200, blank=True, help_text="Such as no steps, a hearing loop, a place to feed."
    )
    retired_on = models.DateField(null=True, blank=True)
    objects = RoomQuerySet.as_manager()
    privacy = {"public": "name access retired_on"}

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"], condition=Q(retired_on=None), name="room_once_a_site"
            )
        ]

    def __str__(self) -> str:
        return self.name


def _has_any(rows: QuerySet[Any]) -> Q:
    """As Exists, but asked for one appointment after another.

    An EXISTS PostgreSQL may work out for everybody who was ever expected, where a few appointments are asked about.
    """
    return Q(IsNull(Subquery(rows.values("pk")[:1]), False))


def _build_loss_q() -> Q:
    """Every infant who was expected has died, or every carer."""
    expected = ExpectedPerson.objects.live().filter(appointment=OuterRef("pk"))
    babies, carers = expected.filter(infant__isnull=False), expected.filter(caregiver__isnull=False)
    stopped = _has_any(babies) & ~_has_any(babies.filter(infant__lost_on=None))
    return stopped | _has_any(carers) & ~_has_any(carers.filter(caregiver__died_on=None))


class AppointmentQuerySet(RecordQuerySet):
    def planned(self) -> "AppointmentQuerySet":
        """Neither kept, cancelled nor moved."""
        return self.filter(status=AppointmentStatus.PLANNED)

    def going_on(self) -> "AppointmentQuerySet":
        """Planned, and stopped neither by the death of every expected infant or carer nor by the end of the work.

        The same rule as rules.determine_stop_reason, in SQL.
        """
        still_open = Q(episode=None) | Q(episode__ended_on=None)
        then_open = Q(referral__episode=None) | Q(referral__episode__ended_on=None)
        return self.live().planned().filter(still_open, then_open).exclude(_build_loss_q())

    def to_keep_or_cancel(self) -> "AppointmentQuerySet":
        """Planned for today or later and stopped by a death: somebody has to keep it for who lives, or cancel it."""
        return self.live().planned().filter(_build_loss_q(), starts_at__gte=TruncDay(Now()))

    def between(self, start: datetime | models.Value, end: datetime | models.Value) -> "AppointmentQuerySet":
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def of_episode(self, episode: Any, family: OuterRef | uuid.UUID) -> "AppointmentQuerySet":
        """Booked for the episode or its referral. The family is given so that its index is used."""
        return self.filter(Q(episode=episode) | Q(referral__episode=episode), family=family)

    def of_person(self, user: User | uuid.UUID) -> "AppointmentQuerySet":
        """Visits where the user is the practitioner or goes along."""
        along = Appointment.colleagues.through.objects.filter(appointment=OuterRef("pk"), user=user)
        return self.filter(Q(practitioner=user) | Exists(along))

    def in_time(self) -> "AppointmentQuerySet":
        return self.order_by("starts_at", "id")

    def with_all(self) -> "AppointmentQuerySet":
        """With staff, expected people and place: two extra queries."""
        expected = models.Prefetch("expected", ExpectedPerson.objects.live().with_person())
        return self.select_related(
            "practitioner", "room__site", "site", "episode", "referral__episode", "moved_to", "care_contact"
        ).prefetch_related("colleagues", expected)

    def with_staff(self) -> "AppointmentQuerySet":
        """Annotates ``going``: ids of the colleagues who go along; no extra query."""
        along = Appointment.colleagues.through.objects.filter(appointment=OuterRef("pk"))
        return self.annotate(going=ArraySubquery(along.values("user")))


@tracked
class Appointment(Record):
    """One planned contact with a family. ``status`` is its outcome; a moved one points to the new one."""

    family = ProtectedKey(Family, related_name="appointments")
    episode = ProtectedKey(Episode, null=True, related_name="appointments")
    referral = ProtectedKey(
        Referral,
        null=True,
        related_name="appointments",
        help_text="A first visit, before the episode is opened.",
    )
    site = ProtectedKey(Site, related_name="appointments")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    mechanism = models.CharField(
        max_length=2, choices=Mechanism, help_text="NHS Data Dictionary consultation mechanism."
    )
    location = models.CharField(
        max_length=3, choices=Location, help_text="NHS Data Dictionary activity location type."
    )
    room = ProtectedKey(Room, null=True, related_name="appointments")
    place = models.CharField(max_length=200, blank=True, help_text="Where exactly, in words.")
    practitioner = ProtectedKey(settings.AUTH_USER_MODEL, related_name="appointments")
    colleagues = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="goes_along")
    interpreter = models.BooleanField(default=False, help_text="Interpreter booked.")
    travel_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="There, one way.")
    note = models.CharField(max_length=500, blank=True, help_text="For the visit: what to bring, to ask.")
    status = models.CharField(max_length=17, choices=AppointmentStatus, default=AppointmentStatus.PLANNED)
    why = models.CharField(max_length=200, blank=True, help_text="Why it was cancelled.")
    care_contact = models.OneToOneField(
        CareContact, null=True, blank=True, on_delete=models.PROTECT, related_name="appointment"
    )
    moved_to = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from"
    )
    series = models.UUIDField(null=True, blank=True, help_text="The same for visits booked weekly together.")
    booked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = AppointmentQuerySet.as_manager()
    privacy = {
        "clinical": "starts_at minutes mechanism location interpreter note status why",
        "contact": "place travel_minutes",
        "operational": "series",
        "staff": "colleagues",
    }

    class Meta:
        indexes = [
            models.Index(fields=["practitioner", "starts_at"], name="appointments_of_person"),
            models.Index(fields=["site", "starts_at"], name="appointments_of_site"),
            models.Index(fields=["family", "starts_at"], name="appointments_of_family"),
            models.Index(fields=["episode", "starts_at"], name="appointments_of_episode"),
            models.Index(fields=["starts_at"], name="appointments_by_time"),
            models.Index(
                fields=["starts_at"],
                condition=Q(status=AppointmentStatus.PLANNED),
                name="appointments_still_planned",
            ),
            models.Index(
                fields=["starts_at"],
                condition=Q(status=AppointmentStatus.CANCELLED_BY_FAMILY, care_contact=None),
                name="appointments_to_record",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(episode__isnull=False, referral=None) | Q(episode=None, referral__isnull=False),
                name="a_visit_is_for_some_work",
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 720)), name="a_visit_lasts_at_most_a_day"),
            models.CheckConstraint(
                condition=~Q(status=AppointmentStatus.KEPT) | Q(care_contact__isnull=False),
                name="a_kept_visit_has_its_contact",
            ),
            models.CheckConstraint(
                condition=Q(status=AppointmentStatus.MOVED, moved_to__isnull=False)
                | (~Q(status=AppointmentStatus.MOVED) & Q(moved_to=None)),
                name="a_moved_visit_says_where_to",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(CANCELLED_STATUSES)) | ~Q(why=""),
                name="a_cancelled_visit_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Visit of {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def work(self) -> Episode | None:
        """The episode, once there is one; else None (a first visit on a referral)."""
        return self.episode or getattr(self.referral, "episode", None)

    @property
    def place_words(self) -> str:
        return describe_place(self.mechanism, self.location)

    @property
    def is_cancelled(self) -> bool:
        return self.status in CANCELLED_STATUSES

    @property
    def status_now(self) -> str:
        """The status; planned again if its contact was entered in error."""
        return (
            AppointmentStatus.PLANNED
            if self.status == AppointmentStatus.KEPT and not self.is_written_up
            else self.status
        )

    @property
    def is_written_up(self) -> bool:
        """Whether a contact that was not entered in error is linked."""
        return bool(self.care_contact and not self.care_contact.is_hidden)


@tracked
class AppointmentColleague(Appointment.colleagues.through):
    """History of which colleagues were to go along."""

    class Meta:
        proxy = True


class ExpectedQuerySet(RecordQuerySet):
    def with_person(self) -> "ExpectedQuerySet":
        """Infants first, then the adults."""
        return self.select_related("infant", "caregiver").order_by(
            models.F("infant").asc(nulls_last=True), "created_at", "id"
        )


@tracked
class ExpectedPerson(Record):
    """One person expected at a planned contact."""

    belongs_to = "appointment"
    family_path = "appointment__family_id"

    appointment = ProtectedKey(Appointment, related_name="expected")
    infant = ProtectedKey(Infant, null=True, related_name="expected_at")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="expected_at")
    objects = ExpectedQuerySet.as_manager()
    privacy = {}

    class Meta:
        verbose_name_plural = "expected"
        constraints = [
            models.CheckConstraint(
                condition=Q(infant=None, caregiver__isnull=False) | Q(infant__isnull=False, caregiver=None),
                name="expected_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["appointment", "infant"],
                condition=live_q(),
                name="infant_expected_once",
            ),
            models.UniqueConstraint(
                fields=["appointment", "caregiver"],
                condition=live_q(),
                name="caregiver_expected_once",
            ),
        ]

    @property
    def person(self) -> Caregiver | Infant | None:
        return self.infant or self.caregiver


def query_next_appointment(now: Now) -> QuerySet[Any, dict[str, Any]]:
    """Subquery for rows of episodes: when the next planned contact is. Stopped visits do not count."""
    coming = Appointment.objects.going_on().of_episode(OuterRef("pk"), OuterRef("family"))
    return coming.filter(starts_at__gte=now).in_time().values("starts_at")[:1]


def query_next_visit_of(user: Any, scope: Any) -> AppointmentQuerySet:
    """The next visit that somebody goes to, of those in their scope; none or one."""
    coming = Appointment.objects.visible_to(scope).going_on().of_person(user)
    return coming.filter(starts_at__gte=Now()).in_time()[:1]


def query_coming_visits_on_page(episode: uuid.UUID, family: uuid.UUID) -> AppointmentQuerySet:
    """The coming visits, by the ids of an episode and its family, for the episode's page."""
    return _query_coming(episode, family, Now()).only(
        "starts_at", "mechanism", "location", *list_related_fields("practitioner", "display_name", "username")
    )


def query_coming_visits(episode: Any) -> AppointmentQuerySet:
    """Coming visits of an episode that have not been stopped, soonest first."""
    return _query_coming(episode, episode.family_id, timezone.now())


def _query_coming(
    episode: Episode | uuid.UUID, family: uuid.UUID, now: datetime | Now
) -> AppointmentQuerySet:
    rows = Appointment.objects.going_on().of_episode(episode, family).filter(starts_at__gte=now)
    return rows.select_related("practitioner").in_time()


def get_next_visit(referral: Referral) -> Appointment | None:
    """The next visit booked for a referral or its episode."""
    of_work = Q(referral=referral) | Q(episode__referral=referral)
    coming = Appointment.objects.going_on().filter(of_work, family=referral.family_id)
    return coming.filter(starts_at__gte=timezone.now()).in_time().first()


def query_record_writers(site_ids: Collection[uuid.UUID]) -> UserQuerySet:
    """Users who may write records at one of the sites."""
    return User.objects.with_permission("write_records", at=site_ids)


class CalendarTokenQuerySet(models.QuerySet):
    def live(self) -> Any:
        return self.filter(revoked_at=None, user__is_active=True)

    def matching(self, token: str) -> "CalendarToken | None":
        return self.live().filter(hashed=digest_token(token)).select_related("user").first()


@tracked(exclude=["hashed"])
class CalendarToken(models.Model):
    """Lets a calendar program read one user's visits, without names, until it is revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = ProtectedKey(settings.AUTH_USER_MODEL, related_name="calendars")
    hashed = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    objects = CalendarTokenQuerySet.as_manager()
    privacy = {"secret": "hashed", "operational": "created_at revoked_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(revoked_at=None), name="one_calendar_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.created_at:%Y-%m-%d}"

    @classmethod
    def issue(cls, *, user: User) -> "tuple[CalendarToken, str]":
        """The new row and the token's text, which is shown once and never stored."""
        token = secrets.token_urlsafe(32)
        return cls.objects.create(user=user, hashed=digest_token(token)), token
