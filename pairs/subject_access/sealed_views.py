"""Pages of the one road to a sealed birth identity, for information governance alone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.subject_access import sealed, sealed_forms
from pairs.subject_access.models import SealedReading
from pairs.subject_access.record_forms import GOVERNANCE
from pairs.submissions.form_page import FormPage, PageOf
from pairs.web.formats import format_day


@policy.permission(GOVERNANCE)
def list_sealed_readings(request: ScopedRequest) -> HttpResponse:
    """Readings that were asked for, the newest first: by references, without a name."""
    rows = SealedReading.objects.with_names().newest_first()
    page = get_visible_page(request, rows, within="including_sealed")
    context = {"page": page, "rows": [_build_row(row) for row in page]}
    return render(request, "subject_access/sealed_readings.html", context)


def _build_row(row: SealedReading) -> list[Any]:
    return [
        {"text": row.adoption.birth_infant.reference, "href": reverse("sealed-reading", args=[row.pk])},
        row.get_ground_display(),
        f"{row.asked_by}, {format_day(row.created_at)}",
        describe_decision(row),
    ]


def describe_decision(row: SealedReading) -> str:
    """What the second person said."""
    if row.decided_at is None:
        return "To decide"
    return f"Approved until {format_day(row.until)}" if row.approved else "Declined"


@policy.permission(GOVERNANCE)
class AskForSealedReadingPage(sealed_forms.AskForSealedReading, FormPage):
    """Ask to read a sealed birth identity."""

    title = "Ask to read a sealed birth record"
    text = (
        "A sealed birth record is read by a court order, or at the request of the adopted person once they are 18. A "
        "colleague in information governance decides, and sets the last day to read it.",
    )
    button = "Ask a colleague to decide"
    message = "Request recorded. A colleague has to decide."
    back = PageOf("adoptions", text="Adoptions")
    leads_to = PageOf("sealed-reading", "made")


@policy.permission(GOVERNANCE)
class SealedReadingPage(sealed_forms.DecideSealedReading, FormPage):
    """One reading that was asked for: by what right, and the decision of a second person."""

    template_name = "subject_access/sealed_reading.html"
    title = "Sealed birth record"
    button = "Save the decision"
    message = "Decision saved."
    back = PageOf("sealed-readings", text="Sealed birth records")

    def get_success_path(self, made: SealedReading) -> str:
        return self.request.path

    def get_obstacle(self) -> str:
        own = self.record.asked_by_id == self.request.user.pk and not self.record.decided_at
        return "You asked for this yourself. A colleague has to decide." if own else ""

    def get_context(self, form: Any) -> dict[str, Any]:
        why_not = sealed.find_reading_obstacle(self.record, self.request.user)
        return {"reading": self.record, "decision": describe_decision(self.record), "why_not": why_not}


@policy.permission(GOVERNANCE)
def read_sealed_record(request: ScopedRequest, sealed_reading_id: UUID) -> HttpResponse:
    """What was sealed, while the approval lasts, for the two people alone; each opening is in the access log."""
    rows = SealedReading.objects.with_names()
    found = get_visible_or_404(request, rows, within="including_sealed", pk=sealed_reading_id)
    why_not = sealed.find_reading_obstacle(found, request.user)
    request.access_log.reason = f"Sealed birth record: {found.get_ground_display()}"
    entries = [] if why_not else list(sealed.list_sealed_entries(found.adoption))
    context = {"reading": found, "why_not": why_not, "entries": entries}
    return render(request, "subject_access/sealed_record.html", context)
