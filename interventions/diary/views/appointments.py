"""Pages of one visit: book, show, change, move, cancel, restore, write up."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from interventions.diary import actions
from interventions.diary.booking_warnings import BookingWarning, list_booking_warnings
from interventions.diary.forms import (
    CancelAppointmentForm,
    ConfirmForm,
    MoveAppointmentForm,
    NewAppointmentForm,
    VisitForm,
)
from interventions.diary.initial_values import build_initial_visit, build_visit_initial
from interventions.diary.models import Appointment
from interventions.diary.presenters import build_visit_row, get_stop_reason
from interventions.diary.rules import list_weekly_starts
from interventions.episodes.forms import FamilyPeople, WarnedForm
from interventions.episodes.models import Episode
from interventions.episodes.rules import Attendance
from interventions.episodes.views.contacts import render_contact_form
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner, get_family_name
from pairs.families.models import Family, RiskAlert
from pairs.service.models import User
from pairs.submissions.form_submission import FormSubmission
from referrals.models import Referral
from referrals.rules.choices import ReferralState


@policy.permission("write_records")
def book_appointment_page(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Book a visit; the form is filled in as far as possible."""
    episode = get_visible_or_404(
        request, Episode.objects.select_related("site"), may="write_records", pk=episode_id
    )
    return _handle_booking_page(request, episode, episode.site_id)


