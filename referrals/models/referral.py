"""A request for help: what was said, as it was said; then, row by row, what became of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from pairs.access.records import Record, RecordQuerySet, live_q
from pairs.access.scope import Scope
from pairs.database.arrays import build_among
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models import Caregiver, Family, build_family_within_q
from pairs.service.models import Place, Site, Team
from pairs.web.typed_text import PHONE_LENGTH
from referrals.models.concerns import Concern
from referrals.models.destinations import Destination
from referrals.outreach.models import OutreachSession
from referrals.rules.choices import (
    DECIDED_STATUSES,
    UNDECIDED_STATUSES,
    EntryPoint,
    PermissionBasis,
    ProfessionalGroup,
    ReferralResponse,
    ReferralState,
    ReplyWay,
    ThriveGrouping,
)

# Checked at commit: the newest step matches the status, and everyone who is owed a reply has one for that
# step (rules/replies.py list_owed_roles).
REPLY_REQUIRED_SQL = """
SELECT * INTO referral FROM referrals_referral WHERE id = NEW.id;
IF referral.status NOT IN ('accepted', 'consultation', 'not_accepted', 'withdrawn') THEN
    RETURN NULL;
END IF;
SELECT array_agg(reply.to) INTO heard FROM referrals_reply reply
    JOIN referrals_referralstatus step ON step.id = reply.step_id
    WHERE step.referral_id = referral.id AND step.status = referral.status AND reply.sent_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM referrals_referralstatus later
        WHERE later.referral_id = referral.id AND later.at > step.at);
IF heard IS NULL OR NOT 'family' = ANY(heard) OR (NOT 'referrer' = ANY(heard) AND (
    referral.referrer_id IS NOT NULL OR (referral.source_code <> 'B1'
    AND (referral.entry_point <> 'self' OR referral.asker_name <> '' OR referral.asker_email <> '')))) THEN
    RAISE EXCEPTION 'A referral ends with a reply to everybody owed one' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'everybody_hears';
END IF;
RETURN NULL;
"""


def build_referral_within_q(scope: Scope, path: str = "") -> Q:
    """Referrals of the sites where the scope triages, and those of families it may read.

    ``path``: as in build_family_within_q, of the referral that a row leads to ("referral__").
    """
    here = {f"{path}site__in": scope.sites("triage_referrals")}
    unrestricted = Q(**{f"{path}family": None}) | Q(**{f"{path}family__restricted": False})
    return Q(**here) & unrestricted | build_family_within_q(scope, f"{path}family__")


class ReferralQuerySet(RecordQuerySet):
    def _within(self, scope: Scope) -> "ReferralQuerySet":
        return self.filter(build_referral_within_q(scope))

    def made_by(self, scope: Scope) -> "ReferralQuerySet":
        """The referrer's own and their team's; nobody else's."""
        if not scope.may("make_referrals"):
            return self.none()
        mine = Q(referrer_id=scope.user_id)
        return self.live().filter(mine | Q(team_id=scope.team_id) if scope.team_id else mine)

    def waiting_to_start(self) -> "ReferralQuerySet":
        """Accepted, for a family, and no episode yet.

        These few are found first, by two indexes alone: of a service of years nearly all referrals were accepted once.
        """
        accepted = self.model.objects.live().filter(status=ReferralState.ACCEPTED, episode__referral=None)
        return self.filter(build_among("pk", accepted.exclude(family=None).values("pk")))

    def undecided(self) -> "ReferralQuerySet":
        return self.filter(status__in=UNDECIDED_STATUSES)

    def triaged_by(self, scope: Scope) -> "ReferralQuerySet":
        """Those that wait for a decision of somebody at the sites where the scope triages."""
        return self.visible_to(scope).undecided().filter(site__in=scope.sites("triage_referrals"))

    def with_people(self) -> "ReferralQuerySet":
        """Who and what is named in it: three more queries whatever the number of referrals."""
        named = (self.model._meta.get_field(name).related_model for name in ("infants", "caregivers"))
        people = (
            models.Prefetch(name, model.objects.live())
            for name, model in zip(("infants", "caregivers"), named, strict=True)
        )
        return self.select_related("place", "site", "referrer", "team", "patient", "lead").prefetch_related(
            *people, "concerns"
        )

    def with_news(self) -> "ReferralQuerySet":
        """Annotates ``news_at``: when something was added since the newest step; None when nothing was."""
        newest = ReferralStatus.objects.filter(referral=OuterRef("referral")).order_by("-at").values("at")[:1]
        added = Addition.objects.live().filter(referral=OuterRef("pk"), at__gt=Subquery(newest))
        return self.annotate(news_at=Subquery(added.order_by("-at").values("at")[:1]))

    def with_withdrawal_request(self) -> "ReferralQuerySet":
        """Annotates ``withdrawal_asked_at``: when whoever referred asked us to end it and tell the family first."""
        asked = Addition.objects.asking_to_withdraw().filter(referral=OuterRef("pk"))
        return self.annotate(withdrawal_asked_at=Subquery(asked.order_by("-at").values("at")[:1]))

    def unread(self) -> "ReferralQuerySet":
        """Nobody of the service has read them yet."""
        return self.live().filter(first_read_at=None, status=ReferralState.RECEIVED)


