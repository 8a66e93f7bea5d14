"""Somebody whom the referral does not name is named at triage, marked with who did."""

from typing import Any

from pairs.access import policy
from pairs.submissions.form_page import FormPage, PageOf
from referrals.record_forms.triage import AddNamedCaregiver, AddNamedInfant, RecordNamedLoss
from reporting.dashboards.triage.referral_header import TriagedReferralPage


class NamePersonPage(TriagedReferralPage):
    """Add somebody to a referral."""

    kind = "name-person"
    button = "Add to the referral"
    message = "Added to the referral. The original referral is not changed."

    def get_text(self) -> list[str]:
        return [
            f"For referral {self.record.reference}. The original referral is not changed; your name is kept "
            "beside what you add."
        ]


@policy.permission("triage_referrals")
class NameBabyPage(AddNamedInfant, NamePersonPage):
    """Add a baby, born or due, whom the referral does not name."""

    title = "Name a baby"


@policy.permission("triage_referrals")
class NameCarerPage(AddNamedCaregiver, NamePersonPage):
    """Add a carer whom the referral does not name, or with a fuller name."""

    title = "Name a carer"


@policy.permission("triage_referrals")
class NamedLossPage(RecordNamedLoss, FormPage):
    """A baby named in a referral has died before it was decided."""

    title = "Record that this baby has died"
    text = (
        "A surviving twin is still recorded as a twin, and nothing is sent or asked about this baby. The "
        "referral continues for the family.",
    )
    button = "Record the loss"
    message = "Loss recorded. Check the replies before you send them."
    back = PageOf("decide-referral", "record.referral_id", "The decision")

    def build_form(self, data: Any) -> Any:
        return super().build_form(data).offer_choices(self.record)
