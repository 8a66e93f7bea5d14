"""Who is named in a referral, as they were named; and whom triage named since."""

from django.conf import settings
from django.db import models

from pairs.database.history import tracked
from pairs.families.choices import Relationship, Sex
from pairs.families.models import Caregiver, Infant, Person
from referrals.models.referral import Referral


class ReferredPerson(Person):
    """Somebody named in a referral, as they were named."""

    belongs_to = "referral"
    family_path = "referral__family_id"

    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who of ours named them at triage; empty for those named in the referral itself.",
    )  # fmt: skip

    class Meta:
        abstract = True


@tracked
class ReferredInfant(ReferredPerson):
    """A baby named in a referral, born or unborn; becomes an Infant when the referral is accepted."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="infants")
    estimated_due_date = models.DateField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=13, choices=Sex, blank=True)
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
    relationship = models.CharField(max_length=16, choices=Relationship)
    main_carer = models.BooleanField(default=False)
    pregnant = models.BooleanField(default=False, help_text="Is or was pregnant with the baby.")
    lives_with = models.BooleanField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address_lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
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
    became = models.ForeignKey(
        Caregiver, null=True, blank=True, on_delete=models.PROTECT, related_name="named_in"
    )
    privacy = {
        "identifies": "given_name family_name said_as nhs_number birth_date",
        "contact": "phone email address_lines postcode may_call may_text may_leave_message may_email may_post",
        "sensitive": "ethnicity relationship main_carer pregnant lives_with language needs_interpreter"
        " communication_needs access_needs",
        "operational": "nhs_number_status order",
    }

    class Meta:
        ordering = ["order"]
