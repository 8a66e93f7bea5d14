"""From which outreach session a referral came."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pairs.submissions.edits import EditForm
from referrals.actions.outreach import link_outreach
from referrals.forms.outreach import LinkOutreachForm
from referrals.models import Referral
from referrals.outreach.models import OutreachSession


class LinkOutreach(EditForm):
    """Chosen by those who triage, among the sessions that they may see and that had been held by then."""

    form_class, may = LinkOutreachForm, "triage_referrals"

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.select_related("site", "outreach_session")

    def get_form_kwargs(self) -> dict[str, Any]:
        received = timezone.localdate(self.record.received_at)
        held = OutreachSession.objects.visible_to(self.request.scope).filter(cancelled_at=None)
        return {"sessions": held.filter(starts_at__date__lte=received)}

    def get_initial(self) -> dict[str, Any]:
        return {"outreach_session": self.record.outreach_session_id}

    def save(self, form: LinkOutreachForm) -> Referral:
        return link_outreach(
            referral=self.record, session=form.cleaned_data["outreach_session"], by=self.request.user
        )
