"""Pages of supervision: who is due, an agreement with its agenda, and sessions recorded, planned and cancelled."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import StarredContact
from interventions.supervision import record_forms
from interventions.supervision.agreement_rows import AgreementRow, SupervisionStatus, list_agreement_rows
from interventions.supervision.models import (
    AgendaItem,
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    SupervisionSession,
    build_either_q,
)
from interventions.supervision.session_agenda import AgendaFamily, load_caseload_agenda
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.scope import Scope
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.families.agenda import AGENDA_KINDS
from pairs.families.family_lines import load_family_lines
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import FormPage, PageOf
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.csv_files import build_csv_response

PEOPLE = ("supervisor", "supervisee", "site")
SUMMARY_WORDS = {
    SupervisionStatus.OVERDUE: "overdue",
    SupervisionStatus.UNDATED: "without a next date",
    SupervisionStatus.LATE: "with a late next date",
}
SESSIONS_SHOWN = 5  # of an agreement
SESSIONS_A_PAGE = 10
CSV_HEADERS = ("Who", "With", "Site", "Kind", "Agreed", "Last", "Next", "Held", "Status")


@policy.permission("write_records", "supervise")
def list_supervision(request: ScopedRequest) -> HttpResponse:
    """Who has supervision, how often and when next, who is overdue first; and one's own sessions, newest first."""
    mine = build_either_q(request.user)
    sessions = SupervisionSession.objects.with_notes_for(request.scope).filter(mine)
    planned = PlannedSupervision.objects.standing().filter(mine).select_related(*PEOPLE)
    agreements = list_agreement_rows(request)
    sessions = sessions.select_related(*PEOPLE).order_by("-held_on", "-created_at")
    context = {
        "page": get_visible_page(request, sessions, per_page=SESSIONS_A_PAGE),
        "may_record": request.scope.may("supervise"),
        "agreements": agreements,
        "summary": summarise_agreements(agreements),
        "planned": list_visible(request, planned),
        "stars": list_starred_contacts(request),
    }
    return render(request, "supervision/sessions.html", context)


@policy.permission("write_records", "supervise")
def download_supervision(request: ScopedRequest) -> HttpResponse:
    """Who has supervision, as a CSV file: no note, and nothing of what was talked about."""
    rows = map(_build_csv_row, list_agreement_rows(request))
    return build_csv_response(f"supervision-{timezone.localdate():%Y-%m-%d}.csv", CSV_HEADERS, rows)


def _build_csv_row(row: AgreementRow) -> list[Any]:
    agreed, standing = row.agreement, row.tag[0]
    due = timezone.localtime(row.next_at) if row.next_at else None
    who = (agreed.supervisee, agreed.supervisor, agreed.site, agreed.get_kind_display(), row.how_often)
    return [*who, row.last_on or "", f"{due:%Y-%m-%d %H:%M}" if due else "", row.tally, standing]


def summarise_agreements(rows: list[AgreementRow]) -> str:
    """“2 overdue, 1 without a next date, 1 with a late next date.” As many as the rows that are marked so."""
    counts = Counter(row.status for row in rows)
    said = [f"{counts[status]} {words}" for status, words in SUMMARY_WORDS.items() if counts[status]]
    return f"{', '.join(said)}." if said else "All supervision is in time, with a next date." * bool(rows)


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


WHERE_TICKED_OFF = ("worklist", "home", "supervision")  # lists where a decision has its button in the row


class SupervisionPage(FormPage):
    """Leads back to the list of sessions."""

    back = PageOf("supervision", text="Supervision")


