"""Pages of subject access: a request taken in, its clock, its checks and its end."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.family_line import HIDDEN_RECORD
from pairs.families.family_lines import load_visible_family_lines
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import build_family_banner
from pairs.subject_access import record_forms
from pairs.subject_access.actions import CLOSED
from pairs.subject_access.facts import list_facts
from pairs.subject_access.models import SubjectAccessRequest
from pairs.subject_access.record_forms import GOVERNANCE, MAY_TAKE_IN
from pairs.subject_access.request_page import build_request_context, describe_clock
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day


@policy.permission(*MAY_TAKE_IN)
class RecordRequestPage(record_forms.RecordRequest, FamilyFormPage):
    """Record that someone asks for a copy of what is held."""

    title = "Record a subject access request"
    text = (
        "Someone asks for a copy of what we hold about them, or about a baby. They can ask in any way, and need not "
        "say why. Information governance answers it within one calendar month.",
    )
    button = "Record the request"
    message = "Request recorded. Information governance has been told."
    autosaves = True
    field_names = {"asked_by": "name"}

    def get_success_path(self, made: SubjectAccessRequest) -> str:
        """Whoever takes a request in need not be who answers it."""
        governs = self.request.scope.may(GOVERNANCE, at=self.record.site_id)
        if governs:
            return reverse("subject-access-request", args=[made.pk])
        return reverse("family", args=[self.record.pk])


@policy.permission(GOVERNANCE)
def list_requests(request: ScopedRequest) -> HttpResponse:
    """Open requests, the oldest first; or those that are closed."""
    shows_closed = request.GET.get("show") == "closed"
    shown = SubjectAccessRequest.objects.closed() if shows_closed else SubjectAccessRequest.objects.open()
    page = get_visible_page(request, shown.with_names())
    lines = load_visible_family_lines(request.scope, {row.family_id for row in page}, timezone.localdate())
    context = {
        "page": page,
        "rows": [_build_row(row, lines) for row in page],
        "shows_closed": shows_closed,
    }
    return render(request, "subject_access/list.html", context)


def _build_row(row: SubjectAccessRequest, lines: dict[UUID, Any]) -> list[Any]:
    line = lines.get(row.family_id)
    return [
        {"text": str(row.person), "href": reverse("subject-access-request", args=[row.pk])},
        line.name if line else HIDDEN_RECORD,
        str(row.family.site),
        row.asked_by,
        format_day(row.received_on),
        describe_clock(row, timezone.localdate()) if row.is_open else row.get_status_display(),
    ]


@policy.permission(GOVERNANCE)
def show_request(request: ScopedRequest, subject_access_id: UUID) -> HttpResponse:
    """One request: what is done and what is next."""
    found = get_visible_or_404(request, SubjectAccessRequest.objects.with_names(), pk=subject_access_id)
    family = get_family(request, found.family_id)
    context = {"family": family, "banner": build_family_banner(request, family)}
    return render(
        request,
        "subject_access/request.html",
        context | build_request_context(found, timezone.localdate()),
    )


@policy.permission(GOVERNANCE, background=True)
def show_gathering(request: ScopedRequest, subject_access_id: UUID) -> HttpResponse:
    """Only how far the gathering is: asked every two seconds by the request's page."""
    found = get_visible_or_404(request, SubjectAccessRequest.objects.with_names(), pk=subject_access_id)
    if found.job is None:
        raise Http404
    family = get_family(request, found.family_id)
    context = {"request_record": found, "banner": build_family_banner(request, family)}
    return render(request, "subject_access/gathering.html", context)


class OfRequestPage(FamilyFormPage):
    """A form about one request, reached from its page."""

    back = PageOf("subject-access-request", "record", "The request")

    def get_obstacle(self) -> str:
        return "" if self.get_access_request().is_open else CLOSED

    def get_access_request(self) -> SubjectAccessRequest:
        """The request that the record is, or is of."""
        return getattr(self.record, "access_request", self.record)


class OfRequestRowPage(OfRequestPage):
    """One about a row of a request."""

    back = PageOf("subject-access-request", "record.access_request_id", "The request")


@policy.permission(GOVERNANCE)
class IdentityPage(record_forms.RecordIdentity, OfRequestPage):
    """Record how identity was checked."""

    title = "Identity of the person who asks"
    text = ("Ask for no more than you need: someone the team knows well has shown who they are.",)
    button = "Save"
    message = "Identity recorded."


@policy.permission(GOVERNANCE)
class ExtendRequestPage(record_forms.ExtendRequest, OfRequestPage):
    """Extend a request by two months."""

    title = "Extend this request"
    text = (
        "One month can be extended by two where a request is complex, or the person has made many. Tell the person, "
        "with your reason, within the first month.",
    )
    button = "Extend by two months"
    message = "Request extended."

    def get_obstacle(self) -> str:
        done = "This request has already been extended." if self.record.extended_by_id else ""
        return super().get_obstacle() or done


@policy.permission(GOVERNANCE)
class CloseRequestPage(record_forms.CloseRequest, OfRequestPage):
    """End a request without a copy."""

    title = "End this request without a copy"
    consequences = ("The request is closed, and cannot be reopened. Record a new one if they ask again.",)
    button = "End the request"
    danger = True
    message = "Request closed."


@policy.permission(GOVERNANCE)
class AnswerCheckPage(record_forms.AnswerCheck, OfRequestRowPage):
    """Answer one check."""

    template_name = "subject_access/check.html"
    button = "Save the answer"
    message = "Check answered."

    def get_title(self) -> str:
        return f"Check: {self.record}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"facts": list_facts(self.record)}
