"""The families we hold: infants and caregivers as people of their own, the dyads between them, and alerts."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from pairs.access.records import Record, RecordQuerySet
from pairs.access.scope import Scope
from pairs.service.history import tracked
from pairs.service.models import Place, Site


class FamilyQuerySet(RecordQuerySet):
    def _within(self, scope: Scope):
        """Families of the sites where the scope reads families; restricted ones by grant, or to governance."""
        granted = FamilyGrant.objects.live().filter(user_id=scope.user_id, purpose=FamilyGrant.CARE)
        return self.filter(
            Q(site__in=scope.sites("read_families"), restricted=False)
            | Q(site__in=scope.sites("govern_records"))
            | Q(pk__in=granted.values("family"))
        )

    def supported_by(self, scope: Scope):
        """The families a peer supporter is linked to: their alerts, safe contact and plan, never their notes."""
        linked = FamilyGrant.objects.live().filter(user_id=scope.user_id, purpose=FamilyGrant.PEER_SUPPORT)
        return self.live().filter(pk__in=linked.values("family"))

    def with_people(self):
        """Everybody in the family, for the banner: two more queries whatever the family's size."""
        return self.prefetch_related(
            models.Prefetch(
                "infants", Infant.objects.live().order_by("birth_date", "twin_order", "created_at")
            ),
            models.Prefetch(
                "dyads",
                Dyad.objects.live()
                .current()
                .select_related("caregiver", "infant")
                .order_by("-main_carer", "created_at"),
            ),
        )


@tracked
class Family(Record):
    """The infants and caregivers held together, with one site responsible."""

    belongs_to = "site"
    family_path = "id"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="families")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="families")
    restricted = models.BooleanField(default=False, help_text="Staff's own family, or an address at risk.")
    restricted_because = models.CharField(max_length=200, blank=True)
    objects = FamilyQuerySet.as_manager()
    privacy = {"sensitive": "restricted restricted_because"}

    class Meta:
        verbose_name_plural = "families"
        indexes = [models.Index(fields=["site", "restricted"], name="families_of_site")]

    def __str__(self):
        return f"Family {self.pk}"


class FamilyGrantQuerySet(models.QuerySet):
    def live(self):
        """Not yet expired, by the database's clock."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()))


@tracked
class FamilyGrant(models.Model):
    """One person's access to one family beyond their sites: a restricted family, co-work, peer support."""

    CARE, PEER_SUPPORT = "care", "peer_support"
    PURPOSES = [(CARE, "Direct care"), (PEER_SUPPORT, "Peer support")]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="family_grants")
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    reason = models.CharField(max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    objects = FamilyGrantQuerySet.as_manager()
    privacy = {"staff": "purpose reason created_at expires_at"}

    class Meta:
        indexes = [models.Index(fields=["user", "purpose"], name="grants_of_user")]

    def __str__(self):
        return f"{self.get_purpose_display()} until {self.expires_at or 'ended'}"


class Person(Record):
    """What an infant and a caregiver have alike: a name, an NHS number, how they describe themselves."""

    SEXES = [("female", "Female"), ("male", "Male"), ("indeterminate", "Indeterminate"), ("", "Not known")]

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True)
    nhs_number_status = models.CharField(
        max_length=2, default="03", help_text="NHS Data Dictionary; 03: trace required."
    )
    ethnicity = models.CharField(max_length=2, default="99", help_text="NHS 16+1; Z declined; 99 not known.")

    class Meta:
        abstract = True

    @property
    def name(self):
        return " ".join(filter(None, [self.given_name, self.family_name]))

    def __str__(self):
        return self.name or "Not yet named"


def one_live_nhs_number(name):
    """Two live records never share an NHS number."""
    return models.UniqueConstraint(fields=["nhs_number"], condition=Q(entered_in_error_at=None), name=name)


@tracked
class Caregiver(Person):
    """Anyone bringing the infant up, on equal terms; a person in their own right."""

    CONTACT_MEANS = [("phone", "Phone"), ("text", "Text"), ("email", "E-mail"), ("letter", "Letter")]

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="caregivers")
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=40, blank=True, help_text="In the person's own words.")
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    safe_contact = models.CharField(
        max_length=200, blank=True, help_text="How and when it is safe to make contact."
    )
    may_leave_message = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    privacy = {
        "identifies": "given_name family_name nhs_number birth_date",
        "contact": "phone email safe_contact may_leave_message",
        "sensitive": "ethnicity gender language needs_interpreter",
        "operational": "nhs_number_status",
    }

    class Meta:
        constraints = [one_live_nhs_number("caregiver_nhs_number_once")]


class InfantQuerySet(RecordQuerySet):
    def active(self):
        """Infants about whom messages, bookings and prompts may go out: nobody grieves over a reminder."""
        return self.live().filter(lost_on=None)

    def unborn(self):
        return self.active().filter(birth_date=None)


