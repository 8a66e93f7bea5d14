"""Care contacts with their participants, colleagues and note parts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from interventions.episodes.attended import attended_q, direct_q, expected_q, present_q
from interventions.episodes.contact_rules import (
    MESSAGE_CODES,
    ContactKind,
    CountersigningState,
    PresenceLevel,
    format_colleague,
    is_late,
)
from interventions.episodes.rules import (
    Attendance,
    Location,
    Mechanism,
    NoteHeading,
    SubjectKind,
    describe_place,
)
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.village.models import VillageMember

OPEN_COUNTERSIGNING = (CountersigningState.WAITING, CountersigningState.RETURNED)
UNFINISHED_NOTE = Q(signed_at=None) | Q(countersigning__in=OPEN_COUNTERSIGNING)


def format_contact_title(kind: str, mechanism: str, location: str) -> str:
    """One line that describes a contact: mechanism and place; for liaison and messages, the mechanism."""
    how, where = Mechanism(mechanism).label, Location(location).label
    if kind == ContactKind.LIAISON:
        return f"About the family, with a colleague: {how.lower()}"
    return f"Message: {how.lower()}" if kind == ContactKind.MESSAGE else f"{how}, {where}"


class CareContactQuerySet(RecordQuerySet):
    def newest_first(self) -> "CareContactQuerySet":
        return self.order_by("-starts_at", "-id")

    def with_family(self) -> "CareContactQuerySet":
        """Contacts with the family: no messages and no liaison."""
        return self.filter(kind=ContactKind.FAMILY)

    def liaison(self) -> "CareContactQuerySet":
        """About the family, with a colleague: nationally indirect activity."""
        return self.filter(kind=ContactKind.LIAISON)

    def direct(self) -> "CareContactQuerySet":
        return self.filter(direct_q())

    def attended(self) -> "CareContactQuerySet":
        """Those that somebody expected came to, and was seen."""
        return self.filter(Exists(Participant.objects.live().attended().filter(care_contact=OuterRef("pk"))))

    def to_countersign(self) -> "CareContactQuerySet":
        """Trainees' signed notes that are waiting to be countersigned."""
        return self.filter(countersigning=CountersigningState.WAITING)

    def with_people(self) -> "CareContactQuerySet":
        """With participants and colleagues: two extra queries."""
        return self.select_related("practitioner", "episode").prefetch_related(
            models.Prefetch("participants", Participant.objects.live().with_person()),
            models.Prefetch("colleagues", ContactColleague.objects.live().select_related("user")),
        )

    def with_all(self) -> "CareContactQuerySet":
        """With participants, interventions and notes: one extra query each."""
        notes = models.Prefetch("notes", NotePart.objects.live().as_read())
        return self.with_people().prefetch_related("interventions", notes)


