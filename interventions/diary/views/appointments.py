"""Pages of one visit: book, show, change, move, cancel, restore, write up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from interventions.diary import actions, record_forms
from interventions.diary.models import Appointment
from interventions.diary.presenters import build_visit_row, get_stop_reason
from interventions.episodes.models import Episode
from interventions.episodes.rules import Attendance
from interventions.episodes.views.contacts import render_contact_form
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import get_family_name, get_family_path
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import Link
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.jinja_environment import format_day_and_time


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
        "name": get_family_name(family),
        "appointment": row,
        "visit": build_visit_row(row, family, may_write=may),
        "stopped": get_stop_reason(row),
        "may_write": may,
        "earlier": getattr(row, "moved_from", None),
        "later_of_series": _count_later_in_series(request, row),
    }
    return render_record_page(request, "diary/appointment.html", family, **context)


def _count_later_in_series(request: ScopedRequest, row: Any) -> int:
    """How many later visits of the weekly series still stand."""
    if row.series is None:
        return 0
    later = Appointment.objects.going_on().filter(series=row.series, starts_at__gt=row.starts_at)
    return len(list_visible(request, later))


class VisitFormPage(FamilyFormPage):
    """A form about a visit, from its page; it leads to the page of the visit that it leaves."""

    def get_back_link(self) -> Link:
        return Link(get_visit_path(self.record), "The visit")

    def get_success_path(self, made: Appointment) -> str:
        return get_visit_path(made)


class WarnedVisitPage(WarnedFormPage, VisitFormPage):
    """One that is warned of clashes, and of people to be kept apart."""

    warning_text = "If it is right all the same, save once more. If not, choose another time, room or person."


class BookVisitPage(WarnedVisitPage):
    """Books a visit; the form is filled in as far as possible."""

    kind = "new-appointment"
    title = "Book a visit"
    text = ("Filled in as usual, or as last time. Nothing is sent to the family: tell them yourself.",)
    button, button_again = "Book the visit", "Book it all the same"
    message = "The visit is booked."
    autosaves = True

    def get_back_link(self) -> Link:
        return Link(get_family_path(self.family), "Family page")


@policy.permission("write_records")
class BookEpisodeVisitPage(record_forms.BookEpisodeVisit, BookVisitPage):
    """Book a visit of an episode."""


@policy.permission("write_records")
class BookFirstVisitPage(record_forms.BookFirstVisit, BookVisitPage):
    """Book a first visit, before the episode is opened."""


@policy.permission("write_records")
class ChangeVisitPage(record_forms.ChangeVisit, WarnedVisitPage):
    """Change the visit's details. After a loss it can be kept for the parents, without the infant."""

    kind = "change-appointment"
    title = "Change the visit"
    button, button_again = "Save the visit", "Save it all the same"
    message = "The visit is changed."

    def get_text(self) -> list[str]:
        return [f"{format_day_and_time(self.record.starts_at)}. To change the time, move the visit."]

    def get_links(self) -> list[Link]:
        return [Link(reverse("move-appointment", args=[self.record.pk]), "Move the visit to another time")]


@policy.permission("write_records")
class MoveVisitPage(record_forms.MoveVisit, WarnedVisitPage):
    """Move the visit to another time; the old booking points to the new one."""

    kind = "move-appointment"
    title = "Move the visit to another time"
    button, button_again = "Move the visit", "Move it all the same"
    message = "The visit is moved."

    def get_text(self) -> list[str]:
        when = format_day_and_time(self.record.starts_at)
        return [
            f"It is booked for {when}. Everything else about it stays. "
            "Nothing is sent to the family: tell them yourself."
        ]


@policy.permission("write_records")
class CancelVisitPage(record_forms.CancelVisit, VisitFormPage):
    """Cancel the visit: who cancels and why. Nothing is sent to the family."""

    kind = "cancel-appointment"
    consequences = (
        "It leaves the diary and the calendar of whoever goes.",
        "Nothing is sent to the family: tell them yourself.",
        "It can be taken up again from its page.",
    )
    button = "Cancel the visit"
    danger = True
    message = "The visit is cancelled. It can be taken up again from its page."

    def get_title(self) -> str:
        return f"Cancel the visit of {format_day_and_time(self.record.starts_at)}?"

    def build_form(self, data: Any) -> Any:
        form = super().build_form(data)
        if not _count_later_in_series(self.request, self.record):
            del form.fields["following"]
        return form


@policy.permission("write_records")
class RestoreVisitPage(record_forms.RestoreVisit, VisitFormPage):
    """Undo a cancellation."""

    kind = "restore-appointment"
    consequences = ("It stands in the diary again as it was.",)
    button = "Take it up again"
    message = "The visit stands again."

    def get_title(self) -> str:
        return f"Take up the visit of {format_day_and_time(self.record.starts_at)} again?"


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
