"""Pages for a note's readers: countersigning, stars for supervision, plain-text copy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from interventions.episodes import actions
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.forms import CountersigningForm, StarringForm
from interventions.episodes.models import CareContact, CountersignStep, query_notes_to_countersign
from interventions.episodes.plain_text_export import format_note_as_text
from interventions.episodes.views.record_pages import (
    get_contact_path,
    list_parts_with_amendments,
    render_episode_record_page,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.banner import get_family_name
from pairs.service.models import User
from pairs.submissions.form_submission import FormSubmission


@policy.permission("write_records")
def list_to_countersign(request: ScopedRequest) -> HttpResponse:
    """List trainees' notes for the user to countersign: of episodes they lead, or at sites they supervise."""
    waiting = query_notes_to_countersign(request.user.pk, request.scope.sites("supervise"))
    found = get_visible_page(request, waiting.with_people())
    return render(request, "episodes/to_countersign.html", {"page": found})


@policy.permission("write_records")
def countersign_page(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Read a trainee's note; countersign it or ask for an amendment."""
    contact = get_visible_or_404(request, CareContact.objects.with_all(), may="write_records", pk=contact_id)
    family = get_family(request, contact.episode.family_id)
    submission = FormSubmission(request, kind="countersigning")
    form = CountersigningForm(submission.data)
    done = submission.save_once(
        form, make=lambda: countersign_from_form(contact, form, request.user), path_of=_get_step_contact_path
    )
    if done:
        messages.success(request, _get_success_message(form.cleaned_data["outcome"]))
        return redirect(done)
    context = {
        "contact": contact,
        "notes": list_parts_with_amendments(contact),
        "form": form,
        "steps": contact.countersign_steps.select_related("by"),
        "why_not": actions.find_user_countersigning_error(contact, request.user),
    }
    return render_episode_record_page(request, "countersigning", family, submission, **context)


def countersign_from_form(contact: Any, form: CountersigningForm, by: User) -> CountersignStep:
    """Countersign or return the note, as the form says; used by the page and the API."""
    if form.cleaned_data["outcome"] == CountersigningState.DONE:
        return actions.countersign(contact=contact, by=by)
    return actions.ask_for_amendment(contact=contact, reason=form.cleaned_data["reason"], by=by)


def _get_step_contact_path(step: CountersignStep) -> str:
    return get_contact_path(step.care_contact)


def _get_success_message(outcome: str) -> str:
    if outcome == CountersigningState.DONE:
        return "The note is countersigned."
    return "Its author is asked to amend it."


@policy.permission("write_records")
def star_contact_page(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Star a contact for supervision or remove the star, from the button on its page."""
    contact = get_visible_or_404(request, CareContact.objects.all(), may="write_records", pk=contact_id)
    if request.method == "POST":
        form = StarringForm(request.POST)
        if form.is_valid() and form.cleaned_data["star"]:
            actions.star_contact(contact=contact, by=request.user)
            messages.success(request, "It is starred for supervision.")
        elif form.is_valid():
            actions.remove_star(contact=contact, by=request.user)
            messages.success(request, "The star is off.")
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
    return render_episode_record_page(
        request, "contact_as_text", family, FormSubmission(request, kind="contact-as-text"), **context
    )
