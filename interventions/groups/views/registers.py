"""Pages of a session's register: on screen and for printing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.groups import forms
from interventions.groups.actions.registers import get_session_number
from interventions.groups.models import GroupNote, GroupSession
from interventions.groups.record_forms import load_session_roster, query_sessions, record_register
from interventions.groups.roster import (
    get_group_record,
    list_group_warnings,
    may_run_group,
)
from interventions.groups.rules import find_register_error
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.submissions.form_submission import FormSubmission


def get_register_path(session: GroupSession) -> str:
    return reverse("group-register", args=[session.pk])


@policy.permission("read_families", "govern_records", POST="write_records")
def edit_group_register(request: ScopedRequest, group_session_id: UUID) -> HttpResponse:
    """Record the register: attendance (by default everybody came), a line for each family, a group note."""
    may_write = request.method == "POST"
    session = get_group_record(request, query_sessions(), may_write=may_write, pk=group_session_id)
    submission = FormSubmission(request, kind="group-register")
    if submission.get_existing_result_path():
        return redirect(submission.get_existing_result_path())
    rows = load_session_roster(request, session)
    register = forms.RegisterFormAdapter(rows)
    form = forms.RegisterNoteForm(submission.data)
    guests = forms.GuestRowFormSet(submission.data, initial=register.guests(), prefix="guests")
    lines = forms.LineRowFormSet(submission.data, initial=register.lines(), prefix="lines")
    done = submission.save_once(
        form,
        guests,
        lines,
        make=lambda: record_register(request, session, register, form, guests, lines),
        path_of=get_register_path,
    )
    if done:
        messages.success(request, "The register is saved, in each family's own record.")
        return redirect(done)
    context = {
        "session": session,
        "number": get_session_number(session),
        "form": form,
        "guests": guests,
        "lines": lines,
        "shown": register.shown(guests, lines),
        "saved": [row for row in rows if row.line],
        "others": [row for row in rows if not row.line and not row.writes],
        "notes": list_visible(
            request, GroupNote.objects.filter(session=session).select_related("written_by")
        ),
        "apart": list_group_warnings(request, session.programme),
        "why_not": find_session_register_error(session),
        "may_run": may_run_group(request.scope, session.programme),
        "typed": submission,
        "submission_token": submission.token,
    }
    return render(request, "groups/register.html", context)


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