@policy.permission("write_records", "supervise")
class AgreementPage(record_forms.AddAgendaItem, SupervisionPage):
    """The agenda of the next session, what became of the last one, and how often there is one."""

    template_name = "supervision/agreement.html"
    open_to_readers = True
    button = "Add to the agenda"
    leads_to = PageOf("supervision-agreement", "record")
    message = "Added to the agenda."

    def get_title(self) -> str:
        return f"Supervision of {self.record.supervisee}"

    def get_context(self, form: Any) -> dict[str, Any]:
        on, agreement = timezone.localdate(), self.record
        agenda = load_caseload_agenda(self.request, [agreement.supervisee_id], on)
        may_change = self.request.scope.may("supervise", at=agreement.site_id)
        return {
            "row": AgreementRow(agreement, on),
            "is_own": record_forms.is_one_of_two(agreement, self.request.user),
            "may_record": agreement.supervisor_id == self.request.user.pk,
            "may_change": may_change,
            "may_review": may_change and agreement.supervisee_id != self.request.user.pk,
            "kinds": AGENDA_KINDS,
            "to_discuss": [family for family in agenda if family.reasons],
            "others": [family for family in agenda if not family.reasons],
            "items": list_visible(self.request, query_open_items(agreement)),
            "sessions": query_last_sessions(agreement, self.request.scope)[:SESSIONS_SHOWN],
            "agreed": self._list_agreed(agenda),
        }

    def _list_agreed(self, agenda: list[AgendaFamily]) -> list[tuple[CaseDecision, Any]]:
        """What was decided in the last session, and what became of it."""
        known = {row.family.pk: row.line for row in agenda}
        rows = list_visible(self.request, query_last_decisions(self.record))
        gone = [row.family_id for row in rows if row.family_id not in known]  # ended, or led by another
        lines = known | load_family_lines(gone, timezone.localdate())
        return [(row, lines[row.family_id]) for row in rows]


def query_open_items(agreement: SupervisionAgreement) -> Any:
    """What either of the two wants to raise."""
    return AgendaItem.objects.open().filter(agreement=agreement).select_related("raised_by")


def query_last_sessions(agreement: SupervisionAgreement, scope: Scope) -> Any:
    """The newest sessions of the agreement's person and kind, with the notes that the reader may read."""
    rows = (
        SupervisionSession.objects.visible_to(scope)
        .with_notes_for(scope)
        .filter(supervisee=agreement.supervisee_id, kind=agreement.kind, site=agreement.site_id)
    )
    return rows.select_related("supervisor").order_by("-held_on", "-created_at")


def query_last_decisions(agreement: SupervisionAgreement) -> Any:
    """Decisions for the supervisee of the last session, and of caseload reviews since; done or not."""
    last = max(agreement.held_days, default=agreement.starts_on)
    session = Q(session__kind=agreement.kind, session__held_on=last)
    rows = CaseDecision.objects.filter(session | Q(reviewed_on__gte=last), owner=agreement.supervisee_id)
    return rows.order_by("done_at", "do_by", "created_at")


WHO_AND_WHEN = ("supervisee", "site", "sort", "held_on", "minutes", "others")  # of the session's form


class RecordPage(WarnedFormPage, SupervisionPage):
    """Record a session; each decision becomes part of its family's record, the note does not."""

    template_name = "supervision/new_session.html"
    autosaves = True
    title = "Record a session"
    button = "Record the session"
    button_again = "Record it anyway"
    warning_text = "One of you is already booked at the time of the next session. Change it, or continue."
    message = "Supervision session recorded."
    field_names = {"kind": "sort"}
    agenda: Iterable[AgendaFamily] = ()

    def get_context(self, form: Any) -> dict[str, Any]:
        families = {str(row.family.pk): row for row in self.agenda}
        rows = [(families.get(str(row["family"].value())), row) for row in self.formsets["discussions"]]
        return super().get_context(form) | {
            "rows": rows,
            "kinds": AGENDA_KINDS,
            "asked": [name for name in WHO_AND_WHEN if name in form.fields],
            "has_items": bool(form.fields["raised"].choices),
            "with_decisions": not self.names_record(),
        }


@policy.permission("supervise")
class RecordSupervisionPage(record_forms.RecordSupervision, RecordPage):
    """Record a session of anybody whom one supervises."""


