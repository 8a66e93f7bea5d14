"""Letters: begun, written, signed, on paper, sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.service.refusals import ActionRefused
from pairs.submissions.form_page import Link
from pairs.village import actions, record_forms
from pairs.village.letters import find_letter_problems
from pairs.village.models import Letter
from pairs.village.printed_letter import build_pdf_response, build_printed_letter, find_current_pdf
from pairs.village.sharing_panel import build_sharing_panel


def get_letter_path(letter: Any) -> str:
    return reverse("letter", args=[letter.pk])


@policy.permission("read_families", "govern_records")
def list_letters(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Every letter of a family, newest first."""
    family = get_family(request, family_id)
    found = get_visible_page(request, Letter.objects.whole().filter(family=family).newest_first())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    return render_record_page(request, "village/letters.html", family, page=found, may_write=may_write)


class LetterFormPage(FamilyFormPage):
    """A form that leads to its letter, and back to all of them."""

    def get_back_link(self) -> Link:
        return Link(reverse("letters", args=[self.family.pk]), "All letters")

    def get_success_path(self, made: Letter) -> str:
        return get_letter_path(made)


@policy.permission("write_records")
class BeginLetterPage(record_forms.BeginLetter, LetterFormPage):
    """To whom, about which children: then a draft with its greeting."""

    kind = "new-letter"
    template_name = "village/new_letter.html"
    title = "Write a letter"
    button = "Go on to the text"

    def get_context(self, form: Any) -> dict[str, Any]:
        sharing = build_sharing_panel(self.request, self.family, timezone.localdate())
        return super().get_context(form) | {"sharing": sharing}


@policy.permission("read_families", "govern_records", POST="write_records")
class LetterPage(record_forms.WriteLetter, LetterFormPage):
    """A draft, to go on writing; or the letter as it was signed, with what may be done with it now."""

    kind = "letter"
    template_name = "village/letter_draft.html"
    open_to_readers = autosaves = True

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_write = request.scope.may("write_records", at=self.family.site_id, of=self.family.pk)
        if self.record.signed_at or not may_write:
            return self._show_as_it_is(may_write=may_write)
        return super().get(request, *args, **kwargs)

    post = get

    def _show_as_it_is(self, *, may_write: bool) -> HttpResponse:
        context = {
            "letter": self.record,
            "job": find_current_pdf(self.record, timezone.localdate()),
            "problems": find_letter_problems(self.record, self.judge),
            "envelope": self.envelope,
            "may_write": may_write,
            "may_print": self.record.signed_at is not None,
        }
        return render_record_page(self.request, "village/letter.html", self.family, **context)

    def build_form(self, data: Any) -> Any:
        self.form = super().build_form(data)
        return self.form

    def get_title(self) -> str:
        return f"Letter to {self.record.to}"

    def get_message(self) -> str:
        return "The letter is signed." if self.form.cleaned_data["sign"] else "The draft is saved."

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "letter": self.record,
            "offered": [f"about_{code}" for code in self.offer.parts],
            "offer": self.offer,
            "envelope": self.envelope,
            "problems": find_letter_problems(self.record, self.judge),
            "sharing": build_sharing_panel(self.request, self.family, timezone.localdate()),
        }


@policy.permission("read_families", "govern_records")
def show_printable_letter(request: ScopedRequest, letter_id: UUID) -> HttpResponse:
    """The letter on paper, and nothing around it; judged as it is opened."""
    letter = get_visible_or_404(request, Letter.objects.whole().exclude(signed_at=None), pk=letter_id)
    family = get_family(request, letter.family_id)
    return render_record_page(
        request,
        "village/letter_print.html",
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
    family = get_family(request, letter.family_id)
    return render_record_page(request, "village/letter_progress.html", family, letter=letter, job=letter.job)


@policy.permission("write_records")
class RecordSendingPage(record_forms.RecordSending, LetterFormPage):
    """Write down that it went, and how."""

    kind = "letter-sending"
    template_name = "village/letter_sending.html"
    title = "Write down that a letter was sent"
    message = "Saved."

    def get_text(self) -> tuple[str, ...]:
        return (f"Letter to {self.record.to}. We never send a letter by e-mail outside the service.",)

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"envelope": self.envelope}
