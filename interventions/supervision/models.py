"""Supervision: agreements, sessions and notes, which stay between staff; what is part of a family's record."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.service.models import Site


class SupervisionKind(models.TextChoices):
    CLINICAL = "clinical", "Clinical"
    MANAGERIAL = "managerial", "Managerial"
    SAFEGUARDING = "safeguarding", "Safeguarding"
    REFLECTIVE = "reflective", "Reflective"
    PEER = "peer", "Peer"
    INTERVENTION = "intervention", "Intervention-specific"


class StaffQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> Self:
        """Of the user's own, and of sites where they supervise: that it is or was, and how often it is to be."""
        return self.filter(build_either_q(scope.user_id) | Q(site__in=scope.sites("supervise")))


def build_either_q(person: Any, path: str = "") -> Q:
    """The person gives the supervision that ``path`` leads to, or has it."""
    return Q(**{f"{path}supervisor": person}) | Q(**{f"{path}supervisee": person})


class AgreementQuerySet(StaffQuerySet):
    def going_on(self, on: date) -> Self:
        """Neither ended by that day nor still to begin."""
        return self.overlapping(on, on)

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """With at least one day between these two; without a last day, from the first on."""
        until = Q() if ends_on is None else Q(starts_on__lte=ends_on)
        return self.filter(until, Q(ends_on=None) | Q(ends_on__gte=starts_on))


@tracked
class SupervisionAgreement(Record):
    """How often a person has supervision of one kind, and with whom.

    ``every_days``: what the two agreed; empty: by experience and working hours (rules.get_interval_days).
    ``working_percent``: of a full-time week.
    """

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="supervision_agreements")
    supervisor = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    supervisee = ProtectedKey(settings.AUTH_USER_MODEL, related_name="supervision_agreements")
    kind = models.CharField(max_length=12, choices=SupervisionKind, default=SupervisionKind.CLINICAL)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    under_twos_since = models.DateField(null=True, blank=True)
    working_percent = models.PositiveSmallIntegerField(default=100)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    objects = AgreementQuerySet.as_manager()
    privacy = {"staff": "kind every_days minutes under_twos_since working_percent starts_on ends_on"}

    class Meta:
        ordering = ["starts_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=F("supervisee")), name="nobody_agrees_to_supervise_themselves"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="an_agreement_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(working_percent__range=(5, 100)), name="a_working_week_is_a_share_of_full_time"
            ),
            models.CheckConstraint(
                condition=Q(every_days=None) | Q(every_days__range=(1, 366)), name="supervision_comes_round"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 480)), name="agreed_supervision_lasts_hours"
            ),
            models.UniqueConstraint(
                fields=["supervisee", "kind", "site"],
                condition=live_q(ends_on=None),
                name="one_agreement_of_a_kind_at_a_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} supervision of {self.supervisee} with {self.supervisor}"


class SessionQuerySet(StaffQuerySet):
    def with_notes_for(self, scope: Scope) -> Self:
        """The sessions with the note as ``readable_note``, where this person may read it; else None."""
        notes = SupervisionNote.objects.visible_to(scope).filter(session=OuterRef("pk"))
        return self.annotate(readable_note=Subquery(notes.values("text")))


@tracked
class SupervisionSession(Record):
    """One session of supervision of one person. Never a care contact.

    A group session is one row for each person who came; the rows share ``together``.
    """

    belongs_to = "site"
    family_path = None

    Kind = SupervisionKind
    site = ProtectedKey(Site, related_name="supervision")
    supervisor = ProtectedKey(settings.AUTH_USER_MODEL, related_name="supervises")
    supervisee = ProtectedKey(settings.AUTH_USER_MODEL, related_name="supervised")
    kind = models.CharField(max_length=12, choices=SupervisionKind, default=SupervisionKind.CLINICAL)
    held_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=60)
    together = models.UUIDField(null=True, blank=True)
    objects = SessionQuerySet.as_manager()
    privacy = {"staff": "kind held_on minutes", "operational": "together"}

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} supervision, {self.held_on}"


class NoteQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> Self:
        """Of the two who were there, and of nobody else, whatever their role."""
        return self.filter(build_either_q(scope.user_id, "session__"))


@tracked
class SupervisionNote(Record):
    """What was said about the worker: only the two of them read it, and no family's record holds it."""

    belongs_to = "session"
    family_path = None

    session = models.OneToOneField(SupervisionSession, on_delete=models.PROTECT, related_name="note")
    text = models.TextField()
    objects = NoteQuerySet.as_manager()
    privacy = {"staff": "text"}

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"Note of {self.session}"


