"""Groups: a programme with its sessions, facilitators and group notes; and the places families have in it.

Records of the group (programme, session, group note) belong to sites and name nobody. Records of a family
(place, its people, the line of a session) belong to the family's episode and are visible where it is.
"""

from datetime import date
from typing import Any
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, TruncDate

from interventions.competencies.models import SignOff
from interventions.competencies.rules import GROUP_ARRANGEMENTS, Arrangement
from interventions.episodes.models import CareContact, Episode, Intervention
from interventions.episodes.rules import Location
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import Site


class ProgrammeQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "ProgrammeQuerySet":
        """Groups of sites where the user reads or governs records, and groups that they facilitate."""
        if scope.user_id is None:
            return self.none()
        sites = scope.sites("read_families", "govern_records")
        here = Programme.sites.through.objects.filter(site__in=sites)
        held = Facilitator.objects.live().current().filter(user_id=scope.user_id)
        return self.filter(Q(pk__in=here.values("programme")) | Q(pk__in=held.values("programme")))

    def open(self) -> "ProgrammeQuerySet":
        return self.filter(closed_on=None)


@tracked
class Programme(Record):
    """A group: its intervention, site, sites whose families may join, and capacity."""

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="programmes")
    sites = models.ManyToManyField(
        Site, related_name="programmes_joined", help_text="Whose families may join."
    )
    intervention = ProtectedKey(Intervention, related_name="programmes")
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField(help_text="For how many families there is a place.")
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=200, blank=True)
    begun_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = ProgrammeQuerySet.as_manager()
    privacy = {"operational": "sites name capacity closed_on closed_because"}

    class Meta:
        ordering = ["name", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__range=(1, 100)), name="a_group_has_places"),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                name="a_closed_group_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class ProgrammeSite(Programme.sites.through):
    """History of the sites whose families may join."""

    class Meta:
        proxy = True


class FacilitatorQuerySet(RecordQuerySet):
    def current(self) -> "FacilitatorQuerySet":
        """Facilitators as of today, by the database's clock."""
        return self.filter(Q(until=None) | Q(until__gte=TruncDate(Now())))


