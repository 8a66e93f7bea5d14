"""Pages of one visit: booked, looked at, changed, moved, cancelled, taken up again, written up."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.diary import actions
from interventions.diary.forms import CancelAppointment, MoveAppointment, NewAppointment, Nothing, VisitForm
from interventions.diary.models import Appointment
from interventions.diary.rules import weekly
from interventions.diary.shown import stopped, visit_row
from interventions.diary.usual import usual_visit
from interventions.diary.warned import warnings_of
from interventions.episodes.forms import People, Warned
from interventions.episodes.models import Episode
from interventions.episodes.views.contacts import written_up
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of, family_name
from pairs.families.models import RiskAlert
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from referrals.models import Referral


@policy.permission("write_records")
def new_appointment(request, episode_id):
    """Book a visit, with everything that can be known filled in."""
    episode = fetch(request, Episode.objects.select_related("site"), may="write_records", pk=episode_id)
    return _book(request, episode, episode.site_id)


@policy.permission("write_records")
def new_first_visit(request, referral_id):
    """A first visit, before the episode is opened."""
    accepted = Referral.objects.exclude(family=None).filter(episode=None)
    referral = fetch(request, accepted, may="write_records", pk=referral_id, status="accepted")
    return _book(request, referral, referral.site_id)


def _book(request, work, site_id):
    family, typed = family_of(request, work.family_id), Typed(request, kind="new-appointment")
    if sent := _sent(typed):
        return redirect(sent)
    people = People(family)
    usual = usual_visit(request, work, family, people)
    form = NewAppointment(typed.data, people=people, site_id=site_id, initial=usual)
    told = _still_to_say(typed, form, lambda: warnings_of(family, site_id, form.visit(), moments_of(form)))
    done = (
        None
        if told
        else typed.submitted(form, make=lambda: book_from(form, work, request.user), path_of=to_visit)
    )
    if done:
        messages.success(request, "The visit is booked.")
        return redirect(done)
    return _page(
        request, "new_appointment", family, typed, form=form, told=told, warned=Warned.of(told), work=work
    )


def _sent(typed):
    """Where the second of two clicks goes: what the first one booked is nothing to warn of."""
    return typed.done() if typed.posted else ""


def book_from(form, work, by):
    """The booking that the form describes; the page and the API both make it here."""
    times = form.cleaned_data["times"] or 1
    return actions.book_appointment(
        work=work, starts_at=form.starts_at(), visit=form.visit(), times=times, by=by
    )


def moments_of(form):
    """Every time that the form asks for."""
    return weekly(timezone.localtime(form.starts_at()), form.cleaned_data.get("times") or 1)


def _still_to_say(typed, form, ask):
    """What the page has to say before anything is saved, as long as it has not said it: a warning, never a ban."""
    seen = Warned(typed.data if typed.posted else {})
    if not typed.posted or not (form.is_valid() and seen.is_valid()):
        return []
    told = ask()
    return told if seen.still_to_warn(told) else []


def to_visit(appointment):
    """The visit's own page."""
    return reverse("appointment", args=[appointment.pk])


@policy.permission("read_families", "govern_records")
def appointment(request, appointment_id):
    """One visit: when, where, who, what became of it, and what can be done."""
    row = fetch(request, Appointment.objects.with_all(), pk=appointment_id)
    family = family_of(request, row.family_id)
    may = request.scope.may("write_records", at=row.site_id)
    context = {
        "appointment": row,
        "visit": visit_row(row, family, may_write=may),
        "stopped": stopped(row),
        "may_write": may,
        "earlier": getattr(row, "moved_from", None),
        "later_of_series": _later_of_series(request, row),
    }
    return _page(request, "appointment", family, None, **context)


def _later_of_series(request, row):
    """How many of the weekly series come after it, and go on."""
    if row.series is None:
        return 0
    later = Appointment.objects.going_on().filter(series=row.series, starts_at__gt=row.starts_at)
    return len(fetch_list(request, later))


def _open(request, appointment_id):
    """(the visit, its family), for somebody who may write there."""
    row = fetch(request, Appointment.objects.with_all(), may="write_records", pk=appointment_id)
    return row, family_of(request, row.family_id)


@policy.permission("write_records")
def change_appointment(request, appointment_id):
    """How, where, with whom. After a loss: keep the visit for the parents, without the baby."""
    row, family = _open(request, appointment_id)
    typed, people = Typed(request, kind="change-appointment"), People(family)
    form = VisitForm(typed.data, people=people, site_id=row.site_id, initial=facts_known(row))
    told = _still_to_say(typed, form, lambda: warnings_of_change(family, row, form))
    done = (
        None
        if told
        else typed.submitted(
            form,
            make=lambda: actions.change_appointment(appointment=row, visit=form.visit(), by=request.user),
            path_of=to_visit,
        )
    )
    if done:
        messages.success(request, "The visit is changed.")
        return redirect(done)
    return _page(
        request,
        "change_appointment",
        family,
        typed,
        form=form,
        told=told,
        warned=Warned.of(told),
        appointment=row,
    )


