"""An alert and its answer."""

from typing import Any

from pairs.access import policy
from pairs.access.visible_records import get_visible_or_404
from pairs.families.banner import build_banner
from pairs.families.models import Family, RiskAlertStep
from pairs.families.record_forms import FamilyFormPage, alerts
from pairs.submissions.form_page import FormPage, PageOf


@policy.permission("read_families", "triage_referrals")
class AlertPage(alerts.AnswerAlert, FormPage):
    """One risk alert: what it is, what was done, and what you did."""

    template_name = "families/alert.html"
    title = "Risk alert"
    back = PageOf("worklist")

    def get_success_path(self, made: RiskAlertStep) -> str:
        return self.request.path

    def get_context(self, form: Any) -> dict[str, Any]:
        return {
            "alert": self.record,
            "steps": self.record.steps.select_related("by"),
            "banner": self._build_banner(),
        }

    def _build_banner(self) -> dict[str, Any] | None:
        """Whose record it is; None before there is a family."""
        if self.record.family_id is None:
            return None
        family = get_visible_or_404(self.request, Family.objects.with_people(), pk=self.record.family_id)
        return build_banner(family)


@policy.permission("write_records", "register_people")
class RaiseAlertPage(alerts.RaiseAlert, FamilyFormPage):
    """Raise an alert about a family: lead and duty hear at once."""

    title = "Raise a risk alert"
    text = (
        "If a child is in danger now, call 999 first. The lead and duty will see this alert today; it does "
        "not replace a referral to children's social care.",
    )
    button = "Raise the alert"
    message = "Risk alert raised. The lead and duty have been told."
