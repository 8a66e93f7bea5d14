"""Pages of a keepsake: begin, choose lines, preview, print, another version."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import (
    KeepsakeLineForm,
    KeepsakeTextForm,
    NewKeepsakeForm,
    SeenForm,
    build_line_formset,
    list_chosen_lines,
)
from interventions.endings.keepsake_excerpts import KeepsakeExcerpt, list_keepsake_excerpts
from interventions.endings.keepsake_file import build_keepsake_pdf_response
from interventions.endings.models import Keepsake
from interventions.endings.printed_keepsake import (
    build_printed_keepsake,
    compute_keepsake_digest,
)
from interventions.endings.record_forms import write_keepsake_from_forms
from interventions.endings.views.record_pages import get_keepsake_path, render_ending_page
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.models import Dyad
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission

KEEPSAKE_READERS = ("read_families", "govern_records")


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
def list_keepsakes(request: ScopedRequest, dyad_id: UUID) -> HttpResponse:
    """The dyad's keepsake versions; begin one."""
    dyad = get_visible_or_404(request, Dyad.objects.select_related("infant", "caregiver"), pk=dyad_id)
    family = get_family(request, dyad.family_id, may="write_records" if request.method == "POST" else None)
    submission = FormSubmission(request, kind="new-keepsake")
    form = NewKeepsakeForm(submission.data)
    done = submission.save_once(
        form,
        make=lambda: actions.begin_keepsake(dyad=dyad, by=request.user, **form.cleaned_data),
        path_of=get_keepsake_path,
    )
    if done:
        return redirect(done)
    found = list_visible(request, Keepsake.objects.filter(dyad=dyad).newest_first())
    context = {"dyad": dyad, "form": form, "keepsakes": found, "lost": bool(dyad.infant.lost_on)}
    context |= {"draft": next((each for each in found if each.ready_at is None), None)}
    context |= {"may_write": request.scope.may("write_records", at=family.site_id)}
    return render_ending_page(request, "keepsakes", family, submission, **context)


def _get_keepsake_and_family(request: ScopedRequest, keepsake_id: UUID) -> tuple[Any, ...]:
    """(keepsake, family) in scope; a POST needs write permission there."""
    may = "write_records" if request.method == "POST" else None
    found = get_visible_or_404(request, Keepsake.objects.whole(), pk=keepsake_id)
    return found, get_family(request, found.dyad.family_id, may=may)


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
def show_keepsake(request: ScopedRequest, keepsake_id: UUID) -> HttpResponse:
    """Edit a draft, or show a keepsake that is ready."""
    found, family = _get_keepsake_and_family(request, keepsake_id)
    may_write = request.scope.may("write_records", at=family.site_id)
    if found.ready_at or not may_write:
        context = {"keepsake": found, "paper": build_printed_keepsake(found), "may_write": may_write}
        return render_ending_page(request, "keepsake", family, **context)
    submission, lines = FormSubmission(request, kind="keepsake"), list_keepsake_excerpts(found.dyad)
    initial = {name: getattr(found, name) for name in ("title", "opening", "closing")}
    form, rows = (
        KeepsakeTextForm(submission.data, initial=initial),
        build_line_formset(submission.data, lines, found),
    )
    done = submission.save_once(
        form,
        rows,
        make=lambda: write_keepsake_from_forms(found, form, rows, request.user),
        path_of=lambda made: reverse("keepsake-preview", args=[made.pk]),
        names=_map_chosen_rows(rows) if submission.posted else None,
    )
    if done:
        messages.success(request, "The draft is saved. This is how it would look.")
        return redirect(done)
    return render_ending_page(
        request,
        "keepsake_draft",
        family,
        submission,
        keepsake=found,
        form=form,
        rows=rows,
        lines=_match_excerpts_to_rows(rows, lines),
    )


def _map_chosen_rows(rows: BaseFormSet) -> dict[str, str]:
    """{error key: field of its row}: the action numbers the chosen lines, the formset numbers all lines."""
    rows.is_valid()
    given = [row.cleaned_data for row in rows.forms if getattr(row, "cleaned_data", None)]
    places = {row["note"]: number for number, row in enumerate(given) if row.get("note")}
    chosen = enumerate(list_chosen_lines(rows))
    return {
        f"lines.{number}.{name}": f"lines.{places[line.note_id]}.text"
        for number, line in chosen
        for name in ("text", "note")
        if line.note_id in places
    }


