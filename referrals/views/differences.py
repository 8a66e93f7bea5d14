"""The page on which somebody chooses between a referral and what is held."""

from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from referrals.record_forms.differences import SettleDifferences


@policy.permission("register_people")
class SettleDifferencesPage(SettleDifferences, FamilyFormPage):
    """What the referral says beside what we hold: which should the record say?"""

    template_name = "referrals/differences.html"
    title = "The referral differs from the record"
    text = (
        "Ask the family where you can. Until you choose, the record stays as it is; where safety answers "
        "differ, the safer one applies.",
    )
    button = "Save choices"
    message = "Choices saved to the record."
    back = PageOf("family", "family", "Family page")

    def get_obstacle(self) -> str:
        return "" if self.open_differences else "There are no differences to resolve."
