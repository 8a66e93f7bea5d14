"""Consultation: the service thinking with another professional, about a named or an unnamed family."""

from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from pairs.access.one_time_links import DayLink, FoundByDay
from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Family, build_family_within_q
from pairs.service.models import Place, Site, Team
from pairs.web.typed_text import PHONE_LENGTH
from referrals.models.referral import Referral
from referrals.rules.choices import (
    Agreement,
    ConsultationOutcome,
    ConsultationRoute,
    ConsultationStatus,
    PermissionBasis,
    ProfessionalGroup,
)


class ConsultationQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "ConsultationQuerySet":
        """Those of the sites where the scope triages, of families it may read, and those that the user holds."""
        unrestricted = Q(family=None) | Q(family__restricted=False)
        here = Q(site__in=scope.sites("triage_referrals")) & unrestricted
        if scope.user_id is not None:
            own = Q(clinician_id=scope.user_id, site__in=scope.sites("write_records", "triage_referrals"))
            here |= own & unrestricted
        return self.filter(here | build_family_within_q(scope, "family__"))

    def made_by(self, scope: Scope) -> "ConsultationQuerySet":
        """The asker's own and their team's; nobody else's."""
        if not scope.may("make_referrals"):
            return self.none()
        mine = Q(asked_by_id=scope.user_id)
        return self.live().filter(mine | Q(team_id=scope.team_id) if scope.team_id else mine)

    def with_people(self) -> "ConsultationQuerySet":
        """Who thinks with them, and where the family lives: for lists and the API."""
        return self.select_related("clinician", "asked_by", "team", "place", "site")

    def with_professionals(self) -> "ConsultationQuerySet":
        """With those who took part besides whoever asked: one more query."""
        took_part = models.Prefetch("professionals", ConsultationProfessional.objects.live())
        return self.with_people().prefetch_related(took_part)

    def with_steps(self) -> "ConsultationQuerySet":
        """Whole, as its page shows it: two more queries, for the steps and for who took part."""
        return self.with_professionals().select_related("referral").prefetch_related("steps__by")

    def held(self) -> "ConsultationQuerySet":
        return self.filter(status=ConsultationStatus.HELD)

    def to_follow_up(self) -> "ConsultationQuerySet":
        """Held, with a day to ask what happened next, and nobody has recorded it."""
        return self.held().filter(follow_up_on__isnull=False, followed_up_on=None)

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
    came_by = models.CharField(max_length=8, choices=ConsultationRoute, default=ConsultationRoute.REQUEST)
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
    agreed = models.TextField(blank=True, help_text="Who does what.")
    outcome = models.CharField(max_length=9, choices=ConsultationOutcome, blank=True)
    follow_up_on = models.DateField(null=True, blank=True, help_text="When we ask what happened next.")
    happened_next = models.TextField(blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    objects = ConsultationQuerySet.as_manager()
    privacy = {
        "identifies": "who",
        "clinical": "permission permission_reason about thoughts agreed outcome happened_next",
        "contact": "asker_name asker_role asker_phone asker_email best_times",
        "operational": "reference asked_at named status arranged_for held_on minutes asker_group asker_organisation"
        " place_assumed came_by follow_up_on followed_up_on",
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
            models.CheckConstraint(
                condition=Q(followed_up_on=None, happened_next="")
                | (Q(followed_up_on__isnull=False, status=ConsultationStatus.HELD) & ~Q(happened_next="")),
                name="a_follow_up_says_what_happened",
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

    @property
    def status_shown(self) -> str:
        """To the team: a booked one whose time has come is to be recorded."""
        booked = self.status == ConsultationStatus.ARRANGED and self.arranged_for is not None
        return "to_record" if booked and self.arranged_for <= timezone.now() else self.status


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


@tracked
class ConsultationProfessional(Record):
    """A professional who took part besides whoever asked."""

    belongs_to = "consultation"
    family_path = "consultation__family_id"

    consultation = ProtectedKey(Consultation, related_name="professionals")
    name = models.CharField(max_length=120, blank=True)
    group = models.CharField(max_length=16, choices=ProfessionalGroup)
    organisation = models.CharField(max_length=120, blank=True)
    privacy = {"contact": "name", "operational": "group organisation"}

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.get_group_display(), self.organisation]))


class ConsultationFeedbackQuerySet(FoundByDay, RecordQuerySet):
    def working(self, token: str, on: date) -> "ConsultationFeedbackQuerySet":
        """The one whose link has this token, while it is good: a link is gone once it was used."""
        return super().working(token, on).filter(live_q(), live_q("consultation__"))


@tracked(exclude=["token_hash"])
class ConsultationFeedback(DayLink, Record):
    """What whoever asked says of the consultation, once, by a link; an empty row until then."""

    belongs_to = "consultation"
    family_path = "consultation__family_id"

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="feedback")
    token_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Of the link; empty once it was used."
    )
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    helped_to_think = models.PositiveSmallIntegerField(null=True, blank=True, choices=Agreement)
    knew_what_next = models.PositiveSmallIntegerField(null=True, blank=True, choices=Agreement)
    words = models.TextField(blank=True)
    objects = ConsultationFeedbackQuerySet.as_manager()
    privacy = {
        "secret": "token_hash",
        "sensitive": "helped_to_think knew_what_next words",
        "operational": "asked_on last_day answered_on",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("asked_on")), name="a_feedback_link_lasts_some_days"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, helped_to_think=None, knew_what_next=None, words="")
                | Q(answered_on__isnull=False, token_hash=None),
                name="a_feedback_link_works_once",
            ),
            models.CheckConstraint(
                condition=(Q(helped_to_think=None) | Q(helped_to_think__in=Agreement.values))
                & (Q(knew_what_next=None) | Q(knew_what_next__in=Agreement.values)),
                name="feedback_is_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback on {self.consultation}"
