"""A request for help: what was said, as it was said; then, row by row, what became of it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.families.models import Caregiver, Dyad, Family, Infant, Person
from pairs.service.history import tracked
from pairs.service.models import Place, Site, Team
from referrals.rules import PERMISSION_BASES, RESPONSES, STATUSES, THRIVE_GROUPINGS


@tracked
class Concern(models.Model):
    """A relationship concern in two voices, the family's and the professional's. Retired, never deleted."""

    code = models.SlugField(unique=True)
    family_voice = models.CharField(max_length=120)
    professional_voice = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)
    privacy = {"public": "code family_voice professional_voice order retired_on"}

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.professional_voice


class ReferralQuerySet(RecordQuerySet):
    def _within(self, scope: Scope):
        """Referrals of the sites where the scope triages, and those of families it may read."""
        return self.filter(
            Q(site__in=scope.sites("triage_referrals")) & (Q(family=None) | Q(family__restricted=False))
            | Q(family__in=Family.objects.all()._within(scope))
        )

    def made_by(self, scope: Scope):
        """The referrer's own and their team's; nobody else's."""
        if not scope.may("make_referrals"):
            return self.none()
        mine = Q(referrer_id=scope.user_id)
        return self.live().filter(mine | Q(team_id=scope.team_id) if scope.team_id else mine)

    def undecided(self):
        return self.filter(status__in=("received", "read", "more_asked"))

    def triaged_by(self, scope: Scope):
        """Those that wait for a decision of somebody at the sites where the scope triages."""
        return self.visible_to(scope).undecided().filter(site__in=scope.sites("triage_referrals"))

    def with_people(self):
        """Who and what is named in it: three more queries whatever the number of referrals."""
        people = (("infants", ReferredInfant), ("caregivers", ReferredCaregiver))
        return self.select_related("place", "site", "referrer", "team", "patient").prefetch_related(
            *(models.Prefetch(name, model.objects.live()) for name, model in people), "concerns"
        )


@tracked
class Referral(Record):
    """What was said at the door. Triage adds to it and never rewrites it (a trigger holds that)."""

    DOORS = [
        ("professional", "Professional referral"),
        ("api", "Another system"),
        ("phone", "Phone"),
        ("self", "Asked for help"),
    ]

    reference = models.CharField(max_length=16, unique=True)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, related_name="referrals", help_text="Who triages or holds it."
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="referrals")
    family = models.ForeignKey(
        Family, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    patient = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="own_referrals",
        help_text="The carer whose own help is asked for; empty when it is for a baby.",
    )  # fmt: skip
    door = models.CharField(max_length=12, choices=DOORS)
    source_code = models.CharField(max_length=2, help_text="NHS Data Dictionary source of referral.")
    referrer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    received_at = models.DateTimeField()
    permission = models.CharField(max_length=20, choices=PERMISSION_BASES)
    permission_reason = models.TextField(blank=True)
    concerns = models.ManyToManyField(Concern, blank=True, related_name="referrals")
    noticed = models.TextField(help_text="What the referrer has noticed.")
    parent_says = models.TextField(blank=True, help_text="In the parent's own words.")
    hopes = models.TextField(blank=True)
    # Where the main carer lived on the day, looked up once: reports by deprivation read this.
    lsoa_code = models.CharField(max_length=9, blank=True)
    imd_decile = models.PositiveSmallIntegerField(null=True, blank=True)
    imd_version = models.CharField(max_length=4, blank=True)
    preferred_place = models.CharField(max_length=12, blank=True)
    safe_contact = models.CharField(max_length=200, blank=True)
    # What triage adds. ``status`` repeats the newest ReferralStatus row, so that lists need no join.
    status = models.CharField(max_length=14, choices=STATUSES, default="received")
    response = models.CharField(max_length=14, choices=RESPONSES, blank=True)
    thrive = models.CharField(max_length=12, choices=THRIVE_GROUPINGS, blank=True)
    thrive_reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    objects = ReferralQuerySet.as_manager()
    privacy = {
        "clinical": "permission permission_reason noticed parent_says hopes response thrive thrive_reason concerns",
        "contact": "preferred_place safe_contact",
        "sensitive": "lsoa_code imd_decile",
        "operational": "imd_version reference door source_code received_at status decided_at",
    }

    class Meta:
        indexes = [models.Index(fields=["site", "status", "received_at"], name="triage_board")]
        triggers = [
            pgtrigger.Protect(
                name="as_it_was_said",
                operation=pgtrigger.UpdateOf(
                    "reference",
                    "door",
                    "source_code",
                    "received_at",
                    "permission",
                    "permission_reason",
                    "noticed",
                    "parent_says",
                    "hopes",
                ),
            )
        ]

    def __str__(self):
        return self.reference


class ReferredPerson(Person):
    """Somebody named in a referral, as they were named."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    class Meta:
        abstract = True


@tracked
class ReferredInfant(ReferredPerson):
    """A baby named in a referral, born or unborn; becomes an Infant when the referral is accepted."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="infants")
    estimated_due_date = models.DateField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=13, choices=Person.SEXES, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    became = models.ForeignKey(
        Infant, null=True, blank=True, on_delete=models.PROTECT, related_name="named_in"
    )
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date estimated_due_date",
        "sensitive": "ethnicity sex",
        "operational": "nhs_number_status order",
    }

    class Meta:
        ordering = ["order"]


@tracked
class ReferredCaregiver(ReferredPerson):
    """A carer named in a referral; triage chooses who becomes a Caregiver, and a mere mention stays text."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="caregivers")
    birth_date = models.DateField(null=True, blank=True)
    relationship = models.CharField(max_length=16, choices=Dyad.RELATIONSHIPS)
    main_carer = models.BooleanField(default=False)
    pregnant = models.BooleanField(default=False, help_text="Is or was pregnant with the baby.")
    lives_with = models.BooleanField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address_lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=1)
    became = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="named_in"
    )
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date",
        "contact": "phone email address_lines postcode",
        "sensitive": "ethnicity relationship main_carer pregnant lives_with language needs_interpreter",
        "operational": "nhs_number_status order",
    }

    class Meta:
        ordering = ["order"]


@tracked
class ReferralStatus(Record):
    """One step of a referral: who moved it when, to what and why. Append-only."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=14, choices=STATUSES)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    destination = models.CharField(
        max_length=200, blank=True, help_text="Where the family was pointed, when not for us."
    )
    privacy = {"clinical": "reason destination", "operational": "status at"}

    class Meta:
        ordering = ["at"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.get_status_display()


@tracked
class ReferralConcern(Referral.concerns.through):
    """Which concerns were named: history of the list."""

    class Meta:
        proxy = True
