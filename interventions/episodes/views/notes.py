"""Pages of a note: read, gone on with until it is signed, amended."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.forms import (
    Amendment,
    Notes,
)
from interventions.episodes.models import CareContact, NotePart, Star, wants_prompts
from interventions.episodes.views.contacts import asked_about_prompts
from interventions.episodes.views.shown import page, to_contact, with_amendments
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from pairs.village.panel import sharing_panel


@policy.permission("read_families", "govern_records", POST="write_records")
def care_contact(request, contact_id):
    """One contact with its note and amendments; until it is signed, its author goes on writing here."""
    may = "write_records" if request.method == "POST" else None
    whole = CareContact.objects.with_all().select_related("refiled_from__entered_in_error_by")
    contact = fetch(request, whole, may=may, pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    typed = Typed(request, kind="care-contact")
    form = Notes(typed.data, initial={note.part: note.text for note in contact.notes.all()})
    asked = asked_about_prompts(request, typed, form)
    done = not asked and typed.submitted(
        form, make=lambda: go_on_writing(contact, form, request.user), path_of=to_contact
    )
    if done:
        messages.success(request, "The note is saved.")
        return redirect(done)
    context = {
        "contact": contact,
        "notes": with_amendments(contact),
        "form": form,
        "may_write": request.scope.may("write_records", at=contact.site_id, of=contact.episode.family_id),
        "mine": contact.practitioner_id == request.user.pk,
        "starred": _starred(contact, request),
        "steps": contact.countersign_steps.select_related("by") if contact.countersigning else [],
        "may_countersign": _may_countersign(contact, request),
        "refiled": _refiled(contact),
        "prompts": wants_prompts(request.user),
        "sharing": None if contact.signed_at else sharing_panel(request, family, timezone.localdate()),
    }
    return page(request, "care_contact", family, typed, **context)


def _may_countersign(contact, request):
    waits = contact.countersigning == "waiting" and request.scope.may("write_records", at=contact.site_id)
    return waits and not actions.why_not_countersigned_by(contact, request.user)


def _refiled(contact):
    """When and by whom it was put here, and never where it came from: that is another family's, or nobody's."""
    old = contact.refiled_from
    return {"at": old.entered_in_error_at, "by": old.entered_in_error_by} if old else None


def _starred(contact, request):
    mine = Star.objects.visible_to(request.scope).shining().filter(starred_by=request.user)
    return mine.filter(care_contact=contact).exists()


def go_on_writing(contact, form, by):
    """The unsigned note as the form has it, signed if it says so; the page and the API both do it here."""
    written = actions.rewrite_notes(contact=contact, notes=form.notes(), by=by)
    return actions.sign_contact(contact=written, by=by) if form.cleaned_data["sign"] else written


@policy.permission("write_records")
def amend_note(request, note_id):
    """New words beside the signed ones, with the reason."""
    note = fetch(
        request, NotePart.objects.select_related("care_contact__episode"), may="write_records", pk=note_id
    )
    family = family_of(request, note.care_contact.episode.family_id)
    typed = Typed(request, kind="amend-note")
    form = Amendment(typed.data, initial={"text": note.text})
    done = typed.submitted(
        form,
        make=lambda: actions.amend_note(part=note, by=request.user, **form.cleaned_data),
        path_of=lambda made: to_contact(made.care_contact),
    )
    if done:
        messages.success(request, "The note is amended. Both texts are kept.")
        return redirect(done)
    sharing = sharing_panel(request, family, timezone.localdate())
    return page(request, "amend_note", family, typed, form=form, note=note, sharing=sharing)
