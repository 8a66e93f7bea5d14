"""Pages for a note's readers: countersigning, stars for supervision, plain-text copy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from interventions.episodes import actions
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.forms import StarringForm
from interventions.episodes.models import CareContact, query_notes_to_countersign
from interventions.episodes.plain_text_export import format_note_as_text
from interventions.episodes.record_forms.notes import CountersignNote
from interventions.episodes.views.record_pages import (
    get_contact_path,
    list_parts_with_amendments,
    render_record_page,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.banner import get_family_name
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day


@policy.permission("write_records")
def list_to_countersign(request: ScopedRequest) -> HttpResponse:
    """List trainees' notes for the user to countersign: of episodes they lead, or at sites they supervise."""
    waiting = query_notes_to_countersign(request.user.pk, request.scope.sites("supervise"))
    found = get_visible_page(request, waiting.with_people())
    return render(request, "episodes/to_countersign.html", {"page": found})


@policy.permission("write_records")
class CountersignPage(CountersignNote, FamilyFormPage):
    """Read a trainee's note; countersign it or ask for an amendment."""

    template_name = "episodes/countersigning.html"
    back = PageOf("to-countersign", text="Notes to countersign")
    leads_to = PageOf("care-contact", "made.care_contact")

    def get_title(self) -> str:
        return f"Countersign the note of {format_day(self.record.starts_at)}"

    def get_message(self) -> str:
        if self.request.POST["outcome"] == CountersigningState.DONE:
            return "Note countersigned."
        return "Amendment requested. The author has been told."

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "contact": self.record,
            "notes": list_parts_with_amendments(self.record),
            "steps": self.record.countersign_steps.select_related("by"),
            "why_not": actions.find_user_countersigning_error(self.record, self.request.user),
        }


@policy.permission("write_records")
def star_contact_page(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Star a contact for supervision or remove the star, from the button on its page."""
    contact = get_visible_or_404(request, CareContact.objects.all(), may="write_records", pk=contact_id)
    if request.method == "POST":
        form = StarringForm(request.POST)
        if form.is_valid() and form.cleaned_data["star"]:
            actions.star_contact(contact=contact, by=request.user)
            messages.success(request, "Contact starred for supervision.")
        elif form.is_valid():
            actions.remove_star(contact=contact, by=request.user)
            messages.success(request, "Star removed.")
    return redirect(get_contact_path(contact))


@policy.permission("read_families", "govern_records")
def show_contact_as_text(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Show a signed note as plain text for copying; logged as opened."""
    signed = CareContact.objects.filter(signed_at__isnull=False)
    contact = get_visible_or_404(request, signed.with_all(), pk=contact_id)
    family = get_family(request, contact.episode.family_id)
    text = format_note_as_text(
        contact, name=get_family_name(family), notes=list_parts_with_amendments(contact)
    )
    context = {"contact": contact, "text": text, "lines": min(40, text.count("\n") + 2)}
    return render_record_page(request, "episodes/contact_as_text.html", family, **context)
