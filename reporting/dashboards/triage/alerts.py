"""A worry about a referral, before there is a family: lead and duty hear at once."""

from typing import Any

from pairs.access import policy
from pairs.families.actions import raise_risk_alert
from pairs.families.forms import NewAlertForm
from pairs.families.models import RiskAlert
from pairs.submissions.form_page import PageOf
from referrals.record_forms.triage import TriagedReferralForm
from reporting.dashboards.triage.referral_header import TriagedReferralPage


@policy.permission("triage_referrals")
class RaiseReferralAlertPage(TriagedReferralForm, TriagedReferralPage):
    """Raise a risk alert about a referral, before there is a family: lead and duty hear at once."""

    form_class = NewAlertForm
    title = "Raise a risk alert"
    button = "Raise a risk alert"
    danger = True
    leads_to = PageOf("alert", "made")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"prefix": "alert"}

    def get_text(self) -> list[str]:
        return [f"About referral {self.record.reference}."]

    def save(self, form: NewAlertForm) -> RiskAlert:
        referral = self.record
        return raise_risk_alert(
            site=referral.site,
            family=referral.family,
            about=referral.reference,
            what=form.cleaned_data["what"],
            by=self.request.user,
        )
