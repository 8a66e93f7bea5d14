"""Pages of a session's register: on screen and for printing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.groups.actions.registers import get_session_number
from interventions.groups.models import GroupNote
from interventions.groups.record_forms import RecordRegister, load_session_roster, query_sessions
from interventions.groups.roster import (
    get_group_record,
    list_group_warnings,
    may_run_group,
)
from interventions.groups.rules import find_register_error
from interventions.groups.views.programmes import GroupFormPage
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.submissions.form_page import PageOf


@policy.permission("read_families", "govern_records", POST="write_records")
class GroupRegisterPage(RecordRegister, GroupFormPage):
    """Record the register: attendance (by default everybody came), a line for each family, a group note."""

    template_name = "groups/register.html"
    open_to_readers = autosaves = first_click_closes = True
    button = "Save the register"
    message = "Register saved in each family's record."
    leads_to = PageOf("group-register", "made")

    def get_title(self) -> str:
        return f"Register: {self.record.programme.name}, session {get_session_number(self.record)}"

    def get_formset_initial(self, name: str) -> list[dict[str, Any]]:
        return self.register.guests() if name == "guests" else self.register.lines()

    def get_context(self, form: Any) -> dict[str, Any]:
        session = self.record
        return {
            "session": session,
            "shown": self.register.shown(self.formsets["guests"], self.formsets["lines"]),
            "saved": [row for row in self.rows if row.line],
            "others": [row for row in self.rows if not row.line and not row.writes],
            "notes": list_visible(
                self.request, GroupNote.objects.filter(session=session).select_related("written_by")
            ),
            "apart": list_group_warnings(self.request, session.programme),
            "why_not": find_session_register_error(session),
            "may_run": may_run_group(self.request.scope, session.programme),
        }


def find_session_register_error(session: Any) -> str:
    """Why the register may not be written now; '' when it may."""
    return find_register_error(
        starts_at=session.starts_at, now=timezone.now(), cancelled=bool(session.cancelled_at)
    )


@policy.permission("read_families")
def show_printable_register(request: ScopedRequest, group_session_id: UUID) -> HttpResponse:
    """The register for printing, in case systems are down: names and boxes to tick."""
    session = get_group_record(request, query_sessions(), pk=group_session_id)
    context = {
        "session": session,
        "number": get_session_number(session),
        "rows": load_session_roster(request, session),
        "apart": list_group_warnings(request, session.programme),
        "printed": timezone.now(),
    }
    return render(request, "groups/register_paper.html", context)