@policy.permission("supervise")
class RecordAgreedPage(record_forms.RecordAgreedSupervision, RecordPage):
    """Record a session as it was agreed, with the families of the caseload as rows."""

    def get_title(self) -> str:
        return f"Record a session with {self.agreement.supervisee}"


@policy.permission("supervise")
class RecordPlannedPage(record_forms.RecordPlannedSupervision, RecordPage):
    """Record a session that was planned, with the families of the caseload as rows."""

    def get_title(self) -> str:
        return f"Record a session with {' and '.join(str(person) for person in self.people)}"


@policy.permission("supervise")
class PlanSupervisionPage(record_forms.PlanSupervision, WarnedFormPage, SupervisionPage):
    """Plan a session: it is in the diaries of all who come."""

    title = "Plan a supervision session"
    text = ("It appears in everyone’s diary and calendar, as busy time for everyone else.",)
    button = "Plan it"
    button_again = "Plan anyway"
    warning_text = "One of you is already booked. Choose another time, or continue."
    message = "Session planned."


@policy.permission("supervise")
class CancelSupervisionPage(record_forms.CancelSupervision, SupervisionPage):
    """It will not be."""

    title = "Cancel this session?"
    text = ("It is removed from everyone’s diary. Tell the others yourself.",)
    button = "Cancel the session"
    danger = True
    message = "Session cancelled."


@policy.permission("supervise")
class AgreeSupervisionPage(record_forms.AgreeSupervision, SupervisionPage):
    """Record how often somebody has supervision, and with whom."""

    title = "Agree supervision"
    button = "Save agreement"
    message = "The agreement is saved."
    leads_to = PageOf("supervision-agreement", "made")
    field_names = {"kind": "sort"}

    def get_text(self) -> list[str]:
        return [record_forms.describe_usual_frequency()]


@policy.permission("supervise")
class ChangeAgreementPage(record_forms.ChangeAgreement, SupervisionPage):
    """Change the frequency, the hours or the last day of an agreement."""

    title = "Change an agreement"
    button = "Save agreement"
    message = "The agreement is changed."
    back = PageOf("supervision-agreement", "record", text="Agreement")

    def get_text(self) -> list[str]:
        return [f"{self.record}.", record_forms.describe_usual_frequency()]


@policy.permission("write_records", "supervise")
class CloseItemPage(record_forms.CloseAgendaItem, SupervisionPage):
    """Take an item off the agenda."""

    title = "Take this off the agenda?"
    button = "Take it off"
    back = PageOf("supervision-agreement", "record.agreement_id", text="Agenda")
    message = "Taken off the agenda."

    def get_text(self) -> list[str]:
        return [self.record.text]


class DecisionPage(FamilyFormPage):
    """About what supervision decided; it leads to the list that it was ticked off in, or to the family."""

    def describe_decision(self) -> list[str]:
        return [self.record.to_do_words, f"assigned to {self.record.owner}"]

    def get_success_path(self, made: CaseDecision) -> str:
        to = self.request.POST.get("to")
        return reverse(to) if to in WHERE_TICKED_OFF else super().get_success_path(made)


@policy.permission("write_records")
class FinishDecisionPage(record_forms.FinishDecision, DecisionPage):
    """Mark a case decision as done, after a confirmation or from the list of what is to do."""

    kind = "finish-decision"
    title = "Is this done?"
    button = "Mark as done"
    message = "Mark as done."

    def get_consequences(self) -> list[str]:
        return [*self.describe_decision(), "it is no longer due, and is kept in the record"]


@policy.permission("write_records")
class ReopenDecisionPage(record_forms.ReopenDecision, DecisionPage):
    """Undo that."""

    title = "Mark as not done?"
    button = "Mark as not done"
    message = "Mark as not done again."

    def get_consequences(self) -> list[str]:
        return [*self.describe_decision(), "it is due again"]
