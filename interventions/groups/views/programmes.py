"""Pages of programmes: list, show, plan, change, sessions, facilitators, close."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.groups import record_forms
from interventions.groups.models import (
    Facilitator,
    GroupNote,
    GroupPlace,
    GroupSession,
    Programme,
)
from interventions.groups.record_forms import query_programmes
from interventions.groups.roster import (
    count_taken_places,
    get_group_record,
    list_group_warnings,
    load_roster_rows,
    may_run_group,
)
from interventions.groups.rules import get_session_state
from pairs.access import policy
from pairs.access.records import live_q
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page, list_visible
from pairs.submissions.form_page import FormPage, Link


@policy.permission("read_families", "govern_records")
def list_groups(request):
    """List groups of the user's sites and those they facilitate, open ones first."""
    live = live_q("places__") & Q(places__left_on=None)
    found = Programme.objects.select_related("site", "intervention").annotate(
        families=Count("places", filter=live & Q(places__episode__ended_on=None), distinct=True)
    )
    page = get_visible_page(request, found.order_by("-closed_on", "name", "pk"))
    context = {"page": page, "may_begin": request.scope.may("write_records")}
    return render(request, "groups/groups.html", context)


@policy.permission("read_families", "govern_records")
def show_group(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Show a group: sessions, facilitators, and the roster as far as the user may see it."""
    programme = get_group_record(request, query_programmes(), pk=programme_id)
    places = GroupPlace.objects.filter(programme=programme)
    held = load_roster_rows(request, places.held(), programme)
    context = {
        "programme": programme,
        "sessions": list_sessions_with_state(request, programme),
        "facilitators": list_visible(
            request, Facilitator.objects.current().filter(programme=programme).select_related("user")
        ),
        "rows": [row for row in held if not row.place.episode.ended_on],
        "ended": [row for row in held if row.place.episode.ended_on],
        "notes": list_visible(
            request,
            GroupNote.objects.filter(session__programme=programme)
            .select_related("session", "written_by")
            .order_by("-signed_at"),
        ),
        "taken": count_taken_places(programme),
        "apart": list_group_warnings(request, programme),
        "may_run": may_run_group(request.scope, programme) and not programme.closed_on,
    }
    return render(request, "groups/group.html", context)


def list_sessions_with_state(request: ScopedRequest, programme: Any) -> list[tuple[Any, int | None, str]]:
    """[(session, its number or None if cancelled, its state)] in order of time."""
    live = live_q("lines__") & live_q("lines__care_contact__")
    found = GroupSession.objects.filter(programme=programme).annotate(
        saved=Count("lines", filter=live & Q(lines__isnull=False)),
        noted=Count("notes", distinct=True),
    )
    sessions, now, counted = (
        list_visible(request, found.order_by("starts_at", "pk")),
        timezone.now(),
        Counter(),
    )
    rows = []
    for session in sessions:
        state = get_session_state(
            starts_at=session.starts_at,
            now=now,
            cancelled=bool(session.cancelled_at),
            registered=bool(session.saved or session.noted),
        )
        counted["held"] += not session.cancelled_at
        rows.append((session, None if session.cancelled_at else counted["held"], state))
    return rows


class GroupFormPage(FormPage):
    """A form about a group or a record of one, from the group's page and back to it; no family's record is involved."""

    def get_back_link(self) -> Link:
        record = self.record
        group = record.pk if isinstance(record, Programme) else record.programme_id
        return Link(reverse("group", args=[group]))


@policy.permission("write_records")
class PlanGroupPage(record_forms.PlanGroup, FormPage):
    """Plan a group with its sessions and sites."""

    kind = "new-group"
    title = "Plan a group"
    button = "Plan the group"
    message = "The group is planned. Add the families who come."

    def get_back_link(self) -> Link:
        return Link(reverse("groups"))

    def get_success_path(self, made: Programme) -> str:
        return reverse("group", args=[made.pk])


@policy.permission("write_records")
class EditGroupPage(record_forms.ChangeGroup, GroupFormPage):
    """Change the name, sites and capacity."""

    kind = "change-group"
    title = "Change the group"
    message = "Saved."


@policy.permission("write_records")
class AddSessionPage(record_forms.AddSession, GroupFormPage):
    """Add a session, by default a week after the last."""

    kind = "new-group-session"
    title = "Add a session"
    button = "Add the session"
    message = "The session is planned."


@policy.permission("write_records")
class MoveSessionPage(record_forms.MoveSession, GroupFormPage):
    """Change a session's time or place, until it has been registered."""

    kind = "change-group-session"
    title = "Change the session"
    message = "The session is changed. Tell the families, and your partners."


@policy.permission("write_records")
class CancelSessionPage(record_forms.CancelSession, GroupFormPage):
    """Cancel a session after a confirmation; each family's record says so."""

    kind = "cancel-group-session"
    title = "Cancel this session?"
    button = "Cancel the session"
    danger = True
    message = "The session is cancelled. Nobody has been told: ring the families."

    def get_text(self) -> list[str]:
        session, when = self.record, timezone.localtime(self.record.starts_at)
        return [
            f"{session.programme}, {when:%-d %B %Y, %H:%M}.",
            "Each family's record says, from that day on, that we cancelled it. It does not count as missed.",
            "It cannot be put back. A session at another time can be added.",
        ]


@policy.permission("write_records")
class AddFacilitatorPage(record_forms.AddFacilitator, GroupFormPage):
    """Add a facilitator: a colleague, or somebody from another service."""

    kind = "new-facilitator"
    title = "Who holds the group?"
    text = (
        "A colleague who holds the group sees who is in the room: names alone of families of other sites, and none"
        " of a restricted family. A partner of another service sees nothing here.",
    )
    button = "Add them"
    message = "Saved."


@policy.permission("write_records")
class EndFacilitatorPage(record_forms.EndFacilitator, GroupFormPage):
    """End a facilitator's role after a confirmation."""

    kind = "end-facilitator"
    text = ("From tomorrow they no longer see by this who is in the room.",)
    button = "They have left"
    message = "Saved."

    def get_title(self) -> str:
        return f"Does {self.record} no longer hold the group?"


@policy.permission("write_records")
class CloseGroupPage(record_forms.CloseGroup, GroupFormPage):
    """Close the group after a confirmation: every place ends, and coming sessions are cancelled."""

    kind = "close-group"
    title = "Close this group?"
    text = (
        "Every family's place ends with it, and sessions still to come are cancelled.",
        "Register every session that was held first. It cannot be opened again.",
    )
    button = "Close the group"
    danger = True
    message = "The group is closed."
