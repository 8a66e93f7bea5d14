"""A request for a copy of what is held about one person, what was checked and decided, and the copy itself."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Adoption, Caregiver, Family, Infant
from pairs.jobs.models import Job
from pairs.subject_access.choices import (
    AskedAs,
    CheckAnswer,
    CheckKind,
    Decision,
    HarmFinding,
    HeldBecause,
    ReceivedHow,
    RequestStatus,
    SealedGround,
    WithheldBecause,
)
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
                condition=Q(caregiver__isnull=False, infant=None)
                | Q(caregiver=None, infant__isnull=False),
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
        return self.infant or self.caregiver

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


class BundleEntryQuerySet(RecordQuerySet):
    def undecided(self) -> "BundleEntryQuerySet":
        return self.filter(decision="")

    def with_names(self) -> "BundleEntryQuerySet":
        return self.select_related("decided_by", "access_request__family__site")


@tracked
class BundleEntry(OfRequest):
    """One entry as it was when it was gathered, and what is done with it.

    ``lines``: [[label, text], …]. ``held_because`` empty: it is given without a question.
    """

    access_request = ProtectedKey(SubjectAccessRequest, related_name="entries")
    order = models.PositiveIntegerField()
    section = models.CharField(max_length=80)
    on = models.DateField(null=True, blank=True)
    about = models.CharField(max_length=400, blank=True, help_text="Whom it is about, by name.")
    lines = models.JSONField(default=list)
    source = models.CharField(max_length=80, help_text="Its table.")
    source_id = models.UUIDField()
    held_because = models.CharField(max_length=10, choices=HeldBecause, blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    given_text = models.TextField(blank=True, help_text="What is given instead, where parts are struck out.")
    withheld_because = models.CharField(max_length=12, choices=WithheldBecause, blank=True)
    why = models.CharField(max_length=300, blank=True)
    decided_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    objects = BundleEntryQuerySet.as_manager()
    privacy = {
        "clinical": "lines given_text why",
        "identifies": "about",
        "operational": "order section on source source_id held_because decision withheld_because decided_at",
    }

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["access_request", "source", "source_id"],
                condition=live_q(),
                name="a_row_is_gathered_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="")),
                name="an_entry_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=("", Decision.GIVE), withheld_because="", given_text="")
                | (Q(decision=Decision.STRIKE) & ~Q(given_text="") & ~Q(withheld_because="") & ~Q(why=""))
                | (Q(decision=Decision.WITHHOLD, given_text="") & ~Q(withheld_because="") & ~Q(why="")),
                name="what_is_withheld_says_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False) | Q(held_because="") | Q(decision=""),
                name="nothing_held_is_decided_silently",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section}, entry {self.order}"

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(f"{label}: {words}" for label, words in self.lines)

    @property
    def is_given(self) -> bool:
        return self.decision in (Decision.GIVE, Decision.STRIKE)


class HarmViewQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "HarmViewQuerySet":
        """Whoever is asked for it, while they reach the family."""
        return self.filter(asked_of=scope.user_id, access_request__family__in=scope.rows(Family))

    def unanswered(self) -> "HarmViewQuerySet":
        return self.filter(given_at=None, access_request__status=RequestStatus.OPEN)

    def with_names(self) -> "HarmViewQuerySet":
        return self.select_related("asked_of", "access_request__family__site", *_people_of("access_request"))


def _people_of(path: str) -> list[str]:
    return [f"{path}__caregiver", f"{path}__infant"]


@tracked
class HarmView(OfRequest):
    """What a practitioner, asked by name, says of serious harm that giving the entries may cause."""

    access_request = ProtectedKey(SubjectAccessRequest, related_name="harm_views")
    asked_of = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    finding = models.CharField(max_length=4, choices=HarmFinding, blank=True)
    note = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    objects = HarmViewQuerySet.as_manager()
    privacy = {"clinical": "finding note", "operational": "given_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["access_request"], condition=live_q(given_at=None), name="one_view_is_waited_for"
            ),
            models.CheckConstraint(
                condition=Q(finding="", note="", given_at=None)
                | (Q(given_at__isnull=False) & ~Q(finding="") & ~Q(note="")),
                name="a_view_of_harm_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"View of {self.asked_of} on serious harm"


class BundleQuerySet(RecordQuerySet):
    def newest_first(self) -> "BundleQuerySet":
        return self.order_by("-created_at", "id")

    def with_names(self) -> "BundleQuerySet":
        people = ("made_by", "handed_by", "job", "access_request__family__site")
        return self.select_related(*people, *_people_of("access_request")).defer("job__file")


@tracked
class Bundle(OfRequest):
    """The copy as it was made: frozen, on paper by its job, for machines as ``content``; and whom it was handed to."""

    access_request = ProtectedKey(SubjectAccessRequest, related_name="bundles")
    made_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    content = models.JSONField()
    job = ProtectedKey(Job, null=True, related_name="+", help_text="The PDF.")
    handed_on = models.DateField(null=True, blank=True)
    handed_how = models.CharField(max_length=120, blank=True)
    handed_to = models.CharField(max_length=160, blank=True)
    handed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    objects = BundleQuerySet.as_manager()
    privacy = {"clinical": "content", "identifies": "handed_to", "operational": "handed_on handed_how"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_on=None, handed_how="", handed_to="", handed_by=None)
                | (
                    Q(handed_on__isnull=False, handed_by__isnull=False)
                    & ~Q(handed_how="")
                    & ~Q(handed_to="")
                ),
                name="a_bundle_is_handed_to_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Bundle of {self.created_at:%Y-%m-%d}"

    @property
    def file_name(self) -> str:
        return f"pairs-subject-access-{self.created_at:%Y-%m-%d}.pdf"


class SealedReadingQuerySet(RecordQuerySet):
    def including_sealed(self, scope: Scope) -> "SealedReadingQuerySet":
        """Information governance of the site that held the birth family, whose record is sealed."""
        return self.valid().filter(family__site__in=scope.sites("govern_records"))

    def _within(self, scope: Scope) -> "SealedReadingQuerySet":
        return self.none()

    def with_names(self) -> "SealedReadingQuerySet":
        return self.select_related("family__site", "adoption__birth_infant", "asked_by", "decided_by")

    def newest_first(self) -> "SealedReadingQuerySet":
        return self.order_by("-created_at", "id")


@tracked
class SealedReading(Record):
    """The one lawful road to a sealed birth identity: asked for by one, approved by another, read for some days."""

    family = ProtectedKey(Family, related_name="sealed_readings")
    adoption = ProtectedKey(Adoption, related_name="readings")
    ground = models.CharField(max_length=5, choices=SealedGround)
    authority = models.CharField(
        max_length=300, help_text="The order, or how they showed who they are and that they are an adult."
    )
    reason = models.CharField(max_length=300)
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    decided_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    approved = models.BooleanField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day on which it may be read.")
    objects = SealedReadingQuerySet.as_manager()
    privacy = {
        "sensitive": "ground authority reason decision_note",
        "operational": "decided_at approved until",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="two_people_open_a_sealed_identity"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, approved=None, decision_note="", until=None)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, approved__isnull=False)
                    & ~Q(decision_note="")
                    & (Q(approved=False, until=None) | Q(approved=True, until__isnull=False))
                ),
                name="a_sealed_reading_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Reading of a sealed identity, {self.created_at:%Y-%m-%d}"

    @property
    def site_id(self) -> UUID:
        return self.family.site_id

    def is_readable(self, now: datetime | None = None) -> bool:
        """Approved, and its last day has not passed."""
        return bool(self.approved and self.until and timezone.localdate(now) <= self.until)
