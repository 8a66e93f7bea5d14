"""A carer whom we hold is referred for help of their own."""

from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from referrals.record_forms.referrals import ReferCaregiver


@policy.permission("register_people")
class ReferCaregiverPage(ReferCaregiver, FamilyFormPage):
    """A carer of a family we hold is referred for help of their own."""

    text = (
        "This is a referral in their own right, decided like any other. Notes about it are in their own "
        "record and are not shared with other carers.",
    )
    button = "Send the referral"
    back = PageOf("caregiver", "record")
    leads_to = PageOf("referral", "made")

    def get_title(self) -> str:
        return f"Refer {self.record.name_or_role} for their own help"
