"""Who is named in a referral, as they were named; and whom triage named since."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import models

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.choices import Loss, Relationship, Sex
from pairs.families.models import Caregiver, Infant, Person
from pairs.families.models.people import NamedBaby
from pairs.families.models.phones import PhoneQuerySet, WithPhone
from pairs.families.placeholder_names import read_newborn_name
from referrals.models.referral import Referral

# Of whom the record that was held says otherwise, and nobody has chosen yet: at any time a few of all there are.
OPEN_DIFFERENCES = models.Q(settled_at=None) & ~models.Q(differs=[])


class ReferredPerson(Person):
    """Somebody named in a referral, as they were named."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    added_by = ProtectedKey(
        settings.AUTH_USER_MODEL,
        null=True,
        related_name="+",
        help_text="Who of ours named them at triage; empty for those named in the referral itself.",
    )

    # What the record they are linked to says otherwise: [{of, id, field, held, said}], until somebody has chosen.
    differs = models.JSONField(default=list, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="When the choice was made.")

    class Meta:
        abstract = True

    @property
    def site_id(self) -> UUID:
        return self.referral.site_id


@tracked
class ReferredInfant(NamedBaby, ReferredPerson):
    """A baby named in a referral, born or unborn; becomes an Infant when the referral is accepted."""

    referral = ProtectedKey(Referral, related_name="infants")
    estimated_due_date = models.DateField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=13, choices=Sex, blank=True)
    # One of twins may have died before the referral, or before it is decided: their place is kept.
    loss = models.CharField(max_length=12, choices=Loss, blank=True)
    lost_on = models.DateField(null=True, blank=True)
    # As whoever referred said: how many babies there are of this birth, named or not, and which of them this is.
    plurality = models.PositiveSmallIntegerField(null=True, blank=True)
    twin_order = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    became = ProtectedKey(Infant, null=True, related_name="named_in")
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date estimated_due_date",
        "sensitive": "ethnicity sex loss lost_on plurality twin_order differs",
        "operational": "nhs_number_status order settled_at",
    }

    class Meta:
        ordering = ["order"]
        # Who made no record is found by what was said of them: a referral that was withdrawn before it was accepted.
        indexes = [
            models.Index(
                fields=[column], condition=models.Q(became=None), name=f"without_record_by_{column}"[:30]
            )
            for column in ("nhs_number", "birth_date", "estimated_due_date")
        ] + [models.Index(fields=["referral"], condition=OPEN_DIFFERENCES, name="infant_differs")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lost_on=None, loss="")
                | (models.Q(lost_on__isnull=False) & ~models.Q(loss="")),
                name="referred_loss_says_which",
            ),
            models.CheckConstraint(
                condition=models.Q(twin_order=None)
                | models.Q(twin_order__gte=1, twin_order__lte=models.F("plurality")),
                name="referred_twin_within_plurality",
            ),
        ]

    @property
    def last_day(self) -> date | None:
        return self.lost_on

    @property
    def twin(self) -> tuple[int, int]:
        """(which, of how many) as was said, or as the stand-in for a name says; (1, 1) where nobody said anything."""
        written = read_newborn_name(self.given_name, self.family_name).twin
        if self.plurality is None:
            return written
        return (self.twin_order or min(written[0], self.plurality), self.plurality)


@tracked
class ReferredCaregiver(WithPhone, ReferredPerson):
    """A carer named in a referral; triage chooses who becomes a Caregiver, and a mere mention stays text."""

    referral = ProtectedKey(Referral, related_name="caregivers")
    birth_date = models.DateField(null=True, blank=True)
    relationship = models.CharField(max_length=16, choices=Relationship)
    main_carer = models.BooleanField(default=False)
    pregnant = models.BooleanField(default=False, help_text="Is or was pregnant with the baby.")
    lives_with = models.BooleanField(null=True, blank=True)
    email = models.EmailField(blank=True)
    address_lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    # Safe or not as they told us; None: not asked, which nobody may read as yes.
    may_call = models.BooleanField(null=True, blank=True)
    may_text = models.BooleanField(null=True, blank=True)
    may_leave_message = models.BooleanField(null=True, blank=True)
    may_email = models.BooleanField(null=True, blank=True)
    may_post = models.BooleanField(null=True, blank=True)
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    communication_needs = models.CharField(max_length=200, blank=True)
    access_needs = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    became = ProtectedKey(Caregiver, null=True, related_name="named_in")
    objects = PhoneQuerySet.as_manager()
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date",
        "contact": "phone phone_keys email address_lines postcode may_call may_text may_leave_message may_email"
        " may_post",
        "sensitive": "ethnicity relationship main_carer pregnant lives_with language needs_interpreter"
        " communication_needs access_needs differs",
        "operational": "nhs_number_status order settled_at",
    }

    class Meta:
        ordering = ["order"]
        indexes = [models.Index(fields=["referral"], condition=OPEN_DIFFERENCES, name="caregiver_differs")]
