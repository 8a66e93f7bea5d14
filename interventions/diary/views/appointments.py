"""Pages of one visit: book, show, change, move, cancel, restore, write up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from interventions.diary import actions, record_forms
from interventions.diary.models import Appointment, get_next_visit
from interventions.diary.presenters import build_visit_row, get_stop_reason
from interventions.episodes.after_opening import build_opening_path
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.rules import Attendance
from interventions.episodes.views.contacts import FamilyContactPage
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.banner import get_family_name
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import Link, PageOf
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.formats import format_day_and_time
from referrals.meeting_wishes import get_referrer_name


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

    back = PageOf("appointment", "record", "The visit")
    leads_to = PageOf("appointment", "made")


class WarnedVisitPage(WarnedFormPage, VisitFormPage):
    """One that is warned of clashes, and of people to be kept apart."""

    warning_text = "To keep this booking, save again. Otherwise choose another time, room or person."


class BookVisitPage(WarnedVisitPage):
    """Books a visit; the form is filled in as far as possible."""

    kind = "new-appointment"
    title = "Book a visit"
    text = ("Filled in as usual, or as last time. PaIRS does not tell the family: tell them yourself.",)
    button, button_again = "Book the visit", "Book anyway"
    message = "Visit booked."
    autosaves = True
    back = PageOf("family", "family", "Family page")


@policy.permission("write_records")
class BookEpisodeVisitPage(record_forms.BookEpisodeVisit, BookVisitPage):
    """Book a visit of an episode."""


@policy.permission("write_records")
class BookFirstVisitPage(record_forms.BookFirstVisit, BookVisitPage):
    """Book a first visit, before the episode is opened."""


@policy.permission("write_records")
class TellReferrerPage(record_forms.TellReferrer, FamilyFormPage):
    """Tells whoever referred when the first visit is that they come to."""

    title = "Tell the referrer when the first visit is"
    button = "Save"
    message = "Recorded: they have been told."
    back = PageOf("family", "family", "Family page")

    def get_text(self) -> list[str]:
        visit = get_next_visit(self.record)
        when = (
            f"It is booked for {format_day_and_time(visit.starts_at)}."
            if visit
            else "No visit is booked yet."
        )
        return [f"{get_referrer_name(self.record)} will join the first visit, as agreed. {when}"]

    def get_obstacle(self) -> str:
        return "" if get_next_visit(self.record) else "Book the first visit before you tell them the date."


@policy.permission("write_records")
class ChangeVisitPage(record_forms.ChangeVisit, WarnedVisitPage):
    """Change the visit's details. After a loss it can be kept for the parents, without the infant."""

    title = "Change the visit"
    button, button_again = "Save the visit", "Save anyway"
    message = "Visit changed."

    def get_text(self) -> list[str]:
        return [f"{format_day_and_time(self.record.starts_at)}. To change the time, move the visit."]

    def get_links(self) -> list[Link]:
        return [Link(reverse("move-appointment", args=[self.record.pk]), "Move the visit to another time")]


@policy.permission("write_records")
class MoveVisitPage(record_forms.MoveVisit, WarnedVisitPage):
    """Move the visit to another time; the old booking points to the new one."""

    title = "Move the visit to another time"
    button, button_again = "Move the visit", "Move anyway"
    message = "Visit moved."

    def get_text(self) -> list[str]:
        when = format_day_and_time(self.record.starts_at)
        return [
            f"It is booked for {when}. Its other details are kept. PaIRS does not tell the family: tell "
            "them yourself."
        ]


@policy.permission("write_records")
class CancelVisitPage(record_forms.CancelVisit, VisitFormPage):
    """Cancel the visit: who cancels and why. Nothing is sent to the family."""

    consequences = (
        "It is removed from the diary and from the practitioners’ calendars.",
        "PaIRS does not tell the family: tell them yourself.",
        "You can rebook it from its page.",
    )
    button = "Cancel the visit"
    danger = True
    message = "Visit cancelled. You can rebook it from its page."

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

    consequences = ("It returns to the diary with its original details.",)
    button = "Rebook"
    message = "Visit rebooked."

    def get_title(self) -> str:
        return f"Rebook the visit of {format_day_and_time(self.record.starts_at)}?"


@policy.permission("write_records")
class WriteUpVisitPage(FamilyContactPage):
    """Write the visit up in the contact form, filled in from the booking."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visits = Appointment.objects.with_all()
        self.visit = get_visible_or_404(request, visits, may=self.may, pk=self.record_id)
        if self.visit.is_written_up:
            return redirect("care-contact", self.visit.care_contact_id)
        if self.visit.work is None:
            messages.info(request, "Open the episode before writing up this visit.")
            return redirect(build_opening_path(self.visit.referral_id, self.visit.pk))
        self.expected = build_attendance_initial(self.visit)
        return super().dispatch(request, *args, **kwargs)

    def get_record(self, may: Any) -> Episode:
        episodes = Episode.objects.select_related("family")
        return get_visible_or_404(self.request, episodes, may=may, pk=self.visit.work.pk)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | build_contact_initial(self.visit)

    def save(self, form: Any, **formsets: Any) -> CareContact:
        """Both in the form's one transaction: if the outcome is refused, no contact is made."""
        contact = super().save(form, **formsets)
        actions.record_appointment_outcome(appointment=self.visit, contact=contact, by=self.request.user)
        return contact


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
