"""Pages of training: programmes, sessions, people and who came, certificates, and how far it has reached."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.training import record_forms
from interventions.training.documents import CERTIFICATE, build_certificate
from interventions.training.models import (
    RUNNERS,
    TrainingAttendee,
    TrainingProgramme,
    TrainingSession,
    TrainingTopic,
)
from interventions.training.reach import load_reach
from interventions.training.reach_table import build_reach_rows, list_years
from pairs.access import policy
from pairs.access.records import live_q
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.submissions.warned_page import WarnedFormPage

READERS = (*RUNNERS, "read_reports")


@policy.permission(*READERS)
def list_training(request: ScopedRequest) -> HttpResponse:
    """Programmes of the user's sites, the newest session first."""
    standing = live_q("sessions__") & Q(sessions__cancelled_at=None)
    rows = TrainingProgramme.objects.select_related("site").annotate(
        newest=Max("sessions__starts_at", filter=standing),
        sessions_count=Count("sessions", filter=standing & Q(sessions__isnull=False), distinct=True),
        people=Count("attendees", filter=live_q("attendees__") & Q(attendees__isnull=False), distinct=True),
    )
    page = get_visible_page(request, rows.order_by("-newest", "name", "pk"))
    context = {
        "page": page,
        "may_run": request.scope.may(*RUNNERS),
        "may_keep_topics": request.scope.may("supervise"),
    }
    return render(request, "training/programmes.html", context)


@policy.permission(*READERS)
def show_programme(request: ScopedRequest, training_id: UUID) -> HttpResponse:
    """A programme: its sessions and, for those who run it, the people."""
    rows = TrainingProgramme.objects.select_related("site").prefetch_related("topics")
    programme = get_visible_or_404(request, rows, pk=training_id)
    sessions = TrainingSession.objects.filter(programme=programme).annotate(
        came=Count(
            "attendances", filter=live_q("attendances__") & Q(attendances__isnull=False), distinct=True
        )
    )
    people = TrainingAttendee.objects.filter(programme=programme).with_sessions()
    context = {
        "programme": programme,
        "sessions": list_visible(request, sessions.select_related("place", "trainer", "second_trainer")),
        "people": list_visible(request, people),
        "taken": programme.attendees.live().count(),
        "now": timezone.now(),
        "may_run": request.scope.may(*RUNNERS, at=programme.site_id),
    }
    return render(request, "training/programme.html", context)


@policy.permission(*RUNNERS)
def show_certificate(request: ScopedRequest, certificate_id: UUID) -> HttpResponse:
    """The certificate as it will be printed, and its PDF."""
    attendee, _ = CERTIFICATE.get_record(request, certificate_id)
    context = {
        "attendee": attendee,
        "paper": build_certificate(attendee),
        "may_make": request.scope.may(*RUNNERS, at=attendee.site_id),
    }
    return render(request, "training/certificate.html", context)


@policy.permission(*READERS)
def show_reach(request: ScopedRequest) -> HttpResponse:
    """People trained in a financial year, by district and group of the workforce, beside headcounts."""
    years = list_years(timezone.localdate())
    year = next((each for each in years if each.key == request.GET.get("year")), years[0])
    context = {
        "years": years,
        "year": year,
        "rows": build_reach_rows(load_reach(year.first, year.last)),
        "may_record": request.scope.may("supervise", "read_reports"),
    }
    return render(request, "training/reach.html", context)


class TrainingFormPage(FormPage):
    """A form about a programme or a record of one, from the programme's page and back to it."""

    back = PageOf("training-programme", "programme_id", "Programme")

    @property
    def programme_id(self) -> UUID:
        return self.record.pk if isinstance(self.record, TrainingProgramme) else self.record.programme_id


class WarnedSessionPage(WarnedFormPage, TrainingFormPage):
    """A session at a time for which a trainer may be booked already."""

    warning_title = "Booking clash"
    warning_text = "To keep this time, save again. Otherwise choose another time or trainer."
    field_names = {"starts_at": "starts", "ends_at": "ends"}


@policy.permission(*RUNNERS)
class PlanProgrammePage(record_forms.PlanProgramme, FormPage):
    """Plan a programme of training."""

    title = "Plan training"
    button = "Plan the training"
    message = "Training planned. Now add its sessions and people."
    back = PageOf("training", text="Training")
    leads_to = PageOf("training-programme", "made")


