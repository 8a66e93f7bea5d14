"""Consultation: the service thinking with another professional, about a named or an unnamed family."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family
from pairs.service.models import Place, Site, Team
from pairs.web.typed_text import PHONE_LENGTH
from referrals.models.referral import Referral
from referrals.rules.choices import (
    ConsultationOutcome,
    ConsultationStatus,
    PermissionBasis,
    ProfessionalGroup,
)


class ConsultationQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "ConsultationQuerySet":
        """Those of the sites where the scope triages, and of families it may read."""
        here = Q(site__in=scope.sites("triage_referrals")) & (Q(family=None) | Q(family__restricted=False))
        return self.filter(here | Q(family__in=scope.rows(Family)))

    def made_by(self, scope: Scope) -> "ConsultationQuerySet":
        """The asker's own and their team's; nobody else's."""
        if not scope.may("make_referrals"):
            return self.none()
        mine = Q(asked_by_id=scope.user_id)
        return self.live().filter(mine | Q(team_id=scope.team_id) if scope.team_id else mine)

    def with_people(self) -> "ConsultationQuerySet":
        """Who thinks with them, and where the family lives: for lists and the API."""
        return self.select_related("clinician", "asked_by", "team", "place", "site")

    def with_steps(self) -> "ConsultationQuerySet":
        """Whole, as its page shows it: one more query for the steps."""
        return self.with_people().select_related("referral").prefetch_related("steps__by")

    def held(self) -> "ConsultationQuerySet":
        return self.filter(status=ConsultationStatus.HELD)

    def open(self) -> "ConsultationQuerySet":
        return self.filter(status__in=(ConsultationStatus.ASKED, ConsultationStatus.ARRANGED))


@tracked
class Consultation(Record):
    """What a professional would like to think about with us; then, row by row, what became of it.

    About an unnamed family nothing says who it is, and nobody's permission is needed.
    """

    reference = models.CharField(max_length=16, unique=True)
    site = ProtectedKey(Site, related_name="consultations")
    place = ProtectedKey(Place, related_name="+")
    place_assumed = models.BooleanField(default=False, help_text="As of the referral that it came from.")
    family = ProtectedKey(Family, null=True, related_name="consultations")
    referral = ProtectedKey(Referral, null=True, related_name="consultations")
    asked_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="consultations")
    team = ProtectedKey(Team, null=True, related_name="+")
    asker_name = models.CharField(max_length=120, blank=True)
    asker_role = models.CharField(max_length=120, blank=True)
    asker_group = models.CharField(max_length=16, choices=ProfessionalGroup, blank=True)
    asker_organisation = models.CharField(max_length=120, blank=True)
    asker_phone = models.CharField(max_length=PHONE_LENGTH, blank=True)
    asker_email = models.EmailField(blank=True)
    asked_at = models.DateTimeField()
    named = models.BooleanField(default=False, help_text="The family is named, with permission.")
    permission = models.CharField(max_length=20, choices=PermissionBasis, blank=True)
    permission_reason = models.TextField(blank=True)
    who = models.TextField(blank=True, help_text="Who it is about, when the family is named.")
    about = models.TextField(help_text="What they would like to think about.")
    best_times = models.TextField(blank=True)
    # What the service adds. ``status`` repeats the newest ConsultationStep.
    status = models.CharField(max_length=9, choices=ConsultationStatus, default=ConsultationStatus.ASKED)
    clinician = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    arranged_for = models.DateTimeField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    thoughts = models.TextField(blank=True, help_text="Consultation summary.")
    outcome = models.CharField(max_length=9, choices=ConsultationOutcome, blank=True)
    objects = ConsultationQuerySet.as_manager()
    privacy = {
        "identifies": "who",
        "clinical": "permission permission_reason about thoughts outcome",
        "contact": "asker_name asker_role asker_phone asker_email best_times",
        "operational": "reference asked_at named status arranged_for held_on minutes asker_group asker_organisation"
        " place_assumed",
    }

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["site", "status", "asked_at"], name="consultations_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(named=True) & ~Q(permission="")
                | Q(named=False, permission="", who="", family=None),
                name="named_with_permission",
            ),
            models.CheckConstraint(
                condition=~Q(status=ConsultationStatus.HELD) | (Q(held_on__isnull=False) & ~Q(outcome="")),
                name="held_says_what_came",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="consultation_as_asked",
                operation=pgtrigger.UpdateOf("reference", "asked_at", "about", "named", "permission_reason"),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def known_place(self) -> Place | None:
        """The district, where somebody said it; None where one only stands in."""
        return None if self.place_assumed else self.place


@tracked
class ConsultationStep(Record):
    """One step of a consultation: who moved it when, to what and why. Append-only."""

    belongs_to = "consultation"
    family_path = "consultation__family_id"

    consultation = ProtectedKey(Consultation, related_name="steps")
    status = models.CharField(max_length=9, choices=ConsultationStatus)
    at = models.DateTimeField()
    by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    privacy = {"clinical": "reason", "operational": "status at"}

    class Meta:
        ordering = ["at"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_status_display()
