"""Pages of programmes: list, show, plan, change, sessions, facilitators, close."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.episodes.rules import InterventionShape
from interventions.groups import actions, forms
from interventions.groups.models import (
    Facilitator,
    GroupNote,
    GroupPlace,
    GroupSession,
    Programme,
)
from interventions.groups.record_forms import build_session_initial, query_programmes, query_sessions
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
from pairs.submissions.form_submission import FormSubmission


def get_group_path(programme: Programme | Facilitator | GroupSession) -> str:
    return reverse("group", args=[programme.pk])


def get_owning_group_path(made: Facilitator | GroupSession) -> str:
    """The path of the group that a session or facilitator belongs to."""
    return reverse("group", args=[made.programme_id])


def render_group_form(
    request: ScopedRequest,
    submission: FormSubmission,
    form: Form,
    *,
    title: str,
    button: str,
    back: str,
    text: Sequence[str] = (),
    danger: bool = False,
) -> HttpResponse:
    """Render a page with one form about a group; no family's record is involved."""
    context = {"form": form, "submission_token": submission.token, "title": title, "button": button}
    context |= {"back": back, "text": text, "danger": danger}
    return render(request, "groups/form_page.html", context)


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


@policy.permission("write_records")
def plan_group(request: ScopedRequest) -> HttpResponse:
    """Plan a group with its sessions and sites."""
    submission = FormSubmission(request, kind="new-group")
    usual = {"held_on": timezone.localdate(), "held_at": "10:00", "sessions": 8, "capacity": 8}
    first = Intervention.objects.offered().filter(shape=InterventionShape.GROUP).first()
    form = forms.NewGroupForm(
        submission.data, scope=request.scope, initial=usual | {"intervention": first and first.code}
    )
    done = submission.save_once(
        form,
        make=lambda: actions.begin_programme(by=request.user, **form.programme()),
        path_of=get_group_path,
    )
    if done:
        messages.success(request, "The group is planned. Add the families who come.")
        return redirect(done)
    return render_group_form(
        request, submission, form, title="Plan a group", button="Plan the group", back=reverse("groups")
    )


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


@policy.permission("write_records")
def edit_group(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Change the name, sites and capacity."""
    programme = get_group_record(request, query_programmes(), may_write=True, pk=programme_id)
    submission = FormSubmission(request, kind="change-group")
    form = forms.ChangeGroupForm(submission.data, initial=build_group_initial(programme))
    done = submission.save_once(
        form,
        make=lambda: actions.change_programme(programme=programme, by=request.user, **form.cleaned_data),
        path_of=get_group_path,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    return render_group_form(
        request, submission, form, title="Change the group", button="Save", back=get_group_path(programme)
    )


def build_group_initial(programme: Any) -> dict[str, Any]:
    """Initial values of the form, from the programme."""
    sites = [site.code for site in programme.sites.all()]
    return {"name": programme.name, "capacity": programme.capacity, "sites": sites}


@policy.permission("write_records")
def add_group_session(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Add a session, by default a week after the last."""
    programme = get_group_record(request, query_programmes(), may_write=True, pk=programme_id)
    submission = FormSubmission(request, kind="new-group-session")
    form = forms.SessionDetailsForm(submission.data, initial=_build_next_session_initial(programme))
    done = submission.save_once(
        form,
        make=lambda: actions.add_session(programme=programme, by=request.user, **form.session()),
        path_of=get_owning_group_path,
    )
    if done:
        messages.success(request, "The session is planned.")
        return redirect(done)
    return render_group_form(
        request,
        submission,
        form,
        title="Add a session",
        button="Add the session",
        back=get_group_path(programme),
    )


def _build_next_session_initial(programme: Any) -> dict[str, Any]:
    last = programme.sessions.live().order_by("-starts_at").first()
    if last is None:
        return {"held_on": timezone.localdate()}
    return build_session_initial(last) | {"held_on": timezone.localdate(last.starts_at) + timedelta(weeks=1)}


@policy.permission("write_records")
def move_group_session(request: ScopedRequest, group_session_id: UUID) -> HttpResponse:
    """Change a session's time or place, until it has been registered."""
    session = get_group_record(request, query_sessions(), may_write=True, pk=group_session_id)
    submission = FormSubmission(request, kind="change-group-session")
    form = forms.SessionDetailsForm(submission.data, initial=build_session_initial(session))
    done = submission.save_once(
        form,
        make=lambda: actions.move_session(session=session, by=request.user, **form.session()),
        path_of=get_owning_group_path,
    )
    if done:
        messages.success(request, "The session is changed. Tell the families, and your partners.")
        return redirect(done)
    back = get_group_path(session.programme)
    return render_group_form(request, submission, form, title="Change the session", button="Save", back=back)


@policy.permission("write_records")
def cancel_group_session(request: ScopedRequest, group_session_id: UUID) -> Any:
    """Cancel a session after a confirmation; each family's record says so."""
    session = get_group_record(request, query_sessions(), may_write=True, pk=group_session_id)
    submission = FormSubmission(request, kind="cancel-group-session")
    form = forms.CancelSessionForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.cancel_session(session=session, by=request.user, **form.cleaned_data),
        path_of=get_owning_group_path,
    )
    if done:
        messages.success(request, "The session is cancelled. Nobody has been told: ring the families.")
        return redirect(done)
    when = timezone.localtime(session.starts_at)
    words = {
        "title": "Cancel this session?",
        "text": [
            f"{session.programme}, {when:%-d %B %Y, %H:%M}.",
            "Each family's record says, from that day on, that we cancelled it. It does not count as missed.",
            "It cannot be put back. A session at another time can be added.",
        ],
        "button": "Cancel the session",
    }
    return render_group_form(
        request, submission, form, back=get_group_path(session.programme), danger=True, **words
    )


