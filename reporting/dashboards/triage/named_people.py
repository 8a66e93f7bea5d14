"""Somebody whom the referral does not name is named at triage, marked with who did."""

from pairs.access import policy
from referrals.record_forms.triage import AddNamedCaregiver, AddNamedInfant
from reporting.dashboards.triage.referral_header import TriagedReferralPage


class NamePersonPage(TriagedReferralPage):
    """Add somebody to a referral."""

    kind = "name-person"
    button = "Add to the referral"
    message = "Named. What was said in the referral stays as it was said."

    def get_text(self) -> list[str]:
        return [
            f"For referral {self.record.reference}. What was said in the referral stays as it was said; your name is "
            "kept beside what you add."
        ]


@policy.permission("triage_referrals")
class NameBabyPage(AddNamedInfant, NamePersonPage):
    """Add a baby, born or due, whom the referral does not name."""

    title = "Name a baby"


@policy.permission("triage_referrals")
class NameCarerPage(AddNamedCaregiver, NamePersonPage):
    """Add a carer whom the referral does not name, or with a fuller name."""

    title = "Name a carer"
