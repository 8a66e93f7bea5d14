"""The register of a session: on one screen, and on paper."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.groups import actions, forms
from interventions.groups.actions.registers import number_of, standing
from interventions.groups.models import GroupNote, GroupPlace
from interventions.groups.roster import kept_apart, may_run, of_group, rows_of
from interventions.groups.rules import why_not_registered
from interventions.groups.views.programmes import sessions
from pairs.access import policy
from pairs.access.fetch import fetch_list
from pairs.submissions.typed import Typed


def to_register(session):
    return reverse("group-register", args=[session.pk])


def roster_of(request, session):
    """[Row] of whoever was on the roster that day, as this reader may see it, each with its line."""
    day = timezone.localdate(session.starts_at)
    rows = rows_of(
        request, GroupPlace.objects.on(day).filter(programme=session.programme_id), session.programme
    )
    lines = {line.place_id: line for line in standing(session).select_related("care_contact")}
    for row in rows:
        row.line = lines.get(row.place.pk)
    return rows


def register_from(session, register, form, guests, lines, by):
    """What the page and the API both make: the families' lines and the group note."""
    said = register.said(guests, lines)
    note = form.text(list(register.people.values()))
    return actions.record_register(session=session, lines=said, note=note, by=by)


@policy.permission("read_families", "govern_records", POST="write_records")
def group_register(request, group_session_id):
    """Everybody expected came, until somebody says otherwise; a line a family; one note."""
    may_write = request.method == "POST"
    session = of_group(request, sessions(), path="programme", may_write=may_write, pk=group_session_id)
    typed = Typed(request, kind="group-register")
    if typed.done():
        return redirect(typed.done())
    rows = roster_of(request, session)
    register = forms.Register(rows)
    form = forms.RegisterNote(typed.data)
    guests = forms.GuestRows(typed.data, initial=register.guests(), prefix="guests")
    lines = forms.LineRows(typed.data, initial=register.lines(), prefix="lines")
    done = typed.submitted(
        form,
        guests,
        lines,
        make=lambda: register_from(session, register, form, guests, lines, request.user),
        path_of=to_register,
    )
    if done:
        messages.success(request, "The register is saved, in each family's own record.")
        return redirect(done)
    context = {
        "session": session,
        "number": number_of(session),
        "form": form,
        "guests": guests,
        "lines": lines,
        "shown": register.shown(guests, lines),
        "saved": [row for row in rows if row.line],
        "others": [row for row in rows if not row.line and not row.writes],
        "notes": fetch_list(request, GroupNote.objects.filter(session=session).select_related("written_by")),
        "apart": kept_apart(request, session.programme),
        "why_not": why_not(session),
        "may_run": may_run(request.scope, session.programme),
        "typed": typed,
        "submission_token": typed.token,
    }
    return render(request, "groups/register.html", context)


def why_not(session):
    """'' when the register may be written now, else why not."""
    return why_not_registered(
        starts_at=session.starts_at, now=timezone.now(), cancelled=bool(session.cancelled_at)
    )


@policy.permission("read_families")
def group_register_paper(request, group_session_id):
    """The register on paper, for when systems are down: names, and boxes to tick."""
    session = of_group(request, sessions(), path="programme", pk=group_session_id)
    context = {
        "session": session,
        "number": number_of(session),
        "rows": roster_of(request, session),
        "apart": kept_apart(request, session.programme),
        "printed": timezone.now(),
    }
    return render(request, "groups/register_paper.html", context)
