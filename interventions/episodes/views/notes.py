"""Pages of a note: show, edit until signed, amend."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.forms import (
    AmendmentForm,
    NotesForm,
)
from interventions.episodes.models import CareContact, NotePart, StarredContact, should_show_prompts
from interventions.episodes.views.contacts import handle_prompts_button
from interventions.episodes.views.record_pages import (
    get_contact_path,
    list_parts_with_amendments,
    render_episode_record_page,
)
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.access import get_family
from pairs.service.models import User
from pairs.submissions.form_submission import FormSubmission
from pairs.village.sharing_panel import build_sharing_panel


@policy.permission("read_families", "govern_records", POST="write_records")
def show_care_contact(request: ScopedRequest, contact_id: UUID) -> HttpResponse:
    """Show a contact with its note and amendments; until it is signed, its author edits the note here."""
    may = "write_records" if request.method == "POST" else None
    whole = CareContact.objects.with_all().select_related("refiled_from__entered_in_error_by")
    contact = get_visible_or_404(request, whole, may=may, pk=contact_id)
    family = get_family(request, contact.episode.family_id)
    submission = FormSubmission(request, kind="care-contact")
    form = NotesForm(submission.data, initial={note.part: note.text for note in contact.notes.all()})
    asked = handle_prompts_button(request, submission, form)
    done = not asked and submission.save_once(
        form, make=lambda: save_unsigned_note(contact, form, request.user), path_of=get_contact_path
    )
    if done:
        messages.success(request, "The note is saved.")
        return redirect(done)
    context = {
        "contact": contact,
        "notes": list_parts_with_amendments(contact),
        "form": form,
        "may_write": request.scope.may("write_records", at=contact.site_id, of=contact.episode.family_id),
        "mine": contact.practitioner_id == request.user.pk,
        "starred": _is_starred(contact, request),
        "steps": contact.countersign_steps.select_related("by") if contact.countersigning else [],
        "may_countersign": _may_countersign(contact, request),
        "refiled": _get_refiling_facts(contact),
        "prompts": should_show_prompts(request.user),
        "sharing": None if contact.signed_at else build_sharing_panel(request, family, timezone.localdate()),
    }
    return render_episode_record_page(request, "care_contact", family, submission, **context)


def _may_countersign(contact: Any, request: ScopedRequest) -> bool:
    waits = contact.countersigning == CountersigningState.WAITING and request.scope.may(
        "write_records", at=contact.site_id
    )
    return waits and not actions.find_user_countersigning_error(contact, request.user)


def _get_refiling_facts(contact: Any) -> dict[str, Any] | None:
    """When and by whom it was refiled here; never from where, which may be another family's record."""
    old = contact.refiled_from
    return {"at": old.entered_in_error_at, "by": old.entered_in_error_by} if old else None


def _is_starred(contact: Any, request: ScopedRequest) -> bool:
    mine = StarredContact.objects.visible_to(request.scope).active().filter(starred_by=request.user)
    return mine.filter(care_contact=contact).exists()


def save_unsigned_note(contact: Any, form: NotesForm, by: User) -> CareContact:
    """Save the unsigned note, and sign it if the form says so; used by the page and the API."""
    written = actions.rewrite_notes(contact=contact, notes=form.notes(), by=by)
    return actions.sign_contact(contact=written, by=by) if form.cleaned_data["sign"] else written


@policy.permission("write_records")
def amend_note_page(request: ScopedRequest, note_id: UUID) -> HttpResponse:
    """Amend a signed part of a note, with the reason."""
    note = get_visible_or_404(
        request, NotePart.objects.select_related("care_contact__episode"), may="write_records", pk=note_id
    )
    family = get_family(request, note.care_contact.episode.family_id)
    submission = FormSubmission(request, kind="amend-note")
    form = AmendmentForm(submission.data, initial={"text": note.text})
    done = submission.save_once(
        form,
        make=lambda: actions.amend_note(part=note, by=request.user, **form.cleaned_data),
        path_of=lambda made: get_contact_path(made.care_contact),
    )
    if done:
        messages.success(request, "The note is amended. Both texts are kept.")
        return redirect(done)
    sharing = build_sharing_panel(request, family, timezone.localdate())
    return render_episode_record_page(
        request, "amend_note", family, submission, form=form, note=note, sharing=sharing
    )
