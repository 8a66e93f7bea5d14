"""Letters: begun, written, signed, on paper, sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import build_banner
from pairs.families.models import Address, Caregiver, Family
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_submission import FormSubmission
from pairs.village import actions
from pairs.village.forms import LetterTextForm, NewLetterForm, SendingForm
from pairs.village.letters import (
    build_envelope,
    build_letter_offer,
    find_letter_problems,
    load_letter_policy,
)
from pairs.village.models import Letter, query_referrers
from pairs.village.printed_letter import build_pdf_response, build_printed_letter, find_current_pdf
from pairs.village.rules import SendingMethod
from pairs.village.sharing_panel import build_sharing_panel
from pairs.village.views.family_context import build_family_context


def render_letter_page(request: ScopedRequest, template: str, family: Family, **context: Any) -> HttpResponse:
    """A record page of this module."""
    shared = build_family_context(family) | {"banner": build_banner(family)}
    return render(request, f"village/{template}.html", shared | context)


def get_letter_path(letter: Any) -> str:
    return reverse("letter", args=[letter.pk])


@policy.permission("read_families", "govern_records")
def list_letters(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Every letter of a family, newest first."""
    family = get_family(request, family_id)
    found = get_visible_page(request, Letter.objects.whole().filter(family=family).newest_first())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    return render_letter_page(request, "letters", family, page=found, may_write=may_write)