@tracked
class CareContact(Record):
    """One dated encounter with a family, attended or not; a message to them; or liaison about them."""

    belongs_to = "episode"
    family_path = "episode__family_id"
    uses_begun: Sequence[Any] = ()  # of one that was just recorded: the uses of interventions that it began

    episode = ProtectedKey("episodes.Episode", related_name="contacts")
    kind = models.CharField(max_length=8, choices=ContactKind, default=ContactKind.FAMILY)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    mechanism = models.CharField(
        max_length=2, choices=Mechanism, help_text="NHS Data Dictionary consultation mechanism."
    )
    location = models.CharField(
        max_length=3, choices=Location, help_text="NHS Data Dictionary activity location type."
    )
    interventions = models.ManyToManyField("episodes.Intervention", blank=True, related_name="contacts")
    practitioner = ProtectedKey(settings.AUTH_USER_MODEL, related_name="care_contacts")
    signed_at = models.DateTimeField(null=True, blank=True)
    countersigning = models.CharField(
        max_length=8, choices=CountersigningState, blank=True, help_text="Empty: no countersignature needed."
    )
    refiled_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="refiled_as",
        help_text="The sealed copy on the record that it was written in in error.",
    )  # fmt: skip
    objects = CareContactQuerySet.as_manager()
    privacy = {
        "clinical": "kind starts_at minutes mechanism location interventions",
        "operational": "signed_at countersigning",
    }

    class Meta:
        indexes = [
            models.Index(fields=["episode", "-starts_at"], name="contacts_of_episode"),
            models.Index(fields=["starts_at"], name="contacts_by_day"),
            models.Index(
                fields=["episode"],
                condition=Q(countersigning__in=OPEN_COUNTERSIGNING),
                name="contacts_to_countersign",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(0, 720)), name="a_contact_lasts_at_most_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kind=ContactKind.LIAISON)
                | Q(kind=ContactKind.MESSAGE, mechanism__in=MESSAGE_CODES)
                | (Q(kind=ContactKind.FAMILY) & ~Q(mechanism__in=MESSAGE_CODES)),
                name="what_is_written_is_a_message",
            ),
            models.CheckConstraint(
                condition=Q(countersigning="") | Q(signed_at__isnull=False),
                name="signed_before_countersigned",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_stays_signed",
                operation=pgtrigger.UpdateOf("signed_at", "practitioner_id"),
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Care contact of {self.starts_at:%Y-%m-%d}"

    @property
    def came(self) -> str:
        """Attendance of each expected person, and colleagues, in words (from ``with_people``)."""
        people = self.participants.all()
        if self.kind == ContactKind.MESSAGE:
            said = [str(each.person) for each in people]
        else:
            said = [f"{each.person}: {each.get_attendance_display().lower()}" for each in people]
        return "; ".join([*said, *(f"with {each}" for each in self.colleagues.all())])

    @property
    def title(self) -> str:
        """One line that describes the contact."""
        return format_contact_title(self.kind, self.mechanism, self.location)

    @property
    def place_words(self) -> str:
        return describe_place(self.mechanism, self.location)

    @property
    def ended_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_late(self) -> bool:
        """Whether it was written up late, by the local rule."""
        return is_late(ended_at=self.ended_at, written_at=self.created_at, hours=settings.LATE_ENTRY_HOURS)

    @property
    def site_id(self) -> UUID:
        return self.episode.site_id


class ParticipantQuerySet(RecordQuerySet):
    def attended(self) -> "ParticipantQuerySet":
        return self.filter(attended_q())

    def present(self) -> "ParticipantQuerySet":
        return self.filter(present_q())

    def expected(self) -> "ParticipantQuerySet":
        """Of babies: those that nobody cancelled."""
        return self.filter(expected_q())

    def at_direct_contacts(self) -> "ParticipantQuerySet":
        """Those of live direct contacts."""
        return self.filter(live_q("care_contact__"), direct_q("care_contact__"))

    def with_person(self) -> "ParticipantQuerySet":
        """Infants first, then the adults."""
        return self.select_related("infant", "caregiver").order_by(
            models.F("infant").asc(nulls_last=True), "created_at"
        )


@tracked
class Participant(Record):
    """One person expected at a care contact, and their attendance."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = ProtectedKey(CareContact, related_name="participants")
    infant = ProtectedKey(Infant, null=True, related_name="attendances")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="attendances")
    attendance = models.CharField(max_length=20, choices=Attendance)
    # For infants only; all three are null in contacts recorded before these fields existed.
    present = models.BooleanField(null=True, blank=True)
    seen = models.BooleanField(null=True, blank=True)
    observed = models.BooleanField(null=True, blank=True, help_text="Watched together with a carer.")
    objects = ParticipantQuerySet.as_manager()
    privacy = {"clinical": "attendance present seen observed"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(infant=None, caregiver__isnull=False) | Q(infant__isnull=False, caregiver=None),
                name="participant_is_one_person",
            ),
            models.CheckConstraint(
                condition=Q(present=None, seen=None, observed=None)
                | Q(infant__isnull=False, present=False, seen=False, observed=False)
                | Q(infant__isnull=False, present=True, seen=False, observed=False)
                | Q(infant__isnull=False, present=True, seen=True, observed__isnull=False),
                name="a_baby_seen_was_there",
            ),
            models.UniqueConstraint(fields=["care_contact", "infant"], name="infant_once_a_contact"),
            models.UniqueConstraint(fields=["care_contact", "caregiver"], name="caregiver_once_a_contact"),
        ]

    @property
    def person(self) -> Caregiver | Infant | None:
        return self.infant or self.caregiver

    @property
    def baby(self) -> str:
        """The infant's presence in words; '' if it was not recorded or the infant was not there."""
        highest_first = reversed(PresenceLevel)
        return next((level.label for level in highest_first if getattr(self, level.value)), "")


@tracked
class ContactColleague(Record):
    """A colleague who worked with us at a joint contact, or with whom we spoke about the family."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = ProtectedKey(CareContact, related_name="colleagues")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=80, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    member = ProtectedKey(
        VillageMember,
        null=True,
        related_name="contacts",
        help_text="Who they are in the family's village; name, role and organisation stay as they were then.",
    )
    user = ProtectedKey(
        settings.AUTH_USER_MODEL, null=True, related_name="joint_contacts", help_text="One of our own."
    )
    privacy = {"identifies": "name", "contact": "organisation", "sensitive": "role"}

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user=None) & ~Q(name="")),
                name="a_colleague_is_somebody",
            )
        ]

    def __str__(self) -> str:
        if self.user:
            return str(self.user)
        return format_colleague(name=self.name, role=self.role, organisation=self.organisation)


class NotePartQuerySet(RecordQuerySet):
    def as_read(self) -> "NotePartQuerySet":
        """In order of writing, with author and subject."""
        return self.select_related(
            "written_by", "infant", "caregiver", "dyad__infant", "dyad__caregiver", "amends"
        ).order_by("created_at")


@tracked
class NotePart(Record):
    """One part of a note, about one subject. Once signed its words are frozen; amendments are new rows."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = ProtectedKey(CareContact, related_name="notes")
    part = models.CharField(max_length=10, choices=NoteHeading)
    subject = models.CharField(max_length=9, choices=SubjectKind, default=SubjectKind.FAMILY)
    infant = ProtectedKey(Infant, null=True, related_name="notes")
    dyad = ProtectedKey(Dyad, null=True, related_name="notes")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="notes")
    text = models.TextField()
    written_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    amends = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by"
    )
    amended_because = models.CharField(max_length=200, blank=True)
    objects = NotePartQuerySet.as_manager()
    privacy = {"clinical": "part subject text amended_because", "operational": "signed_at"}

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="signed_is_frozen",
                operation=pgtrigger.UpdateOf(
                    "text", "part", "written_by_id", "signed_at", "amends_id", "amended_because"
                ),
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.get_part_display()

    @property
    def site_id(self) -> UUID:
        return self.care_contact.episode.site_id

    @property
    def carer_alone(self) -> bool:
        """Whether it is about one carer alone, and so must not be shown to any other carer."""
        return self.subject == SubjectKind.CAREGIVER

    @property
    def is_late(self) -> bool:
        """Whether it was written late. An amendment never is: it carries its own date and reason."""
        contact = self.care_contact
        late = is_late(ended_at=contact.ended_at, written_at=self.created_at, hours=settings.LATE_ENTRY_HOURS)
        return late and self.amends_id is None

    @property
    def about(self) -> Any:
        """Whom this part is about, in words."""
        return self.infant or self.dyad or self.caregiver or f"The {self.subject}"


@tracked
class ContactIntervention(CareContact.interventions.through):
    """History of a contact's interventions."""

    class Meta:
        proxy = True
