"""Pages of supervision: the user's sessions, and record one with its case decisions."""

from typing import Any

from django.db.models import Q
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import StarredContact
from interventions.supervision.forms import DecisionFormSet, query_families_with_open_work
from interventions.supervision.models import CaseDecision, PlannedSupervision, SupervisionSession
from interventions.supervision.record_forms import (
    CancelSupervision,
    FinishDecision,
    PlanSupervision,
    RecordSupervision,
    ReopenDecision,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.family_lines import load_family_lines
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.warned_page import WarnedFormPage


@policy.permission("write_records", "supervise")
def list_supervision(request: ScopedRequest) -> HttpResponse:
    """List the sessions that the user gave or had, newest first."""
    mine = Q(supervisor=request.user) | Q(supervisee=request.user)
    sessions = SupervisionSession.objects.filter(mine).select_related("supervisor", "supervisee", "site")
    page = get_visible_page(request, sessions.order_by("-held_on", "-created_at"))
    context = {
        "page": page,
        "may_record": request.scope.may("supervise"),
        "planned": list_visible(
            request,
            PlannedSupervision.objects.standing()
            .filter(mine)
            .select_related("supervisor", "supervisee", "site"),
        ),
        "stars": list_starred_contacts(request),
    }
    return render(request, "supervision/sessions.html", context)


def list_starred_contacts(request: ScopedRequest) -> list[dict[str, Any]]:
    """Contacts starred for supervision: the user's own, and those at sites where they supervise."""
    own = Q(starred_by=request.user) | Q(care_contact__episode__site__in=request.scope.sites("supervise"))
    stars = StarredContact.objects.active().filter(own).newest_first()
    rows = list_visible(request, stars.select_related("care_contact__episode"))
    lines = load_family_lines((each.care_contact.episode.family_id for each in rows), timezone.localdate())
    return [
        {
            "href": reverse("care-contact", args=[each.care_contact_id]),
            "line": lines[each.care_contact.episode.family_id],
            "at": each.care_contact.starts_at,
            "by": each.starred_by,
            "since": each.created_at,
        }
        for each in rows
    ]


WHERE_TICKED_OFF = ("worklist", "home")  # lists where a decision has its button in the row


class SupervisionPage(FormPage):
    """Leads back to the list of sessions."""

    back = PageOf("supervision", text="Supervision")


@policy.permission("supervise")
class RecordSupervisionPage(RecordSupervision, SupervisionPage):
    """Record a session; each decision becomes part of its family's record, the note does not."""

    template_name = "supervision/new_session.html"
    autosaves = True
    title = "Record a session"
    button = "Record the session"
    message = "Supervision session recorded."

    def build_formsets(self, data: Any) -> dict[str, BaseFormSet]:
        families = query_families_with_open_work(self.request.scope)
        return {"decisions": DecisionFormSet(data, prefix="decisions", form_kwargs={"families": families})}


@policy.permission("supervise")
class PlanSupervisionPage(PlanSupervision, WarnedFormPage, SupervisionPage):
    """Plan a session: it is in both diaries."""

    title = "Plan a supervision session"
    text = ("It appears in both diaries and calendars, as busy time for everyone else.",)
    button = "Plan it"
    button_again = "Plan anyway"
    warning_text = "One of you is already booked. Choose another time, or continue."
    message = "Session planned."


@policy.permission("supervise")
class CancelSupervisionPage(CancelSupervision, SupervisionPage):
    """It will not be."""

    title = "Cancel this session?"
    text = ("It is removed from both diaries. Tell the other person yourself.",)
    button = "Cancel the session"
    danger = True
    message = "Session cancelled."


class DecisionPage(FamilyFormPage):
    """About what supervision decided; it leads to the list that it was ticked off in, or to the family."""

    def describe_decision(self) -> list[str]:
        return [self.record.decision, f"assigned to {self.record.owner}"]

    def get_success_path(self, made: CaseDecision) -> str:
        to = self.request.POST.get("to")
        return reverse(to) if to in WHERE_TICKED_OFF else super().get_success_path(made)


@policy.permission("write_records")
class FinishDecisionPage(FinishDecision, DecisionPage):
    """Mark a case decision as done, after a confirmation or from the list of what is to do."""

    kind = "finish-decision"
    title = "Is this done?"
    button = "Mark as done"
    message = "Mark as done."

    def get_consequences(self) -> list[str]:
        return [*self.describe_decision(), "it is no longer due, and is kept in the record"]


@policy.permission("write_records")
class ReopenDecisionPage(ReopenDecision, DecisionPage):
    """Undo that."""

    title = "Mark as not done?"
    button = "Mark as not done"
    message = "Mark as not done again."

    def get_consequences(self) -> list[str]:
        return [*self.describe_decision(), "it is due again"]
