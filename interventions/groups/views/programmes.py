"""Pages of programmes: list, show, plan, change, sessions, facilitators, close."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.competencies.views import format_sign_off
from interventions.episodes.deliveries import TO_SIGN_OFF
from interventions.groups import record_forms
from interventions.groups.actions.programmes import find_session_moving_error
from interventions.groups.deliveries import describe_facilitators, needs_group_sign_off
from interventions.groups.models import (
    Facilitator,
    GroupNote,
    GroupPlace,
    GroupSession,
    GroupSignOff,
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
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.csv_files import build_csv_response

CSV_HEADERS = ("Group", "Intervention", "Site", "Families", "Places", "Ended")


@policy.permission("read_families", "govern_records")
def list_groups(request):
    """List groups of the user's sites and those they facilitate, open ones first."""
    page = get_visible_page(request, _query_listed())
    context = {"page": page, "may_begin": request.scope.may("write_records")}
    return render(request, "groups/groups.html", context)


def _query_listed() -> QuerySet[Any]:
    """Groups with the number of their families, open ones first."""
    live = live_q("places__") & Q(places__left_on=None)
    found = Programme.objects.select_related("site", "intervention").annotate(
        families=Count("places", filter=live & Q(places__episode__ended_on=None), distinct=True)
    )
    return found.order_by("-closed_on", "name", "pk")


@policy.permission("read_families", "govern_records")
def download_groups(request: ScopedRequest) -> HttpResponse:
    """The same groups as a CSV file: numbers, and no family."""
    rows = (
        [each.name, each.intervention, each.site, each.families, each.capacity, each.closed_on or ""]
        for each in list_visible(request, _query_listed())
    )
    return build_csv_response(f"groups-{timezone.localdate():%Y-%m-%d}.csv", CSV_HEADERS, rows)


@policy.permission("read_families", "govern_records")
def show_group(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Show a group: sessions, facilitators, and the roster as far as the user may see it."""
    programme = get_group_record(request, query_programmes(), pk=programme_id)
    places = GroupPlace.objects.filter(programme=programme)
    held, on = load_roster_rows(request, places.held(), programme), timezone.localdate()
    signed = GroupSignOff.objects.filter(programme=programme).select_related("signed_by", "by_colleague")
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
        "may_deliver": describe_facilitators(programme, on),
        "to_sign_off": needs_group_sign_off(programme, on),
        "may_sign_off": request.scope.may("supervise", at=programme.site_id),
        "signed": [describe_group_sign_off(each) for each in list_visible(request, signed)],
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

    back = PageOf("group", "group_id", "Group")

    @property
    def group_id(self) -> UUID:
        return self.record.pk if isinstance(self.record, Programme) else self.record.programme_id


class WarnedGroupPage(WarnedFormPage):
    """One that is warned of what else those concerned are booked for."""

    warning_title = "Booking clash"
    warning_text = "To keep this time, save again. Otherwise choose another time."


@policy.permission("write_records")
class PlanGroupPage(record_forms.PlanGroup, WarnedGroupPage, FormPage):
    """Plan a group with its sessions and sites."""

    title = "Plan a group"
    button = "Plan the group"
    back = PageOf("groups")
    leads_to = PageOf("group", "made")
    message = "Group planned. Now add the families."

    def get_message(self) -> str:
        """What was done, and whether a supervisor is asked to sign off how the group is delivered."""
        unsigned = needs_group_sign_off(self.made, timezone.localdate())
        return f"{self.message} {TO_SIGN_OFF}" if unsigned else self.message


@policy.permission("write_records")
class EditGroupPage(record_forms.ChangeGroup, GroupFormPage):
    """Change the name, sites and capacity."""

    title = "Change the group"
    message = "Saved."


@policy.permission("supervise")
class SignOffGroupPage(record_forms.SignOffGroup, GroupFormPage):
    """Sign off how a group is delivered whose facilitators may not deliver it alone yet."""

    title = "Sign off how an intervention is delivered"
    button = "Sign off"
    message = "Signed off."

    def get_text(self) -> list[str]:
        programme, on = self.record, timezone.localdate()
        said = [f"{programme.intervention}: {programme}."]
        if not needs_group_sign_off(programme, on):
            said.append("No sign-off is needed now. You can still record one.")
        else:
            said.append("No facilitator has what it asks for to deliver it alone.")
        rows = GroupSignOff.objects.filter(programme=programme).select_related("signed_by", "by_colleague")
        return said + list(map(describe_group_sign_off, list_visible(self.request, rows)))


def describe_group_sign_off(sign_off: GroupSignOff) -> str:
    """“Signed off 3 Nov 2026 by Sunita S.: The facilitators deliver it under supervision (Hana Hub).”"""
    return format_sign_off(sign_off, "", str(sign_off))


@policy.permission("write_records")
class AddSessionPage(record_forms.AddSession, WarnedGroupPage, GroupFormPage):
    """Add a session, by default a week after the last."""

    title = "Add a session"
    button = "Add the session"
    message = "Session planned."


@policy.permission("write_records")
class MoveSessionPage(record_forms.MoveSession, WarnedGroupPage, GroupFormPage):
    """Change a coming session's time or place; of one whose time has passed, write the register."""

    title = "Change the session"
    message = "Session changed. Tell the families and your partners."

    def get_obstacle(self) -> str:
        return find_session_moving_error(self.record)

    def get_links(self) -> list[Link]:
        session = self.record
        if session.starts_at > timezone.now() or session.cancelled_at:
            return []
        return [Link(reverse("group-register", args=[session.pk]), "Write the register")]


@policy.permission("write_records")
class CancelSessionPage(record_forms.CancelSession, GroupFormPage):
    """Cancel a session after a confirmation; each family's record says so."""

    title = "Cancel this session?"
    button = "Cancel the session"
    danger = True
    message = "Session cancelled. PaIRS has not told anyone: call the families."

    def get_text(self) -> list[str]:
        session, when = self.record, timezone.localtime(self.record.starts_at)
        return [
            f"{session.programme}, {when:%-d %B %Y, %H:%M}.",
            "From that day, each family's record shows that we cancelled it. It does not count as missed.",
            "This cannot be undone. You can add a session at another time.",
        ]


@policy.permission("write_records")
class AddFacilitatorPage(record_forms.AddFacilitator, WarnedGroupPage, GroupFormPage):
    """Add a facilitator: a colleague, or somebody from another service."""

    title = "Who facilitates the group?"
    text = (
        "A facilitator sees who is in the group: only names for families of other sites, and nothing for a "
        "restricted family. A partner from another service has no access here.",
    )
    button = "Add them"
    message = "Saved."


@policy.permission("write_records")
class EndFacilitatorPage(record_forms.EndFacilitator, GroupFormPage):
    """End a facilitator's role after a confirmation."""

    text = ("From tomorrow this role no longer lets them see who is in the group.",)
    button = "End role"
    message = "Saved."

    def get_title(self) -> str:
        return f"End {self.record}’s role as facilitator?"


@policy.permission("write_records")
class CloseGroupPage(record_forms.CloseGroup, GroupFormPage):
    """Close the group after a confirmation: every place ends, and coming sessions are cancelled."""

    title = "Close this group?"
    text = (
        "Every family's place ends, and future sessions are cancelled.",
        "First complete the register for every session held. The group cannot be reopened.",
    )
    button = "Close the group"
    danger = True
    message = "Group closed."