@tracked
class Referral(Record):
    """A request for help as received. Triage adds to it and never rewrites it (a trigger enforces it)."""

    reference = models.CharField(max_length=16, unique=True)
    site = ProtectedKey(Site, related_name="referrals", help_text="Who triages or holds it.")
    place = ProtectedKey(Place, related_name="referrals")
    place_assumed = models.BooleanField(
        default=False, help_text="The family's district is not stated: the site's own district is assumed."
    )
    family = ProtectedKey(Family, null=True, related_name="referrals")
    patient = ProtectedKey(
        Caregiver,
        null=True,
        related_name="own_referrals",
        help_text="The carer whose own help is asked for; empty when it is for a baby.",
    )
    outreach_session = ProtectedKey(
        OutreachSession, null=True, related_name="referrals", help_text="The outreach that it came from."
    )
    entry_point = models.CharField(max_length=12, choices=EntryPoint)
    source_code = models.CharField(max_length=2, help_text="NHS Data Dictionary source of referral.")
    referrer = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="referrals")
    team = ProtectedKey(Team, null=True, related_name="referrals")
    # Who asks, where it is not (only) an account: a professional by e-mail, a caller, somebody helping the family.
    asker_name = models.CharField(max_length=120, blank=True)
    asker_role = models.CharField(max_length=120, blank=True, help_text="Such as aunt, or nursery nurse.")
    asker_group = models.CharField(max_length=16, choices=ProfessionalGroup, blank=True)
    asker_organisation = models.CharField(max_length=120, blank=True)
    asker_phone = models.CharField(max_length=PHONE_LENGTH, blank=True)
    asker_email = models.EmailField(blank=True)
    received_at = models.DateTimeField()
    # Reading it first has a time of its own, in working hours; who read it, and when, is kept.
    read_by_time = models.DateTimeField(null=True, blank=True, help_text="When it must have been read.")
    first_read_at = models.DateTimeField(null=True, blank=True)
    first_read_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    permission = models.CharField(max_length=20, choices=PermissionBasis)
    permission_reason = models.TextField(blank=True)
    concerns = models.ManyToManyField(Concern, blank=True, related_name="referrals")
    noticed = models.TextField(blank=True, help_text="What the referrer has noticed.")
    parent_says = models.TextField(blank=True, help_text="In the parent's own words.")
    hopes = models.TextField(blank=True)
    at_home = models.TextField(blank=True, help_text="Who is at home, in the family's words.")
    others_involved = models.TextField(blank=True, help_text="Who else is involved, as the referrer told.")
    # Where the main carer lived on the day, looked up once: reports by deprivation read this.
    lsoa_code = models.CharField(max_length=9, blank=True)
    imd_decile = models.PositiveSmallIntegerField(null=True, blank=True)
    imd_version = models.CharField(max_length=4, blank=True)
    preferred_place = models.CharField(max_length=12, blank=True)
    who_comes = models.CharField(max_length=200, blank=True, help_text="Who would come along.")
    safe_contact = models.TextField(blank=True)
    best_times = models.CharField(max_length=200, blank=True)
    unsafe_times = models.CharField(max_length=200, blank=True, help_text="When not to make contact.")
    # What triage adds. ``status`` repeats the newest ReferralStatus row, so that lists need no join.
    status = models.CharField(max_length=14, choices=ReferralState, default=ReferralState.RECEIVED)
    response = models.CharField(max_length=14, choices=ReferralResponse, blank=True)
    thrive = models.CharField(max_length=12, choices=ThriveGrouping, blank=True)
    thrive_reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    lead = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="referrals_led")
    first_visit_together = models.BooleanField(
        default=False, help_text="The referrer will join the first visit."
    )
    referrer_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the referrer was told of the first visit that they come to."
    )
    referrer_told_how = models.CharField(max_length=9, choices=ReplyWay, blank=True)
    objects = ReferralQuerySet.as_manager()
    privacy = {
        "clinical": "permission permission_reason noticed parent_says hopes response thrive thrive_reason concerns"
        " at_home others_involved first_visit_together",
        "contact": "preferred_place who_comes safe_contact best_times unsafe_times asker_name asker_role asker_phone"
        " asker_email",
        "sensitive": "lsoa_code imd_decile",
        "operational": "imd_version place_assumed reference entry_point source_code received_at status decided_at"
        " read_by_time first_read_at asker_group asker_organisation referrer_told_at referrer_told_how",
    }

    class Meta:
        indexes = [
            models.Index(fields=["site", "status", "received_at"], name="triage_board"),
            models.Index(fields=["decided_at"], name="referral_decided"),
            models.Index(
                fields=["id"],
                include=["family"],
                condition=live_q(status=ReferralState.ACCEPTED),
                name="referral_accepted",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="as_it_was_said",
                operation=pgtrigger.UpdateOf(
                    "reference",
                    "entry_point",
                    "source_code",
                    "received_at",
                    "permission",
                    "permission_reason",
                    "noticed",
                    "parent_says",
                    "hopes",
                    "at_home",
                    "others_involved",
                    "asker_name",
                    "asker_role",
                    "asker_organisation",
                ),
            ),
            pgtrigger.Trigger(
                name="everybody_hears",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("status"),
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("OLD.status IS DISTINCT FROM NEW.status"),
                declare=[("referral", "referrals_referral%ROWTYPE"), ("heard", "text[]")],
                func=REPLY_REQUIRED_SQL,
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def known_place(self) -> Place | None:
        """The district, where somebody said it; None where one only stands in."""
        return None if self.place_assumed else self.place


@tracked
class ReferralConcern(Referral.concerns.through):
    """Which concerns were named: history of the list."""

    class Meta:
        proxy = True


@tracked
class ReferralStatus(Record):
    """One step of a referral: who moved it when, to what and why. Append-only."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = ProtectedKey(Referral, related_name="steps")
    status = models.CharField(max_length=14, choices=ReferralState)
    at = models.DateTimeField()
    by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    destination = models.TextField(blank=True, help_text="Where the family was pointed, in words.")
    destinations = models.ManyToManyField(
        Destination, blank=True, related_name="+", help_text="Of the directory, where the family was pointed."
    )
    privacy = {"clinical": "reason destination destinations", "operational": "status at"}

    class Meta:
        ordering = ["at"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.get_status_display()


@tracked
class StatusDestination(ReferralStatus.destinations.through):
    """Which destinations were given: history of the list."""

    class Meta:
        proxy = True


class AdditionQuerySet(RecordQuerySet):
    def made_by(self, scope: Scope) -> "AdditionQuerySet":
        """What the person or their team added to referrals of theirs; never what staff wrote down."""
        theirs = Q(by=scope.user_id) | Q(by__team=scope.team_id, by__team__isnull=False)
        return self.live().filter(theirs, referral__in=Referral.objects.made_by(scope))

    def by_referrers(self) -> "AdditionQuerySet":
        """What whoever referred, or their team, added; never what staff wrote down."""
        theirs = Q(by=F("referral__referrer")) | Q(by__team=F("referral__team"))
        return self.live().filter(theirs)

    def asking_to_withdraw(self) -> "AdditionQuerySet":
        """Those that ask us to withdraw once the family knows, of referrals not decided since."""
        later = ReferralStatus.objects.filter(
            referral=OuterRef("referral"), status__in=sorted(DECIDED_STATUSES), at__gte=OuterRef("at")
        )
        asked = self.live().filter(asks_to_withdraw=True)
        return asked.filter(~Exists(later), referral__status__in=UNDECIDED_STATUSES)


@tracked
class Addition(Record):
    """What the referrer or the family added afterwards, as it was said. Append-only."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = ProtectedKey(Referral, related_name="additions")
    text = models.TextField()
    by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    at = models.DateTimeField()
    asks_to_withdraw = models.BooleanField(default=False, help_text="The referrer asks us to end it.")
    objects = AdditionQuerySet.as_manager()
    privacy = {"clinical": "text", "operational": "at asks_to_withdraw"}

    class Meta:
        ordering = ["at"]
        triggers = [
            pgtrigger.Protect(
                name="addition_append_only", operation=pgtrigger.UpdateOf("text", "at", "asks_to_withdraw")
            )
        ]
