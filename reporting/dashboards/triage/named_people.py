"""Somebody whom the referral does not name is named at triage, marked with who did."""

from typing import Any

from pairs.access import policy
from referrals.actions.named_people import add_named_caregiver, add_named_infant
from referrals.forms import BabyFormSet, CarerFormSet
from referrals.forms.people import BabyForm, CarerForm
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
class NameBabyPage(NamePersonPage):
    """Add a baby, born or due, whom the referral does not name."""

    form_class = BabyFormSet.form
    title = "Name a baby"

    def save(self, form: BabyForm) -> Any:
        return add_named_infant(referral=self.record, by=self.request.user, **_get_person_fields(form))


@policy.permission("triage_referrals")
class NameCarerPage(NamePersonPage):
    """Add a carer whom the referral does not name, or with a fuller name."""

    form_class = CarerFormSet.form
    title = "Name a carer"

    def save(self, form: CarerForm) -> Any:
        return add_named_caregiver(referral=self.record, by=self.request.user, **_get_person_fields(form))


def _get_person_fields(form: BabyForm | CarerForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "born"}
