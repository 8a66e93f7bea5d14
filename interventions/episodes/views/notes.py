"""Pages of a note: read, gone on with until it is signed, amended."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.forms import (
    Amendment,
    Notes,
)
from interventions.episodes.models import CareContact, NotePart
from interventions.episodes.views.shown import page, to_contact
from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from pairs.village.panel import sharing_panel


@policy.permission("read_families", "govern_records", POST="write_records")
def care_contact(request, contact_id):
    """One contact with its note and amendments; until it is signed, its author goes on writing here."""
    may = "write_records" if request.method == "POST" else None
    contact = fetch(request, CareContact.objects.with_all(), may=may, pk=contact_id)
    family = family_of(request, contact.episode.family_id)
    typed = Typed(request, kind="care-contact")
    form = Notes(typed.data, initial={note.part: note.text for note in contact.notes.all()})
    done = typed.submitted(form, make=lambda: _go_on_writing(contact, form, request.user), path_of=to_contact)
    if done:
        messages.success(request, "The note is saved.")
        return redirect(done)
    context = {
        "contact": contact,
        "notes": _with_amendments(contact),
        "form": form,
        "may_write": request.scope.may("write_records", at=contact.site_id, of=contact.episode.family_id),
        "mine": contact.practitioner_id == request.user.pk,
        "sharing": None if contact.signed_at else sharing_panel(request, family, timezone.localdate()),
    }
    return page(request, "care_contact", family, typed, **context)


def _go_on_writing(contact, form, by):
    written = actions.rewrite_notes(contact=contact, notes=form.notes(), by=by)
    return actions.sign_contact(contact=written, by=by) if form.cleaned_data["sign"] else written


def _with_amendments(contact):
    """The newest text of each part, each with the older ones behind it."""
    notes = [note for note in contact.notes.all() if note.text]
    older = {note.pk: note for note in notes}
    amended = {note.amends_id for note in notes if note.amends_id}
    return [(note, _before(note, older)) for note in notes if note.pk not in amended]


def _before(note, older):
    chain = []
    while note.amends_id and note.amends_id in older:
        note = older[note.amends_id]
        chain.append(note)
    return chain


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