@tracked
class Facilitator(Record):
    """A facilitator of the group: a colleague, or a partner from another service by name."""

    belongs_to = "programme"
    family_path = None

    programme = ProtectedKey(Programme, related_name="facilitators")
    user = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="facilitates")
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    until = models.DateField(null=True, blank=True)
    objects = FacilitatorQuerySet.as_manager()
    privacy = {"staff": "name organisation until"}

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")),
                name="a_facilitator_is_ours_or_named",
            ),
            models.UniqueConstraint(
                fields=["programme", "user"],
                condition=live_q(until=None),
                name="facilitator_once_a_group",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else ", ".join(filter(None, [self.name, self.organisation]))

    @property
    def site_id(self):
        return self.programme.site_id


@tracked
class GroupSignOff(SignOff):
    """Of a group, and of the facilitators it had then: when another joins it is asked again."""

    belongs_to = "programme"
    family_path = None

    programme = ProtectedKey(Programme, related_name="sign_offs")
    privacy = {"staff": "arrangement by_outside note"}

    class Meta(SignOff.Meta):
        pass

    def __str__(self) -> str:
        return GROUP_ARRANGEMENTS[Arrangement(self.arrangement)]

    @property
    def site_id(self):
        return self.programme.site_id


@tracked
class GroupSession(Record):
    """One session of the group: time, place, length; possibly cancelled by the service."""

    belongs_to = "programme"
    family_path = None

    programme = ProtectedKey(Programme, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=3, choices=Location)
    room = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    cancelled_because = models.CharField(max_length=200, blank=True)
    privacy = {"operational": "starts_at minutes location room cancelled_at cancelled_because"}

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["programme", "starts_at"], name="sessions_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(5, 480)), name="a_session_lasts_hours"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_because="")),
                name="a_cancelled_session_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.starts_at:%Y-%m-%d}"

    @property
    def site_id(self):
        return self.programme.site_id


@tracked
class GroupNote(Record):
    """A note about the group as a whole: signed on saving, in no family's record, naming nobody."""

    belongs_to = "session"
    family_path = None

    session = ProtectedKey(GroupSession, related_name="notes")
    text = models.TextField()
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    signed_at = models.DateTimeField()
    privacy = {"clinical": "text", "operational": "signed_at"}

    class Meta:
        ordering = ["signed_at"]
        triggers = [
            pgtrigger.Protect(
                name="signed_is_frozen", operation=pgtrigger.UpdateOf("text", "written_by_id", "signed_at")
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]


class GroupPlaceQuerySet(RecordQuerySet):
    def on_roster_of(self, scope: Scope) -> "GroupPlaceQuerySet":
        """Places of families in scope; for a facilitator also the other places in their group.

        The latter give names only, only while the group is open and the place is held, and never those
        of a restricted family (docs/adr: who sees a roster).
        """
        if scope.user_id is None or not scope.may("write_records"):
            return self.visible_to(scope)
        holds = Facilitator.objects.live().current().filter(user_id=scope.user_id)
        open_groups = Programme.objects.live().open().filter(pk__in=holds.values("programme"))
        held = Q(left_on=None) | Q(left_on__gte=TruncDate(Now()))
        families = Family.objects.live().filter(restricted=False)
        episodes = Episode.objects.live().filter(family__in=families)
        in_room = self.live().filter(held, programme__in=open_groups, episode__in=episodes)
        return self.filter(
            Q(pk__in=GroupPlace.objects.visible_to(scope).values("pk")) | Q(pk__in=in_room.values("pk"))
        )

    def held(self) -> "GroupPlaceQuerySet":
        """Places that have not ended."""
        return self.filter(left_on=None)

    def on(self, day: date) -> "GroupPlaceQuerySet":
        """Places on the roster of that day, whose episode had not ended."""
        here = Q(left_on=None) | Q(left_on__gte=day)
        return self.filter(
            here, Q(episode__ended_on=None) | Q(episode__ended_on__gte=day), joined_on__lte=day
        )

    def with_people(self) -> "GroupPlaceQuerySet":
        """With the people who come: one extra query."""
        people = GroupPlacePerson.objects.live().select_related("infant", "caregiver")
        people = people.order_by(F("infant__twin_order").asc(nulls_last=True), "created_at")
        return self.select_related("programme", "episode__family", "episode__site").prefetch_related(
            models.Prefetch("people", people)
        )


@tracked
class GroupPlace(Record):
    """A family's place in a group, through its episode, with its dates and the reason for leaving."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    programme = ProtectedKey(Programme, related_name="places")
    episode = ProtectedKey(Episode, related_name="group_places")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=300, blank=True)
    added_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = GroupPlaceQuerySet.as_manager()
    privacy = {"clinical": "joined_on left_on left_because"}

    class Meta:
        indexes = [models.Index(fields=["episode"], name="group_places_of_episode")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "episode"],
                condition=live_q(left_on=None),
                name="one_place_a_group_and_episode",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None, left_because="")
                | (Q(left_on__isnull=False, left_on__gte=F("joined_on")) & ~Q(left_because="")),
                name="whoever_left_a_group_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Place in {self.programme}"

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id


@tracked
class GroupPlacePerson(Record):
    """One person of the family who comes to the group."""

    belongs_to = "place"
    family_path = "place__episode__family_id"

    place = ProtectedKey(GroupPlace, related_name="people")
    infant = ProtectedKey(Infant, null=True, related_name="group_places")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="group_places")

    privacy = {}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(infant=None, caregiver__isnull=False) | Q(infant__isnull=False, caregiver=None),
                name="a_guest_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["place", "infant"],
                condition=live_q(),
                name="infant_once_a_place",
            ),
            models.UniqueConstraint(
                fields=["place", "caregiver"],
                condition=live_q(),
                name="caregiver_once_a_place",
            ),
        ]

    @property
    def person(self) -> Any:
        return self.infant or self.caregiver


@tracked
class GroupLine(Record):
    """A family's register line of one session, linked to its care contact in the family's own record."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    session = ProtectedKey(GroupSession, related_name="lines")
    place = ProtectedKey(GroupPlace, related_name="lines")
    care_contact = models.OneToOneField(CareContact, on_delete=models.PROTECT, related_name="group_line")
    privacy = {}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place"],
                condition=live_q(),
                name="one_line_a_session_and_place",
            )
        ]

    @property
    def site_id(self):
        return self.care_contact.episode.site_id