def _match_excerpts_to_rows(
    rows: BaseFormSet, lines: list[KeepsakeExcerpt]
) -> list[tuple[KeepsakeExcerpt, KeepsakeLineForm]]:
    """[(excerpt from the note, its row)]."""
    known = {str(line.note_id): line for line in lines}
    found = [(known.get(str(row["note"].value())), row) for row in rows.forms]
    return [(line, row) for line, row in found if line]


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
def preview_keepsake(request: ScopedRequest, keepsake_id: UUID) -> HttpResponse:
    """Preview the printed keepsake. Only a version that was checked here can be printed."""
    found, family = _get_keepsake_and_family(request, keepsake_id)
    if found.ready_at and request.method == "GET":
        return redirect(get_keepsake_path(found))
    submission = FormSubmission(request, kind="keepsake-preview")
    form = SeenForm(submission.data, initial={"seen": compute_keepsake_digest(found)})
    done = submission.save_once(
        form,
        make=lambda: actions.mark_keepsake_ready(keepsake=found, by=request.user, **form.cleaned_data),
        path_of=get_keepsake_path,
    )
    if done:
        messages.success(request, "It is ready to print.")
        return redirect(done)
    may_write = request.scope.may("write_records", at=family.site_id)
    fresh = SeenForm(
        initial={"seen": compute_keepsake_digest(found)}
    )  # the digest of what this page shows, also after a refusal
    context = {
        "keepsake": found,
        "paper": build_printed_keepsake(found),
        "form": form,
        "fresh": fresh,
        "may_write": may_write,
    }
    return render_ending_page(request, "keepsake_preview", family, submission, **context)


@policy.permission(*KEEPSAKE_READERS)
def show_printable_keepsake(request: ScopedRequest, keepsake_id: UUID) -> HttpResponse:
    """The bare print page; a draft is sent to the preview first."""
    found = get_visible_or_404(request, Keepsake.objects.whole(), pk=keepsake_id)
    family = get_family(request, found.dyad.family_id)
    if found.ready_at is None:
        messages.warning(request, "Look at it here first. Then it can be printed.")
        return redirect("keepsake-preview", found.pk)
    return render_ending_page(
        request, "keepsake_print", family, keepsake=found, paper=build_printed_keepsake(found)
    )


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
def download_keepsake_pdf(request: ScopedRequest, keepsake_id: UUID) -> HttpResponse:
    """POST: request the PDF. GET: download it, unless a line is no longer on the record."""
    found, _ = _get_keepsake_and_family(request, keepsake_id)
    try:
        if request.method == "POST":
            actions.request_keepsake_pdf(keepsake=found, by=request.user)
            return redirect(get_keepsake_path(found))
        return build_keepsake_pdf_response(found)
    except ActionRefused as refused:
        messages.warning(request, str(refused))
        return redirect(get_keepsake_path(found))


@policy.permission(*KEEPSAKE_READERS, background=True)
def show_keepsake_progress(request: ScopedRequest, keepsake_id: UUID) -> HttpResponse:
    """The progress of the PDF, polled every two seconds by the keepsake's page."""
    found = get_visible_or_404(request, Keepsake.objects.whole().exclude(job=None), pk=keepsake_id)
    return render_ending_page(
        request, "keepsake_progress", get_family(request, found.dyad.family_id), keepsake=found
    )


@policy.permission("write_records")
def add_keepsake_version(request: ScopedRequest, keepsake_id: UUID) -> HttpResponse:
    """Confirm, then create another version from this one, which stays unchanged."""
    found = get_visible_or_404(request, Keepsake.objects.whole(), pk=keepsake_id)
    family = get_family(request, found.dyad.family_id, may="write_records")
    if found.ready_at is None:  # it is a draft already
        return redirect(get_keepsake_path(found))
    if request.method == "POST":
        draft = actions.create_next_version(keepsake=found, by=request.user)
        return redirect(get_keepsake_path(draft))
    return render_ending_page(request, "keepsake_version", family, keepsake=found)