class PlannedSupervisionQuerySet(StaffQuerySet):
    def standing(self) -> "PlannedSupervisionQuerySet":
        """Neither cancelled nor held yet."""
        return self.live().filter(cancelled_at=None, held_as=None)


@tracked
class PlannedSupervision(Record):
    """A session that is to be. Apart from those that were held, so that what is only planned is never counted."""

    belongs_to = "site"
    family_path = None

    site = ProtectedKey(Site, related_name="planned_supervision")
    supervisor = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    supervisee = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    kind = models.CharField(max_length=12, choices=SupervisionKind, default=SupervisionKind.CLINICAL)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    together = models.UUIDField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    held_as = models.OneToOneField(
        SupervisionSession, null=True, blank=True, on_delete=models.PROTECT, related_name="planned_as"
    )
    objects = PlannedSupervisionQuerySet.as_manager()
    privacy = {"staff": "kind starts_at minutes", "operational": "together cancelled_at"}

    class Meta:
        ordering = ["starts_at", "id"]
        verbose_name_plural = "planned supervision"
        indexes = [models.Index(fields=["starts_at"], name="planned_supervision_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 480)), name="planned_supervision_lasts_hours"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(held_as=None), name="cancelled_supervision_is_not_held"
            ),
        ]

    def __str__(self) -> str:
        return f"Supervision of {self.starts_at:%Y-%m-%d %H:%M}"


class AgendaItemQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> Self:
        """Of the two whose agenda it is, and of nobody else."""
        return self.filter(build_either_q(scope.user_id, "agreement__"))

    def open(self) -> Self:
        return self.filter(closed_at=None)


@tracked
class AgendaItem(Record):
    """What one of the two wants to raise next time. It may be about the worker, so only the two read it."""

    belongs_to = "agreement"
    family_path = None

    agreement = ProtectedKey(SupervisionAgreement, related_name="items")
    raised_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    text = models.CharField(max_length=500)
    closed_at = models.DateTimeField(null=True, blank=True)
    objects = AgendaItemQuerySet.as_manager()
    privacy = {"staff": "text", "operational": "closed_at"}

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.text


@tracked
class FamilyDiscussion(Record):
    """A family was talked about in a session: part of the family's record. What was said is not in it."""

    session = ProtectedKey(SupervisionSession, related_name="discussions")
    family = ProtectedKey(Family, related_name="discussions")
    privacy = {}

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "family"], condition=live_q(), name="discussed_once_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"Discussed on {self.session.held_on}"


class CaseDecisionQuerySet(RecordQuerySet):
    def to_do(self) -> Self:
        """Not done yet. A caseload review asks for the action apart: without one, or a date, nothing is to do."""
        only_decided = Q(session=None, action="", do_by=None)
        return self.filter(~only_decided, done_at=None)


@tracked
class CaseDecision(Record):
    """What was decided about a family in supervision: part of the family's record.

    In a session, or in a caseload review, which says by whom and on which day. ``do_by``: when the action is to be
    done, or the family looked at again.
    """

    session = ProtectedKey(SupervisionSession, null=True, related_name="decisions")
    reviewed_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)
    family = ProtectedKey(Family, related_name="decisions")
    decision = models.TextField(blank=True)
    action = models.CharField(max_length=500, blank=True)
    do_by = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    owner = ProtectedKey(settings.AUTH_USER_MODEL, related_name="case_actions")
    objects = CaseDecisionQuerySet.as_manager()
    privacy = {"clinical": "decision action do_by reviewed_on", "operational": "done_at"}

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, reviewed_by=None, reviewed_on=None)
                | Q(session=None, reviewed_by__isnull=False, reviewed_on__isnull=False),
                name="a_decision_is_of_a_session_or_a_review",
            ),
            models.CheckConstraint(condition=~Q(decision="", action=""), name="a_decision_says_something"),
        ]

    @property
    def is_to_do(self) -> bool:
        """Whether its owner has something to do by it, or had: as ``to_do`` asks of rows."""
        return bool(self.session_id or self.action or self.do_by)

    @property
    def to_do_words(self) -> str:
        """What its owner is to do: the action, where it was said apart from the decision."""
        return self.action or self.decision


def build_to_do_words() -> Coalesce:
    """``to_do_words`` in a query."""
    return Coalesce(NullIf("action", Value("")), "decision")