@policy.permission("write_records")
def add_facilitator_page(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Add a facilitator: a colleague, or somebody from another service."""
    programme = get_group_record(request, query_programmes(), may_write=True, pk=programme_id)
    submission = FormSubmission(request, kind="new-facilitator")
    form = forms.NewFacilitatorForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.add_facilitator(programme=programme, by=request.user, **form.cleaned_data),
        path_of=get_owning_group_path,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    text = [
        "A colleague who holds the group sees who is in the room: names alone of families of other sites, and none"
        " of a restricted family. A partner of another service sees nothing here.",
    ]
    return render_group_form(
        request,
        submission,
        form,
        title="Who holds the group?",
        button="Add them",
        back=get_group_path(programme),
        text=text,
    )


@policy.permission("write_records")
def end_facilitator_page(request: ScopedRequest, facilitator_id: UUID) -> HttpResponse:
    """End a facilitator's role after a confirmation."""
    facilitator = get_group_record(
        request,
        Facilitator.objects.select_related("programme", "user"),
        may_write=True,
        pk=facilitator_id,
    )
    submission = FormSubmission(request, kind="end-facilitator")
    form = forms.ConfirmForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.end_facilitator(facilitator=facilitator, by=request.user),
        path_of=get_owning_group_path,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    title = f"Does {facilitator} no longer hold the group?"
    text = ["From tomorrow they no longer see by this who is in the room."]
    back = get_group_path(facilitator.programme)
    return render_group_form(
        request, submission, form, title=title, button="They have left", back=back, text=text
    )


@policy.permission("write_records")
def close_group(request: ScopedRequest, programme_id: UUID) -> HttpResponse:
    """Close the group after a confirmation: every place ends, and coming sessions are cancelled."""
    programme = get_group_record(request, query_programmes(), may_write=True, pk=programme_id)
    submission = FormSubmission(request, kind="close-group")
    form = forms.CloseGroupForm(submission.data, initial={"closed_on": timezone.localdate()})
    done = submission.save_once(
        form,
        make=lambda: actions.close_programme(programme=programme, by=request.user, **form.cleaned_data),
        path_of=get_group_path,
    )
    if done:
        messages.success(request, "The group is closed.")
        return redirect(done)
    text = [
        "Every family's place ends with it, and sessions still to come are cancelled.",
        "Register every session that was held first. It cannot be opened again.",
    ]
    return render_group_form(
        request, submission, form, title="Close this group?", button="Close the group", back=get_group_path(programme),
        text=text, danger=True,
    )  # fmt: skip
