"""A request for a copy of what is held about one person, with its clock and what has to be checked first."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Family, Infant
from pairs.jobs.models import Job
from pairs.subject_access.choices import AskedAs, CheckAnswer, CheckKind, ReceivedHow, RequestStatus
from pairs.subject_access.rules import Clock, compute_clock


class SubjectAccessRequestQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "SubjectAccessRequestQuerySet":
        """Information governance of the family's site alone: that somebody asks may itself be what another must not
        know."""
        return self.filter(family__site__in=scope.sites("govern_records"))

    def open(self) -> "SubjectAccessRequestQuerySet":
        """The oldest first."""
        return self.filter(status=RequestStatus.OPEN).order_by("received_on", "created_at", "id")

    def closed(self) -> "SubjectAccessRequestQuerySet":
        """The latest first."""
        return self.exclude(status=RequestStatus.OPEN).order_by("-closed_at", "id")

    def with_names(self) -> "SubjectAccessRequestQuerySet":
        people = ("caregiver", "infant", "requester", "taken_by", "extended_by", "closed_by")
        return self.select_related("family__site", "job", *people).defer("job__file")


@tracked
class SubjectAccessRequest(Record):
    """Who asks, for whom and in which right; when identity was shown; the clock; how it ended."""

    family = ProtectedKey(Family, related_name="subject_access_requests")
    caregiver = ProtectedKey(Caregiver, null=True, related_name="+", help_text="For whom, if a carer.")
    infant = ProtectedKey(Infant, null=True, related_name="+", help_text="For whom, if a baby.")
    asked_as = models.CharField(max_length=14, choices=AskedAs)
    asked_by = models.CharField(max_length=160, help_text="Who asks, by name.")
    requester = ProtectedKey(
        Caregiver, null=True, related_name="+", help_text="Who asks, if a carer of this family."
    )
    authority = models.CharField(max_length=300, blank=True, help_text="How they showed that they may ask.")
    received_on = models.DateField()
    received_how = models.CharField(max_length=6, choices=ReceivedHow)
    asks_for = models.TextField(blank=True, help_text="What they ask for; empty: everything.")
    identity_asked_on = models.DateField(null=True, blank=True)
    identity_shown_on = models.DateField(null=True, blank=True)
    identity_how = models.CharField(max_length=200, blank=True)
    taken_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    extended_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    extended_because = models.CharField(max_length=300, blank=True)
    extension_told_on = models.DateField(null=True, blank=True)
    job = ProtectedKey(Job, null=True, related_name="+", help_text="Gathers the entries.")
    gathered_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=11, choices=RequestStatus, default=RequestStatus.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    closed_because = models.CharField(max_length=300, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="When they were told that it was refused.")
    objects = SubjectAccessRequestQuerySet.as_manager()
    privacy = {
        "identifies": "asked_by",
        "sensitive": "asked_as authority asks_for identity_how extended_because closed_because",
        "operational": "received_on received_how identity_asked_on identity_shown_on extension_told_on gathered_at"
        " status closed_at told_on",
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["received_on"],
                condition=Q(status=RequestStatus.OPEN),
                name="open_subject_access",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(caregiver__isnull=False, infant=None) | Q(caregiver=None, infant__isnull=False),
                name="subject_access_is_for_one_person",
            ),
            models.CheckConstraint(
                condition=Q(infant=None) | ~Q(asked_as=AskedAs.SELF), name="a_baby_does_not_ask"
            ),
            models.CheckConstraint(
                condition=Q(extended_by=None, extended_because="", extension_told_on=None)
                | (Q(extended_by__isnull=False, extension_told_on__isnull=False) & ~Q(extended_because="")),
                name="an_extension_says_why_and_when_told",
            ),
            models.CheckConstraint(
                condition=Q(status=RequestStatus.OPEN, closed_at=None, closed_by=None, closed_because="")
                | (
                    ~Q(status=RequestStatus.OPEN)
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(closed_because="")
                ),
                name="subject_access_is_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status=RequestStatus.REFUSED) | Q(told_on__isnull=False),
                name="a_refusal_is_told",
            ),
            models.CheckConstraint(
                condition=Q(identity_shown_on=None, identity_how="")
                | (Q(identity_shown_on__isnull=False) & ~Q(identity_how="")),
                name="identity_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Subject access request of {self.received_on}"

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    @property
    def person(self) -> Caregiver | Infant:
        """About whom a copy is asked for."""
        found = self.infant or self.caregiver
        assert found is not None  # a constraint of the table says so
        return found

    @property
    def clock(self) -> Clock:
        return compute_clock(
            received_on=self.received_on,
            identity_asked_on=self.identity_asked_on,
            identity_shown_on=self.identity_shown_on,
            extended=self.extended_by_id is not None,
        )

    @property
    def is_open(self) -> bool:
        return self.status == RequestStatus.OPEN


class OfRequest(Record):
    """A row of one request."""

    belongs_to = "access_request"
    family_path = "access_request__family_id"

    class Meta:
        abstract = True

    @property
    def site_id(self) -> UUID:
        return self.access_request.site_id


class DisclosureCheckQuerySet(RecordQuerySet):
    def with_names(self) -> "DisclosureCheckQuerySet":
        people = ("caregiver", "infant", "requester", "family__site")
        return self.select_related("answered_by", *(f"access_request__{each}" for each in people))


@tracked
class DisclosureCheck(OfRequest):
    """One thing to look at before a copy is made: made with the request, empty until somebody has answered it."""

    access_request = ProtectedKey(SubjectAccessRequest, related_name="checks")
    kind = models.CharField(max_length=14, choices=CheckKind)
    answer = models.CharField(max_length=6, choices=CheckAnswer, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    objects = DisclosureCheckQuerySet.as_manager()
    privacy = {"sensitive": "answer note", "operational": "kind answered_at"}

    class Meta:
        ordering = ["created_at", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["access_request", "kind"], condition=live_q(), name="one_check_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(answer="", note="", answered_by=None, answered_at=None)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="") & ~Q(note="")),
                name="a_check_is_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
