"""A carer whom we hold is referred for help of their own."""

from django.urls import reverse

from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import Link
from referrals.models import Referral
from referrals.record_forms.referrals import ReferCaregiver


@policy.permission("register_people")
class ReferCaregiverPage(ReferCaregiver, FamilyFormPage):
    """A carer of a family we hold is referred for help of their own."""

    kind = "refer-caregiver"
    text = (
        "This is a referral of their own, decided like any other. What is written about it is their own record and "
        "is not shared with other carers.",
    )
    button = "Send the referral"

    def get_title(self) -> str:
        return f"Refer {self.record.name_or_role} for their own help"

    def get_back_link(self) -> Link:
        return Link(reverse("caregiver", args=[self.record.pk]))

    def get_success_path(self, made: Referral) -> str:
        return reverse("referral", args=[made.pk])