@policy.permission("write_records")
def book_first_visit_page(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """A first visit, before the episode is opened."""
    accepted = Referral.objects.exclude(family=None).filter(episode=None)
    referral = get_visible_or_404(
        request, accepted, may="write_records", pk=referral_id, status=ReferralState.ACCEPTED
    )
    return _handle_booking_page(request, referral, referral.site_id)


def _handle_booking_page(request: ScopedRequest, work: Any, site_id: UUID) -> HttpResponse:
    family, submission = get_family(request, work.family_id), FormSubmission(request, kind="new-appointment")
    if sent := _get_booked_path(submission):
        return redirect(sent)
    people = FamilyPeople(family)
    usual = build_initial_visit(request, work, family, people)
    form = NewAppointmentForm(submission.data, people=people, site_id=site_id, initial=usual)
    told = _list_pending_warnings(
        submission,
        form,
        lambda: list_booking_warnings(family, site_id, form.visit(), list_form_start_times(form)),
    )
    done = (
        None
        if told
        else submission.save_once(
            form, make=lambda: book_from_form(form, work, request.user), path_of=get_visit_path
        )
    )
    if done:
        messages.success(request, "The visit is booked.")
        return redirect(done)
    return _render_diary_page(
        request,
        "new_appointment",
        family,
        submission,
        form=form,
        told=told,
        warned=WarnedForm.of(told),
        work=work,
    )


def _get_booked_path(submission: FormSubmission) -> str:
    """The path of what this form has booked already (a double click); '' when nothing: no warnings then."""
    return submission.get_existing_result_path() if submission.posted else ""


def book_from_form(form: NewAppointmentForm, work: Episode | Referral, by: User) -> Appointment:
    """Book the visit that the form describes; used by the page and the API."""
    times = form.cleaned_data["times"] or 1
    return actions.book_appointment(
        work=work, starts_at=form.starts_at(), visit=form.visit(), times=times, by=by
    )


def list_form_start_times(form: MoveAppointmentForm | NewAppointmentForm) -> list[datetime]:
    """Every start time that the form asks for."""
    return list_weekly_starts(timezone.localtime(form.starts_at()), form.cleaned_data.get("times") or 1)


def _list_pending_warnings(
    submission: FormSubmission, form: MoveAppointmentForm | VisitForm, ask: Callable[..., Any]
) -> list[BookingWarning]:
    """Warnings that the user has not seen yet. They delay saving once and never forbid it."""
    seen = WarnedForm(submission.data if submission.posted else {})
    if not submission.posted or not (form.is_valid() and seen.is_valid()):
        return []
    told = ask()
    return told if seen.list_unseen_warnings(told) else []


def get_visit_path(appointment: Appointment) -> str:
    """The visit's own page."""
    return reverse("appointment", args=[appointment.pk])


@policy.permission("read_families", "govern_records")
def show_appointment(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Show one visit, its outcome and the possible actions."""
    row = get_visible_or_404(request, Appointment.objects.with_all(), pk=appointment_id)
    family = get_family(request, row.family_id)
    may = request.scope.may("write_records", at=row.site_id)
    context = {
        "appointment": row,
        "visit": build_visit_row(row, family, may_write=may),
        "stopped": get_stop_reason(row),
        "may_write": may,
        "earlier": getattr(row, "moved_from", None),
        "later_of_series": _count_later_in_series(request, row),
    }
    return _render_diary_page(request, "appointment", family, None, **context)


def _count_later_in_series(request: ScopedRequest, row: Any) -> int:
    """How many later visits of the weekly series still stand."""
    if row.series is None:
        return 0
    later = Appointment.objects.going_on().filter(series=row.series, starts_at__gt=row.starts_at)
    return len(list_visible(request, later))


def _get_writable_visit(request: ScopedRequest, appointment_id: UUID) -> tuple[Any, ...]:
    """(visit, family) for a user who may write there."""
    row = get_visible_or_404(request, Appointment.objects.with_all(), may="write_records", pk=appointment_id)
    return row, get_family(request, row.family_id)


@policy.permission("write_records")
def change_appointment_page(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Change the visit's details. After a loss it can be kept for the parents, without the infant."""
    row, family = _get_writable_visit(request, appointment_id)
    submission, people = FormSubmission(request, kind="change-appointment"), FamilyPeople(family)
    form = VisitForm(submission.data, people=people, site_id=row.site_id, initial=build_visit_initial(row))
    told = _list_pending_warnings(submission, form, lambda: list_change_warnings(family, row, form))
    done = (
        None
        if told
        else submission.save_once(
            form,
            make=lambda: actions.change_appointment(appointment=row, visit=form.visit(), by=request.user),
            path_of=get_visit_path,
        )
    )
    if done:
        messages.success(request, "The visit is changed.")
        return redirect(done)
    return _render_diary_page(
        request,
        "change_appointment",
        family,
        submission,
        form=form,
        told=told,
        warned=WarnedForm.of(told),
        appointment=row,
    )


def list_change_warnings(family: Family, row: Appointment, form: Any) -> list[Any]:
    """Warnings for the visit as changed by the form, at its present time."""
    moments = [timezone.localtime(row.starts_at)]
    return list_booking_warnings(family, row.site_id, form.visit(), moments, besides=row.pk)


@policy.permission("write_records")
def move_appointment_page(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Move the visit to another time; the old booking points to the new one."""
    row, family = _get_writable_visit(request, appointment_id)
    submission, start = FormSubmission(request, kind="move-appointment"), timezone.localtime(row.starts_at)
    if sent := _get_booked_path(submission):
        return redirect(sent)
    usual = {"starts_on": start.date(), "starts_time": start.time(), "minutes": row.minutes}
    form = MoveAppointmentForm(submission.data, initial=usual)
    told = _list_pending_warnings(
        submission,
        form,
        lambda: list_booking_warnings(
            family, row.site_id, build_moved_visit(row, form), list_form_start_times(form), besides=row.pk
        ),
    )
    done = (
        None
        if told
        else submission.save_once(
            form, make=lambda: move_from_form(form, row, request.user), path_of=get_visit_path
        )
    )
    if done:
        messages.success(request, "The visit is moved.")
        return redirect(done)
    return _render_diary_page(
        request,
        "move_appointment",
        family,
        submission,
        form=form,
        told=told,
        warned=WarnedForm.of(told),
        appointment=row,
    )


def move_from_form(form: MoveAppointmentForm, row: Appointment, by: User) -> Appointment:
    """Move the booking to the form's time."""
    return actions.move_appointment(
        appointment=row, starts_at=form.starts_at(), minutes=form.cleaned_data["minutes"], by=by
    )


def build_moved_visit(row: Appointment, form: MoveAppointmentForm) -> actions.Visit:
    """The visit as it would be after moving, to work out the warnings."""
    minutes = form.cleaned_data["minutes"] if form.is_bound and form.is_valid() else row.minutes
    return actions.copy_visit(row, minutes=minutes)


@policy.permission("write_records")
def cancel_appointment_page(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Cancel the visit: who cancels and why. Nothing is sent to the family."""
    row, family = _get_writable_visit(request, appointment_id)
    submission = FormSubmission(request, kind="cancel-appointment")
    form = CancelAppointmentForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.cancel_appointment(appointment=row, by=request.user, **form.cleaned_data),
        path_of=get_visit_path,
    )
    if done:
        messages.success(request, "The visit is cancelled. It can be taken up again from its page.")
        return redirect(done)
    later = _count_later_in_series(request, row)
    return _render_diary_page(
        request, "cancel_appointment", family, submission, form=form, appointment=row, later=later
    )


@policy.permission("write_records")
def restore_appointment_page(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Undo a cancellation."""
    row, family = _get_writable_visit(request, appointment_id)
    submission = FormSubmission(request, kind="restore-appointment")
    form = ConfirmForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.restore_appointment(appointment=row, by=request.user),
        path_of=get_visit_path,
    )
    if done:
        messages.success(request, "The visit stands again.")
        return redirect(done)
    return _render_diary_page(request, "restore_appointment", family, submission, form=form, appointment=row)


@policy.permission("write_records")
def write_up_visit_page(request: ScopedRequest, appointment_id: UUID) -> HttpResponse:
    """Write the visit up in the contact form, filled in from the booking."""
    row = get_visible_or_404(request, Appointment.objects.with_all(), may="write_records", pk=appointment_id)
    if row.is_written_up:
        return redirect("care-contact", row.care_contact_id)
    if row.work is None:
        messages.info(request, "Open the episode first; then this visit can be written up.")
        return redirect("open-episode", row.referral_id)
    episode = get_visible_or_404(
        request, Episode.objects.select_related("family"), may="write_records", pk=row.work.pk
    )
    return render_contact_form(
        request,
        episode,
        usual=build_contact_initial(row),
        expected=build_attendance_initial(row),
        then=_make_outcome_recorder(request, row),
    )


def _make_outcome_recorder(request: ScopedRequest, row: Any) -> Callable[..., Any]:
    return lambda contact: actions.record_appointment_outcome(
        appointment=row, contact=contact, by=request.user
    )


def build_contact_initial(row: Any) -> dict[str, Any]:
    """Initial values of the contact form, from the booking."""
    start = timezone.localtime(row.starts_at)
    minutes = 0 if row.is_cancelled else row.minutes
    known = {"held_on": start.date(), "held_at": start.time(), "minutes": minutes}
    return known | {"mechanism": row.mechanism, "location": row.location}


def build_attendance_initial(row: Any) -> dict[UUID, str]:
    """{person id: attendance} of the expected people: attended, unless the visit was cancelled."""
    attendance = row.status if row.is_cancelled else Attendance.ATTENDED
    return {each.infant_id or each.caregiver_id: attendance for each in row.expected.all()}


def _render_diary_page(
    request: ScopedRequest, template: str, family: Family, submission: FormSubmission | None, **context: Any
) -> HttpResponse:
    """Render a page with the family's banner, its open alerts and the form's submission token."""
    alerts = list_visible(request, RiskAlert.objects.open().filter(family=family))
    shared = {
        "family": family,
        "name": get_family_name(family),
        "banner": build_banner(family, alerts=alerts),
        "typed": submission,
        "submission_token": submission.token if submission else None,
    }
    return render(request, f"diary/{template}.html", shared | context)