@tracked
class Infant(Person):
    """The child, one row from conception on."""

    LOSSES = [
        ("miscarriage", "Miscarriage"),
        ("termination", "Termination"),
        ("stillbirth", "Stillbirth"),
        ("death", "Death after birth"),
    ]

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="infants")
    reference = models.CharField(max_length=16, unique=True)
    estimated_due_date = models.DateField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=13, choices=Person.SEXES, blank=True)
    carried_by = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="pregnancies"
    )
    twin_order = models.PositiveSmallIntegerField(default=1)
    plurality = models.PositiveSmallIntegerField(default=1, help_text="How many babies of this pregnancy.")
    lost_on = models.DateField(null=True, blank=True)
    loss = models.CharField(max_length=12, choices=LOSSES, blank=True)
    objects = InfantQuerySet.as_manager()
    privacy = {
        "identifies": "given_name family_name nhs_number birth_date estimated_due_date reference",
        "sensitive": "ethnicity sex lost_on loss twin_order plurality",
        "operational": "nhs_number_status",
    }

    class Meta:
        constraints = [
            one_live_nhs_number("infant_nhs_number_once"),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=False) | Q(estimated_due_date__isnull=False),
                name="infant_born_or_due",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=False) | Q(nhs_number=None), name="unborn_has_no_nhs_number"
            ),
            models.CheckConstraint(
                condition=Q(lost_on=None, loss="") | (Q(lost_on__isnull=False) & ~Q(loss="")),
                name="loss_says_which",
            ),
            models.CheckConstraint(condition=Q(twin_order__lte=F("plurality")), name="twin_within_plurality"),
        ]
        indexes = [models.Index(fields=["family"], name="infants_of_family")]


class DyadQuerySet(RecordQuerySet):
    def current(self):
        return self.filter(until=None)


@tracked
class Dyad(Record):
    """One infant and one caregiver: the relationship in our care. Its owning family is where its notes belong."""

    RELATIONSHIPS = [
        ("mother", "Mother"),
        ("father", "Father"),
        ("partner", "Parent's partner"),
        ("grandparent", "Grandparent"),
        ("foster_carer", "Foster carer"),
        ("kinship_carer", "Kinship carer"),
        ("adoptive_parent", "Adoptive parent"),
        ("other", "Somebody else"),
    ]
    RESPONSIBILITY = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="dyads")
    infant = models.ForeignKey(Infant, on_delete=models.PROTECT, related_name="dyads")
    caregiver = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="dyads")
    relationship = models.CharField(max_length=16, choices=RELATIONSHIPS)
    main_carer = models.BooleanField(default=False)
    lives_with = models.BooleanField(null=True, blank=True)
    parental_responsibility = models.CharField(max_length=7, choices=RESPONSIBILITY, default="unknown")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    objects = DyadQuerySet.as_manager()
    privacy = {"sensitive": "relationship main_carer lives_with parental_responsibility since until"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["infant", "caregiver"],
                condition=Q(entered_in_error_at=None, until=None),
                name="dyad_once",
            )
        ]

    def __str__(self):
        return f"{self.infant} and {self.caregiver}"


class AddressQuerySet(RecordQuerySet):
    def current(self):
        return self.filter(until=None)


@tracked
class Address(Record):
    """Where a caregiver lives, dated, with the deprivation of the place as it was looked up and in which index."""

    belongs_to = "caregiver"
    family_path = "caregiver__family_id"
    KINDS = [
        ("home", "Home"),
        ("temporary", "Temporary"),
        ("refuge", "Refuge (address hidden)"),
        ("none", "No fixed abode"),
    ]

    caregiver = models.ForeignKey(Caregiver, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=10, choices=KINDS, default="home")
    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    lsoa_code = models.CharField(max_length=9, blank=True)
    imd_decile = models.PositiveSmallIntegerField(null=True, blank=True)
    imd_version = models.CharField(max_length=4, blank=True)
    looked_up_on = models.DateField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    objects = AddressQuerySet.as_manager()
    privacy = {
        "contact": "kind lines postcode since until",
        "sensitive": "lsoa_code imd_decile",
        "operational": "imd_version looked_up_on",
    }

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.CheckConstraint(
                condition=Q(imd_decile=None) | (Q(imd_decile__range=(1, 10)) & ~Q(imd_version="")),
                name="decile_names_its_index",
            )
        ]

    def __str__(self):
        return self.postcode or self.get_kind_display()


class RiskAlertQuerySet(RecordQuerySet):
    def _within(self, scope: Scope):
        """With the family once there is one; before that, with the site that owns it."""
        families = Family.objects.all()._within(scope)
        owned = Q(family=None, site__in=scope.sites("read_families", "triage_referrals"))
        return self.filter(owned | Q(family__in=families))

    def open(self):
        return self.filter(closed_at=None)


@tracked
class RiskAlert(Record):
    """Somebody must see this and say what they did. Stored, owned by a site from the start, never snoozed."""

    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="alerts")
    about = models.CharField(
        max_length=20, blank=True, help_text="The referral's reference, before there is a family."
    )
    what = models.CharField(max_length=300)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    objects = RiskAlertQuerySet.as_manager()
    privacy = {"clinical": "what", "operational": "about seen_at closed_at"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(family__isnull=False) | ~Q(about=""), name="alert_is_about_somebody"
            )
        ]

    def __str__(self):
        return f"Risk alert of {self.created_at:%Y-%m-%d}"


@tracked
class RiskAlertStep(Record):
    """What was done about an alert: append-only."""

    belongs_to = "alert"
    family_path = "alert__family_id"
    KINDS = [("raised", "Raised"), ("seen", "Seen"), ("action", "Action"), ("closed", "Closed")]

    alert = models.ForeignKey(RiskAlert, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=8, choices=KINDS)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    privacy = {"clinical": "note", "operational": "kind at"}

    class Meta:
        ordering = ["at"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.get_kind_display()


class Sequence(models.Model):
    """The last number given out for a kind of reference in a year."""

    kind = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    privacy = {"operational": "kind year last"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_sequence_a_year")]
