"""Pages of a keepsake: begun, its lines chosen, looked at on paper, printed; another version of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from interventions.endings import actions
from interventions.endings.forms import (
    KeepsakeText,
    NewKeepsake,
    Seen,
    chosen_lines,
    line_forms,
)
from interventions.endings.lines import lines_for
from interventions.endings.models import Keepsake
from interventions.endings.paper import paper_of, seal_of, why_not_whole
from interventions.endings.views.shown import page, to_keepsake
from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.models import Dyad
from pairs.families.opened import family_of
from pairs.jobs.models import Job
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed

READERS = ("read_families", "govern_records")


@policy.permission(*READERS, POST="write_records")
def keepsakes(request, dyad_id):
    """What our baby told us: the versions made for these two, and the beginning of one."""
    dyad = fetch(request, Dyad.objects.select_related("infant", "caregiver"), pk=dyad_id)
    family = family_of(request, dyad.family_id, may="write_records" if request.method == "POST" else None)
    typed = Typed(request, kind="new-keepsake")
    form = NewKeepsake(typed.data)
    done = typed.submitted(
        form,
        make=lambda: actions.begin_keepsake(dyad=dyad, by=request.user, **form.cleaned_data),
        path_of=to_keepsake,
    )
    if done:
        return redirect(done)
    found = fetch_list(request, Keepsake.objects.filter(dyad=dyad).newest_first())
    context = {"dyad": dyad, "form": form, "keepsakes": found, "lost": bool(dyad.infant.lost_on)}
    context |= {"draft": next((each for each in found if each.ready_at is None), None)}
    context |= {"may_write": request.scope.may("write_records", at=family.site_id)}
    return page(request, "keepsakes", family, typed, **context)


def _keepsake(request, keepsake_id):
    """(the keepsake, its family), in scope; whoever posts may write there."""
    may = "write_records" if request.method == "POST" else None
    found = fetch(request, Keepsake.objects.whole(), pk=keepsake_id)
    return found, family_of(request, found.dyad.family_id, may=may)


@policy.permission(*READERS, POST="write_records")
def keepsake(request, keepsake_id):
    """A draft, its lines chosen and edited with the family; or the keepsake as it was found right."""
    found, family = _keepsake(request, keepsake_id)
    may_write = request.scope.may("write_records", at=family.site_id)
    if found.ready_at or not may_write:
        context = {"keepsake": found, "paper": paper_of(found), "may_write": may_write}
        return page(request, "keepsake", family, **context)
    typed, lines = Typed(request, kind="keepsake"), lines_for(found.dyad)
    initial = {name: getattr(found, name) for name in ("title", "opening", "closing")}
    form, rows = KeepsakeText(typed.data, initial=initial), line_forms(typed.data, lines, found)
    done = typed.submitted(
        form,
        rows,
        make=lambda: written(found, form, rows, request.user),
        path_of=lambda made: reverse("keepsake-preview", args=[made.pk]),
        names=_chosen_rows(rows) if typed.posted else None,
    )
    if done:
        messages.success(request, "The draft is saved. This is how it would look.")
        return redirect(done)
    return page(
        request,
        "keepsake_draft",
        family,
        typed,
        keepsake=found,
        form=form,
        rows=rows,
        lines=_beside(rows, lines),
    )


def written(found, form, rows, by):
    """The draft with the words and lines sent; the page and the API both write it here."""
    return actions.write_keepsake(keepsake=found, lines=chosen_lines(rows), by=by, **form.cleaned_data)


def _chosen_rows(rows):
    """{name of a chosen line in a refusal: its row's}: the action counts the chosen ones, the page all of them."""
    rows.is_valid()
    given = [row.cleaned_data for row in rows.forms if getattr(row, "cleaned_data", None)]
    places = {row["note"]: number for number, row in enumerate(given) if row.get("note")}
    chosen = enumerate(chosen_lines(rows))
    return {
        f"lines.{number}.{name}": f"lines.{places[line.note_id]}.text"
        for number, line in chosen
        for name in ("text", "note")
        if line.note_id in places
    }


def _beside(rows, lines):
    """[(the line as it stands in the note, its row)]."""
    known = {str(line.note_id): line for line in lines}
    found = [(known.get(str(row["note"].value())), row) for row in rows.forms]
    return [(line, row) for line, row in found if line]


@policy.permission(*READERS, POST="write_records")
def keepsake_preview(request, keepsake_id):
    """How it will look on paper. Only what was looked at here can be printed."""
    found, family = _keepsake(request, keepsake_id)
    if found.ready_at and request.method == "GET":
        return redirect(to_keepsake(found))
    typed = Typed(request, kind="keepsake-preview")
    form = Seen(typed.data, initial={"seen": seal_of(found)})
    done = typed.submitted(
        form,
        make=lambda: actions.make_ready(keepsake=found, by=request.user, **form.cleaned_data),
        path_of=to_keepsake,
    )
    if done:
        messages.success(request, "It is ready to print.")
        return redirect(done)
    may_write = request.scope.may("write_records", at=family.site_id)
    fresh = Seen(initial={"seen": seal_of(found)})  # what stands on this very page, also after a refusal
    context = {
        "keepsake": found,
        "paper": paper_of(found),
        "form": form,
        "fresh": fresh,
        "may_write": may_write,
    }
    return page(request, "keepsake_preview", family, typed, **context)


@policy.permission(*READERS)
def keepsake_print(request, keepsake_id):
    """The keepsake on paper, and nothing around it; before it was looked at there is nothing to print."""
    found = fetch(request, Keepsake.objects.whole(), pk=keepsake_id)
    family = family_of(request, found.dyad.family_id)
    if found.ready_at is None:
        messages.warning(request, "Look at it here first. Then it can be printed.")
        return redirect("keepsake-preview", found.pk)
    return page(request, "keepsake_print", family, keepsake=found, paper=paper_of(found))


@policy.permission(*READERS, POST="write_records")
def keepsake_pdf(request, keepsake_id):
    """POST asks for the PDF; GET downloads it, unless a line of it has left the record."""
    found, _ = _keepsake(request, keepsake_id)
    try:
        if request.method == "POST":
            actions.ask_for_pdf(keepsake=found, by=request.user)
            return redirect(to_keepsake(found))
        return pdf_response(found)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(to_keepsake(found))


def pdf_response(found):
    """The file as it was made; 404 until it is. Refused once a line of it has left the record."""
    if found.job is None or found.job.status != Job.DONE:
        raise Http404
    if why := why_not_whole(found):
        raise Refused(why)
    response = HttpResponse(bytes(found.job.file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


@policy.permission(*READERS, background=True)
def keepsake_progress(request, keepsake_id):
    """Only how far the PDF is: asked every two seconds by the keepsake's page."""
    found = fetch(request, Keepsake.objects.whole().exclude(job=None), pk=keepsake_id)
    return page(request, "keepsake_progress", family_of(request, found.dyad.family_id), keepsake=found)


@policy.permission("write_records")
def new_version(request, keepsake_id):
    """A question first: another version begins with the words of this one, which stays as it is."""
    found = fetch(request, Keepsake.objects.whole(), pk=keepsake_id)
    family = family_of(request, found.dyad.family_id, may="write_records")
    if found.ready_at is None:  # it is a draft already
        return redirect(to_keepsake(found))
    if request.method == "POST":
        draft = actions.another_version(keepsake=found, by=request.user)
        return redirect(to_keepsake(draft))
    return page(request, "keepsake_version", family, keepsake=found)
