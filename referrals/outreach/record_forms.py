"""What each form of outreach is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pairs.service.hooks import collect_from_hooks
from pairs.service.models import Site
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from pairs.web.session_times import get_times_initial
from referrals.outreach import actions, forms
from referrals.outreach.communities import find_listed_community
from referrals.outreach.models import RUNNERS, OutreachSession, query_outreach_leads


class OutreachRecordForm(RecordForm):
    """About a session, for those who do outreach at its site."""

    may = RUNNERS

    def get_records(self) -> QuerySet[Any]:
        return OutreachSession.objects.select_related("site", "place", "lead")


def list_lead_warnings(form: forms.OutreachForm, *besides: Any) -> list[str]:
    """What else the lead is booked for then (the diary's rule). ``besides``: the session itself when it is moved."""
    leads, times = [form.cleaned_data["lead"].pk], [form.get_time_and_length()]
    return collect_from_hooks("booking_warnings", "list_staff_warnings", leads, times, besides=set(besides))


class PlanOutreach(RecordForm):
    form_class = forms.NewOutreachForm

    def get_form_kwargs(self) -> dict[str, Any]:
        sites = Site.objects.filter(pk__in=self.request.scope.sites(*RUNNERS)).order_by("name")
        return {"sites": sites, "leads": query_outreach_leads()}

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": timezone.localdate(), "lead": self.request.user.pk}

    def list_warnings(self, form: forms.NewOutreachForm) -> list[str]:
        return list_lead_warnings(form)

    def save(self, form: forms.NewOutreachForm) -> OutreachSession:
        return actions.plan_outreach(by=self.request.user, **form.details())


class ChangeOutreach(OutreachRecordForm, EditForm):
    form_class = forms.OutreachForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"leads": query_outreach_leads()}

    def get_initial(self) -> dict[str, Any]:
        session = self.record
        known = {name: getattr(session, name) for name in ("community", "venue", "partner")}
        if listed := find_listed_community(session.community):
            known |= {"listed": listed, "community": ""}
        known |= {"place": session.place.code, "lead": session.lead_id}
        return known | get_times_initial(session.starts_at, session.minutes)

    def list_warnings(self, form: forms.OutreachForm) -> list[str]:
        return list_lead_warnings(form, self.record.pk)

    def save(self, form: forms.OutreachForm) -> OutreachSession:
        return actions.change_outreach(session=self.record, by=self.request.user, **form.details())


class RecordOutreach(OutreachRecordForm, EditForm):
    """How many came and what was heard; may be corrected."""

    form_class = forms.RecordOutreachForm

    def get_initial(self) -> dict[str, Any]:
        return {
            name: getattr(self.record, name) for name in ("parents", "children", "professionals", "heard")
        }

    def save(self, form: forms.RecordOutreachForm) -> OutreachSession:
        return actions.record_outreach(session=self.record, by=self.request.user, **form.cleaned_data)


class CancelOutreach(OutreachRecordForm):
    form_class = forms.CancelOutreachForm

    def save(self, form: forms.CancelOutreachForm) -> OutreachSession:
        return actions.cancel_outreach(session=self.record, by=self.request.user, **form.cleaned_data)