def warnings_of_change(family, row, form):
    """What there is to say of a visit as the form would have it, at its own time."""
    moments = [timezone.localtime(row.starts_at)]
    return warnings_of(family, row.site_id, form.visit(), moments, besides=row.pk)


def facts_known(row):
    """The form's values of a booking, as it stands."""
    expected = [each for each in row.expected.all() if not getattr(each.person, "lost_on", None)]
    names = ("minutes", "mechanism", "location", "place", "interpreter", "travel_minutes", "note")
    return {name: getattr(row, name) for name in names} | {
        "room": row.room_id,
        "practitioner": row.practitioner_id,
        "colleagues": [user.pk for user in row.colleagues.all()],
        "expected": [str(each.infant_id or each.caregiver_id) for each in expected],
    }


@policy.permission("write_records")
def move_appointment(request, appointment_id):
    """Another time; the old booking says where it went."""
    row, family = _open(request, appointment_id)
    typed, start = Typed(request, kind="move-appointment"), timezone.localtime(row.starts_at)
    if sent := _sent(typed):
        return redirect(sent)
    usual = {"starts_on": start.date(), "starts_time": start.time(), "minutes": row.minutes}
    form = MoveAppointment(typed.data, initial=usual)
    told = _still_to_say(
        typed,
        form,
        lambda: warnings_of(family, row.site_id, as_visit(row, form), moments_of(form), besides=row.pk),
    )
    done = (
        None
        if told
        else typed.submitted(form, make=lambda: move_from(form, row, request.user), path_of=to_visit)
    )
    if done:
        messages.success(request, "The visit is moved.")
        return redirect(done)
    return _page(
        request,
        "move_appointment",
        family,
        typed,
        form=form,
        told=told,
        warned=Warned.of(told),
        appointment=row,
    )


def move_from(form, row, by):
    """The booking at the form's time."""
    return actions.move_appointment(
        appointment=row, starts_at=form.starts_at(), minutes=form.cleaned_data["minutes"], by=by
    )


def as_visit(row, form):
    """A booking as it would be moved, for what there is to say first."""
    minutes = form.cleaned_data["minutes"] if form.is_bound and form.is_valid() else row.minutes
    return actions.visit_of(row, minutes=minutes)


@policy.permission("write_records")
def cancel_appointment(request, appointment_id):
    """Who cancels, and why; nothing is sent to anybody."""
    row, family = _open(request, appointment_id)
    typed = Typed(request, kind="cancel-appointment")
    form = CancelAppointment(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.cancel_appointment(appointment=row, by=request.user, **form.cleaned_data),
        path_of=to_visit,
    )
    if done:
        messages.success(request, "The visit is cancelled. It can be taken up again from its page.")
        return redirect(done)
    later = _later_of_series(request, row)
    return _page(request, "cancel_appointment", family, typed, form=form, appointment=row, later=later)


@policy.permission("write_records")
def restore_appointment(request, appointment_id):
    """It was not cancelled after all."""
    row, family = _open(request, appointment_id)
    typed = Typed(request, kind="restore-appointment")
    form = Nothing(typed.data)
    done = typed.submitted(
        form, make=lambda: actions.restore_appointment(appointment=row, by=request.user), path_of=to_visit
    )
    if done:
        messages.success(request, "The visit stands again.")
        return redirect(done)
    return _page(request, "restore_appointment", family, typed, form=form, appointment=row)


@policy.permission("write_records")
def write_up(request, appointment_id):
    """The contact's own form, with everything of the visit filled in; saving it keeps the booking."""
    row = fetch(request, Appointment.objects.with_all(), may="write_records", pk=appointment_id)
    if row.is_written_up:
        return redirect("care-contact", row.care_contact_id)
    if row.work is None:
        messages.info(request, "Open the episode first; then this visit can be written up.")
        return redirect("open-episode", row.referral_id)
    episode = fetch(request, Episode.objects.select_related("family"), may="write_records", pk=row.work.pk)
    return written_up(
        request, episode, usual=contact_known(row), expected=attendance_known(row), then=_kept(request, row)
    )


def _kept(request, row):
    return lambda contact: actions.keep_appointment(appointment=row, contact=contact, by=request.user)


def contact_known(row):
    """What the booking says of the contact."""
    start = timezone.localtime(row.starts_at)
    minutes = 0 if row.is_cancelled else row.minutes
    known = {"held_on": start.date(), "held_at": start.time(), "minutes": minutes}
    return known | {"mechanism": row.mechanism, "location": row.location}


def attendance_known(row):
    """{person: attendance} of who was expected: they came, unless it was cancelled."""
    attendance = row.status if row.is_cancelled else "attended"
    return {each.infant_id or each.caregiver_id: attendance for each in row.expected.all()}


def _page(request, template, family, typed, **context):
    """A record page of the diary: the banner with its alerts, and the token of what is being typed."""
    alerts = fetch_list(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": family_name(family),
        "banner": banner_of(family, alerts=alerts),
        "typed": typed,
        "submission_token": typed.token if typed else None,
    }
    return render(request, f"diary/{template}.html", shared | context)