@policy.permission("write_records")
def add_letter(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """To whom, about which children: then a draft with its greeting."""
    family = get_family(request, family_id, may="write_records")
    submission = FormSubmission(request, kind="new-letter")
    children = [f"infant:{infant.pk}" for infant in family.infants.all() if not infant.lost_on]
    form = NewLetterForm(
        submission.data, family=family, referrers=query_referrers(family), initial={"about": children}
    )
    done = submission.save_once(
        form,
        make=lambda: actions.begin_letter(family=family, by=request.user, **form.cleaned_data),
        path_of=get_letter_path,
    )
    if done:
        return redirect(done)
    sharing = build_sharing_panel(request, family, timezone.localdate())
    return render_letter_page(
        request, "new_letter", family, form=form, sharing=sharing, submission_token=submission.token
    )


@policy.permission("read_families", "govern_records", POST="write_records")
def show_letter(request: ScopedRequest, letter_id: UUID) -> HttpResponse:
    """A draft, to go on writing; or the letter as it was signed, with what may be done with it now."""
    may = "write_records" if request.method == "POST" else None
    letter = get_visible_or_404(request, Letter.objects.whole(), pk=letter_id)
    family = get_family(request, letter.family_id, may=may)
    if letter.signed_at is None and request.scope.may("write_records", at=family.site_id, of=family.pk):
        return _edit_draft(request, letter, family)
    judge = load_letter_policy(letter, timezone.localdate())
    context = {
        "letter": letter,
        "job": find_current_pdf(letter, timezone.localdate()),
        "problems": find_letter_problems(letter, judge),
        "envelope": build_envelope(letter, judge),
        "may_write": request.scope.may("write_records", at=family.site_id, of=family.pk),
        "may_print": letter.signed_at is not None,
    }
    return render_letter_page(request, "letter", family, **context)


def _edit_draft(request: ScopedRequest, letter: Any, family: Family) -> HttpResponse:
    submission, judge = (
        FormSubmission(request, kind="letter"),
        load_letter_policy(letter, timezone.localdate()),
    )
    offer = build_letter_offer(letter, judge)
    form = LetterTextForm(
        submission.data,
        offer=offer,
        rows=list_letter_details(request, family),
        initial=build_letter_initial(letter),
    )
    done = submission.save_once(
        form, make=lambda: write_and_sign(letter, form, request.user), path_of=get_letter_path
    )
    if done:
        said = "The letter is signed." if form.cleaned_data["sign"] else "The draft is saved."
        messages.success(request, said)
        return redirect(done)
    context = {
        "letter": letter,
        "form": form,
        "offered": [f"about_{code}" for code in offer.parts],
        "offer": offer,
        "envelope": build_envelope(letter, judge),
        "problems": find_letter_problems(letter, judge),
        "sharing": build_sharing_panel(request, family, timezone.localdate()),
        "typed": submission,
        "submission_token": submission.token,
    }
    return render_letter_page(request, "letter_draft", family, **context)


def list_letter_details(request: ScopedRequest, family: Family) -> list[Any]:
    """The carers and addresses whose details a letter may carry."""
    carers = list_visible(request, Caregiver.objects.filter(family=family))
    living = Address.objects.current().filter(family=family).select_related("infant", "caregiver")
    return [*carers, *list_visible(request, living)]


def build_letter_initial(letter: Any) -> dict[str, Any]:
    """What the draft says already, as the form's values."""
    said = {"text": letter.text, "details": []}
    for part in letter.parts.all():
        if part.address_id or part.caregiver_id:
            code = f"address:{part.address_id}" if part.address_id else f"caregiver:{part.caregiver_id}"
            said["details"].append(code)
        else:
            said[f"about_{part.what}"] = part.text
    return said


def write_and_sign(letter: Any, form: LetterTextForm, by: User) -> Letter:
    """Saved; and signed, if that is the button that was pressed. Page and API both do it here."""
    return actions.write_letter(
        letter=letter,
        text=form.cleaned_data["text"],
        parts=form.parts(),
        details=form.list_ticked_details(),
        sign=form.cleaned_data["sign"],
        by=by,
    )


@policy.permission("read_families", "govern_records")
def show_printable_letter(request: ScopedRequest, letter_id: UUID) -> HttpResponse:
    """The letter on paper, and nothing around it; judged as it is opened."""
    letter = get_visible_or_404(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    family = get_family(request, letter.family_id)
    return render_letter_page(
        request,
        "letter_print",
        family,
        letter=letter,
        paper=build_printed_letter(letter, timezone.localdate()),
    )


@policy.permission("read_families", "govern_records", POST="write_records")
def request_or_download_pdf(request: ScopedRequest, letter_id: UUID) -> HttpResponse:
    """POST asks for the PDF; GET downloads it, unless something in it may no longer be told."""
    may = "write_records" if request.method == "POST" else None
    letter = get_visible_or_404(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    get_family(request, letter.family_id, may=may)
    if request.method == "POST":
        return _request_pdf(request, letter)
    try:
        return build_pdf_response(letter, timezone.localdate())
    except ActionRefused as refused:
        messages.warning(request, str(refused))
        return redirect(get_letter_path(letter))


def _request_pdf(request: ScopedRequest, letter: Any) -> HttpResponse:
    try:
        actions.request_letter_pdf(letter=letter, by=request.user)
    except ActionRefused as refused:
        messages.warning(request, str(refused))
    return redirect(get_letter_path(letter))


@policy.permission("read_families", "govern_records", background=True)
def show_letter_progress(request: ScopedRequest, letter_id: UUID) -> HttpResponse:
    """Only how far the PDF is: asked every two seconds by the letter's page."""
    letter = get_visible_or_404(request, Letter.objects.whole().exclude(job=None), pk=letter_id)
    return render_letter_page(
        request, "letter_progress", get_family(request, letter.family_id), letter=letter, job=letter.job
    )


@policy.permission("write_records")
def record_letter_sending(request: ScopedRequest, letter_id: UUID) -> HttpResponse:
    """Write down that it went, and how."""
    letter = get_visible_or_404(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    family = get_family(request, letter.family_id, may="write_records")
    submission = FormSubmission(request, kind="letter-sending")
    envelope = build_envelope(letter, load_letter_policy(letter, timezone.localdate()))
    likely = SendingMethod.HAND if envelope.why_not else SendingMethod.POST
    form = SendingForm(submission.data, initial={"sent_how": likely})
    done = submission.save_once(
        form,
        make=lambda: actions.send_letter(letter=letter, by=request.user, **form.cleaned_data),
        path_of=get_letter_path,
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    context = {"letter": letter, "form": form, "envelope": envelope, "submission_token": submission.token}
    return render_letter_page(request, "letter_sending", family, **context)