@policy.permission(*RUNNERS)
class ChangeProgrammePage(record_forms.ChangeProgramme, TrainingFormPage):
    """Change the name, topics or number of places."""

    title = "Change the programme"
    message = "Programme changed."


@policy.permission(*RUNNERS)
class AddTrainingSessionPage(record_forms.AddSession, WarnedSessionPage):
    """Add a session, past or to come."""

    title = "Add a session"
    button = "Add the session"
    message = "Session added."


@policy.permission(*RUNNERS)
class ChangeTrainingSessionPage(record_forms.ChangeSession, WarnedSessionPage):
    """Another time, place or trainer."""

    title = "Change the session"
    message = "Session changed. Tell the attendees."


@policy.permission(*RUNNERS)
class CancelTrainingSessionPage(record_forms.CancelSession, TrainingFormPage):
    """A session does not take place."""

    title = "Cancel this session?"
    text = ("PaIRS tells no one: inform the attendees yourself. This cannot be undone.",)
    button = "Cancel the session"
    danger = True
    message = "Session cancelled. Tell the attendees."


@policy.permission(*RUNNERS)
class TrainingRegisterPage(record_forms.RecordRegister, TrainingFormPage):
    """Who came to a session; may be corrected."""

    title = "Training register"
    button = "Save the register"
    message = "Register saved."

    def get_text(self) -> list[str]:
        when = timezone.localtime(self.record.starts_at)
        return [f"{self.record.programme}, {when:%-d %B %Y, %H:%M}."]

    def get_obstacle(self) -> str:
        if self.record.cancelled_at:
            return "This session was cancelled."
        return "This session is in the future." if self.record.starts_at > timezone.now() else ""


@policy.permission(*RUNNERS)
class AddAttendeePage(record_forms.AddAttendee, TrainingFormPage):
    """Give somebody a place."""

    title = "Add an attendee"
    button = "Add the attendee"
    message = "Attendee added."


@policy.permission(*RUNNERS)
class ChangeAttendeePage(record_forms.ChangeAttendee, TrainingFormPage):
    """Correct who they are, or record their confidence."""

    title = "Attendee"
    message = "Attendee saved."

    def get_links(self) -> list[Link]:
        return [Link(reverse("remove-training-attendee", args=[self.record.pk]), "Remove this attendee")]


@policy.permission(*RUNNERS)
class RemoveAttendeePage(record_forms.RemoveAttendee, TrainingFormPage):
    """Their place is free again."""

    title = "Remove this attendee?"
    button = "Remove the attendee"
    danger = True
    message = "Attendee removed."

    def get_text(self) -> list[str]:
        return [f"{self.record}, {self.record.programme}."]


@policy.permission(*RUNNERS)
class IssueCertificatesPage(record_forms.IssueCertificates, TrainingFormPage):
    """A certificate each for those who attended."""

    title = "Issue certificates"
    text = ("Each certificate names the sessions attended. Everyone chosen must have attended at least one.",)
    button = "Issue the certificates"
    message = "Certificates issued. Print each, or make its PDF."


@policy.permission("supervise")
class TrainingTopicsPage(record_forms.AddTopic, FormPage):
    """The topics on offer, and a form for one more."""

    template_name = "training/topics.html"
    title = "Topics of training"
    button = "Add the topic"
    message = "Topic added."
    back = PageOf("training", text="Training")
    leads_to = PageOf("training-topics")

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"topics": TrainingTopic.objects.offered()}


@policy.permission("supervise")
class RetireTopicPage(record_forms.RetireTopic, FormPage):
    """A topic is offered no more."""

    title = "Retire a topic"
    text = ("A retired topic is no longer offered. Programmes that have it keep it.",)
    button = "Retire the topic"
    message = "Topic retired."
    back = PageOf("training-topics", text="Topics of training")


@policy.permission("supervise", "read_reports")
class RecordHeadcountPage(record_forms.RecordHeadcount, FormPage):
    """How many people of a group work in a district."""

    title = "Record a workforce number"
    message = "Workforce number recorded."
    back = PageOf("training-reach", text="Reach of training")
