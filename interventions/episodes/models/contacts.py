"""Care contacts: who was expected and came, and the note by parts."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, Q
from django.db.models.functions import JSONObject

from interventions.episodes.rules import (
    ATTENDANCES,
    LOCATIONS,
    MECHANISMS,
    NOTE_PARTS,
    SEEN,
    SUBJECTS,
)
from pairs.access.records import Record, RecordQuerySet
from pairs.families.models import Caregiver, Dyad, Infant
from pairs.service.history import tracked


class CareContactQuerySet(RecordQuerySet):
    def newest_first(self):
        return self.order_by("-starts_at", "-id")

    def with_people(self):
        """Who came, in one more query."""
        return self.select_related("practitioner", "episode").prefetch_related(
            models.Prefetch("participants", Participant.objects.live().with_person())
        )

    def with_all(self):
        """Who came, what was worked on and what was written, each in one more query."""
        notes = models.Prefetch("notes", NotePart.objects.live().as_read())
        return self.with_people().prefetch_related("interventions", notes)


@tracked
class CareContact(Record):
    """One dated encounter with, or about, a family, attended or not."""

    belongs_to = "episode"
    family_path = "episode__family_id"

    episode = models.ForeignKey("episodes.Episode", on_delete=models.PROTECT, related_name="contacts")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    mechanism = models.CharField(
        max_length=2, choices=MECHANISMS, help_text="NHS Data Dictionary consultation mechanism."
    )
    location = models.CharField(
        max_length=3, choices=LOCATIONS, help_text="NHS Data Dictionary activity location type."
    )
    interventions = models.ManyToManyField("episodes.Intervention", blank=True, related_name="contacts")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="care_contacts"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    objects = CareContactQuerySet.as_manager()
    privacy = {"clinical": "starts_at minutes mechanism location interventions", "operational": "signed_at"}

    class Meta:
        indexes = [
            models.Index(fields=["episode", "-starts_at"], name="contacts_of_episode"),
            models.Index(fields=["starts_at"], name="contacts_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__range=(0, 720)), name="a_contact_lasts_at_most_a_day")
        ]

    def __str__(self):
        return f"Care contact of {self.starts_at:%Y-%m-%d}"

    @property
    def came(self):
        """Each person expected and whether they came, in words (fetched ``with_people``)."""
        return "; ".join(
            f"{each.person}: {each.get_attendance_display().lower()}" for each in self.participants.all()
        )

    @property
    def site_id(self):
        return self.episode.site_id


class ParticipantQuerySet(RecordQuerySet):
    def with_person(self):
        """Infants first, then the adults."""
        return self.select_related("infant", "caregiver").order_by(
            models.F("infant").asc(nulls_last=True), "created_at"
        )


@tracked
class Participant(Record):
    """One person expected at a care contact, and whether they came: each is a fact of its own."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = models.ForeignKey(CareContact, on_delete=models.PROTECT, related_name="participants")
    infant = models.ForeignKey(
        Infant, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    caregiver = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances"
    )
    attendance = models.CharField(max_length=20, choices=ATTENDANCES)
    objects = ParticipantQuerySet.as_manager()
    privacy = {"clinical": "attendance"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(infant=None, caregiver__isnull=False) | Q(infant__isnull=False, caregiver=None),
                name="participant_is_one_person",
            ),
            models.UniqueConstraint(fields=["care_contact", "infant"], name="infant_once_a_contact"),
            models.UniqueConstraint(fields=["care_contact", "caregiver"], name="caregiver_once_a_contact"),
        ]

    @property
    def person(self):
        return self.infant or self.caregiver


class NotePartQuerySet(RecordQuerySet):
    def as_read(self):
        """In the order written, each with who wrote it and whom it is about."""
        return self.select_related(
            "written_by", "infant", "caregiver", "dyad__infant", "dyad__caregiver", "amends"
        ).order_by("created_at")


@tracked
class NotePart(Record):
    """One part of a note, about one subject. Once signed its words are frozen; amendments are new rows."""

    belongs_to = "care_contact"
    family_path = "care_contact__episode__family_id"

    care_contact = models.ForeignKey(CareContact, on_delete=models.PROTECT, related_name="notes")
    part = models.CharField(max_length=10, choices=NOTE_PARTS)
    subject = models.CharField(max_length=9, choices=SUBJECTS, default="family")
    infant = models.ForeignKey(Infant, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    dyad = models.ForeignKey(Dyad, null=True, blank=True, on_delete=models.PROTECT, related_name="notes")
    caregiver = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
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
                operation=pgtrigger.UpdateOf("text", "part", "written_by_id", "signed_at"),
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return self.get_part_display()

    @property
    def site_id(self):
        return self.care_contact.episode.site_id

    @property
    def about(self):
        """Whom this part is about, in words."""
        return self.infant or self.dyad or self.caregiver or f"The {self.subject}"


@tracked
class ContactIntervention(CareContact.interventions.through):
    """Which ways of working a contact recorded: history of the list."""

    class Meta:
        proxy = True


RECENT = 24  # attendances looked at: two infants' last dozen contacts


def last_seen(episode):
    """Start of the newest contact at which anybody was seen."""
    seen = CareContact.objects.live().filter(episode=episode, participants__attendance__in=SEEN)
    return seen.order_by("-starts_at").values("starts_at")[:1]


def recent_attendances(episode):
    """The living infants' newest attendances as [{infant, at, attendance}], newest first."""
    rows = Participant.objects.live().filter(
        care_contact__episode=episode,
        care_contact__entered_in_error_at=None,
        infant__isnull=False,
        infant__lost_on=None,
    )
    newest = rows.order_by("-care_contact__starts_at", "infant_id")
    return ArraySubquery(
        newest.values(
            row=JSONObject(infant="infant_id", at="care_contact__starts_at", attendance="attendance")
        )[:RECENT]
    )


def unsigned_contacts(episode):
    """The contacts still to be signed as [{id, at, by}]."""
    rows = CareContact.objects.live().filter(episode=episode, signed_at=None).order_by("starts_at")
    return ArraySubquery(rows.values(row=JSONObject(id="id", at="starts_at", by="practitioner_id")))


def has_unsigned(episode):
    return Exists(CareContact.objects.live().filter(episode=episode, signed_at=None))
