"""Pages of a programme: the groups we hold, one of them, begun, changed, a session or facilitator more, closed."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.groups import actions, forms
from interventions.groups.models import Facilitator, GroupNote, GroupPlace, GroupSession, Programme
from interventions.groups.roster import kept_apart, may_run, of_group, rows_of, taken
from interventions.groups.rules import session_state
from pairs.access import policy
from pairs.access.fetch import fetch_list, fetch_page
from pairs.access.records import live_q
from pairs.submissions.typed import Typed


def to_group(programme):
    return reverse("group", args=[programme.pk])


def back_to_group(made):
    """After an act about a session or a facilitator."""
    return reverse("group", args=[made.programme_id])


def form_page(request, typed, form, *, title, button, back, text=(), danger=False):
    """A page with one form, about a group and nobody's record."""
    context = {"form": form, "submission_token": typed.token, "title": title, "button": button}
    context |= {"back": back, "text": text, "danger": danger}
    return render(request, "groups/form_page.html", context)


@policy.permission("read_families", "govern_records")
def groups(request):
    """Groups of my sites and those I hold, the open ones first."""
    live = live_q("places__") & Q(places__left_on=None)
    found = Programme.objects.select_related("site", "intervention").annotate(
        families=Count("places", filter=live & Q(places__episode__ended_on=None), distinct=True)
    )
    page = fetch_page(request, found.order_by("-closed_on", "name", "pk"))
    context = {"page": page, "may_begin": request.scope.may("write_records")}
    return render(request, "groups/groups.html", context)


@policy.permission("write_records")
def new_group(request):
    """A group, its sessions, and for whose families."""
    typed = Typed(request, kind="new-group")
    usual = {"held_on": timezone.localdate(), "held_at": "10:00", "sessions": 8, "capacity": 8}
    first = Intervention.objects.offered().filter(shape="group").first()
    form = forms.NewGroup(
        typed.data, scope=request.scope, initial=usual | {"intervention": first and first.code}
    )
    done = typed.submitted(
        form,
        make=lambda: actions.begin_programme(by=request.user, **form.programme()),
        path_of=to_group,
    )
    if done:
        messages.success(request, "The group is planned. Add the families who come.")
        return redirect(done)
    return form_page(
        request, typed, form, title="Plan a group", button="Plan the group", back=reverse("groups")
    )


def whole():
    return Programme.objects.select_related("site", "intervention").prefetch_related("sites")


@policy.permission("read_families", "govern_records")
def group(request, programme_id):
    """One group: its sessions, who holds it, its roster as far as one may see it."""
    programme = of_group(request, whole(), pk=programme_id)
    places = GroupPlace.objects.filter(programme=programme)
    held = rows_of(request, places.held(), programme)
    context = {
        "programme": programme,
        "sessions": sessions_of(request, programme),
        "facilitators": fetch_list(
            request, Facilitator.objects.current().filter(programme=programme).select_related("user")
        ),
        "rows": [row for row in held if not row.place.episode.ended_on],
        "ended": [row for row in held if row.place.episode.ended_on],
        "notes": fetch_list(
            request,
            GroupNote.objects.filter(session__programme=programme)
            .select_related("session", "written_by")
            .order_by("-signed_at"),
        ),
        "taken": taken(programme),
        "apart": kept_apart(request, programme),
        "may_run": may_run(request.scope, programme) and not programme.closed_on,
    }
    return render(request, "groups/group.html", context)


def sessions_of(request, programme):
    """[(session, its number among those not cancelled or None, its state)] in time."""
    live = live_q("lines__") & live_q("lines__care_contact__")
    found = GroupSession.objects.filter(programme=programme).annotate(
        saved=Count("lines", filter=live & Q(lines__isnull=False)),
        noted=Count("notes", distinct=True),
    )
    sessions, now, counted = fetch_list(request, found.order_by("starts_at", "pk")), timezone.now(), Counter()
    rows = []
    for session in sessions:
        state = session_state(
            starts_at=session.starts_at,
            now=now,
            cancelled=bool(session.cancelled_at),
            registered=bool(session.saved or session.noted),
        )
        counted["held"] += not session.cancelled_at
        rows.append((session, None if session.cancelled_at else counted["held"], state))
    return rows


