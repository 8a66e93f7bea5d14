"""The entries of a copy and what is decided about them, a practitioner's view on harm, and the copy itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.jobs.models import Job
from pairs.subject_access.choices import Decision, HarmFinding, HeldBecause, RequestStatus, WithheldBecause
from pairs.subject_access.models.requests import OfRequest, SubjectAccessRequest


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
    source_id = models.UUIDField(help_text="Its row, or what stands for one earlier version of it.")
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

    def including_sealed(self, scope: Scope) -> "HarmViewQuerySet":
        """Information governance of the family's site, which asked for it."""
        return self.filter(access_request__family__site__in=scope.sites("govern_records"))

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
                    Q(handed_on__isnull=False, handed_by__isnull=False) & ~Q(handed_how="") & ~Q(handed_to="")
                ),
                name="a_bundle_is_handed_to_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Bundle of {self.created_at:%Y-%m-%d}"

    @property
    def file_name(self) -> str:
        return f"pairs-subject-access-{self.created_at:%Y-%m-%d}.pdf"