@policy.permission("write_records")
def change_group(request, programme_id):
    """Another name, other sites, more or fewer places."""
    programme = of_group(request, whole(), may_write=True, pk=programme_id)
    typed = Typed(request, kind="change-group")
    form = forms.ChangedGroup(typed.data, initial=known(programme))
    done = typed.submitted(
        form,
        make=lambda: actions.change_programme(programme=programme, by=request.user, **form.cleaned_data),
        path_of=to_group,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    return form_page(request, typed, form, title="Change the group", button="Save", back=to_group(programme))


def known(programme):
    """The form's values as they are recorded."""
    sites = [site.code for site in programme.sites.all()]
    return {"name": programme.name, "capacity": programme.capacity, "sites": sites}


@policy.permission("write_records")
def new_group_session(request, programme_id):
    """One session more, a week after the last."""
    programme = of_group(request, whole(), may_write=True, pk=programme_id)
    typed = Typed(request, kind="new-group-session")
    form = forms.SessionDetails(typed.data, initial=_after_the_last(programme))
    done = typed.submitted(
        form,
        make=lambda: actions.add_session(programme=programme, by=request.user, **form.session()),
        path_of=back_to_group,
    )
    if done:
        messages.success(request, "The session is planned.")
        return redirect(done)
    return form_page(
        request, typed, form, title="Add a session", button="Add the session", back=to_group(programme)
    )


def _after_the_last(programme):
    last = programme.sessions.live().order_by("-starts_at").first()
    if last is None:
        return {"held_on": timezone.localdate()}
    return session_known(last) | {"held_on": timezone.localdate(last.starts_at) + timedelta(weeks=1)}


def session_known(session):
    """A session's form as it is recorded."""
    start = timezone.localtime(session.starts_at)
    known = {name: getattr(session, name) for name in ("minutes", "location", "room")}
    return known | {"held_on": start.date(), "held_at": start.time()}


@policy.permission("write_records")
def change_group_session(request, group_session_id):
    """Another time or place, while nobody is registered."""
    session = of_group(request, sessions(), path="programme", may_write=True, pk=group_session_id)
    typed = Typed(request, kind="change-group-session")
    form = forms.SessionDetails(typed.data, initial=session_known(session))
    done = typed.submitted(
        form,
        make=lambda: actions.move_session(session=session, by=request.user, **form.session()),
        path_of=back_to_group,
    )
    if done:
        messages.success(request, "The session is changed. Tell the families, and your partners.")
        return redirect(done)
    back = to_group(session.programme)
    return form_page(request, typed, form, title="Change the session", button="Save", back=back)


def sessions():
    return GroupSession.objects.select_related("programme__intervention", "programme__site")


@policy.permission("write_records")
def cancel_group_session(request, group_session_id):
    """Ask once more, then: each family's record says that we cancelled it."""
    session = of_group(request, sessions(), path="programme", may_write=True, pk=group_session_id)
    typed = Typed(request, kind="cancel-group-session")
    form = forms.Cancellation(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.cancel_session(session=session, by=request.user, **form.cleaned_data),
        path_of=back_to_group,
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
    return form_page(request, typed, form, back=to_group(session.programme), danger=True, **words)


@policy.permission("write_records")
def new_facilitator(request, programme_id):
    """A colleague, or somebody of another service."""
    programme = of_group(request, whole(), may_write=True, pk=programme_id)
    typed = Typed(request, kind="new-facilitator")
    form = forms.NewFacilitator(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.add_facilitator(programme=programme, by=request.user, **form.cleaned_data),
        path_of=back_to_group,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    text = [
        "A colleague who holds the group sees who is in the room: names alone of families of other sites, and none"
        " of a restricted family. A partner of another service sees nothing here.",
    ]
    return form_page(
        request,
        typed,
        form,
        title="Who holds the group?",
        button="Add them",
        back=to_group(programme),
        text=text,
    )


@policy.permission("write_records")
def end_facilitator(request, facilitator_id):
    """Ask once more: they see the roster no more."""
    facilitator = of_group(
        request,
        Facilitator.objects.select_related("programme", "user"),
        path="programme",
        may_write=True,
        pk=facilitator_id,
    )
    typed = Typed(request, kind="end-facilitator")
    form = forms.Nothing(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.end_facilitator(facilitator=facilitator, by=request.user),
        path_of=back_to_group,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    title = f"Does {facilitator} no longer hold the group?"
    text = ["From tomorrow they no longer see by this who is in the room."]
    back = to_group(facilitator.programme)
    return form_page(request, typed, form, title=title, button="They have left", back=back, text=text)


@policy.permission("write_records")
def close_group(request, programme_id):
    """Ask once more: every place ends, and sessions still to come are cancelled."""
    programme = of_group(request, whole(), may_write=True, pk=programme_id)
    typed = Typed(request, kind="close-group")
    form = forms.Closing(typed.data, initial={"closed_on": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.close_programme(programme=programme, by=request.user, **form.cleaned_data),
        path_of=to_group,
    )
    if done:
        messages.success(request, "The group is closed.")
        return redirect(done)
    text = [
        "Every family's place ends with it, and sessions still to come are cancelled.",
        "Register every session that was held first. It cannot be opened again.",
    ]
    return form_page(
        request, typed, form, title="Close this group?", button="Close the group", back=to_group(programme),
        text=text, danger=True,
    )  # fmt: skip
