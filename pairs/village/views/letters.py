"""Letters: begun, written, signed, on paper, sent."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.documents.document import find_current_job
from pairs.families.access import get_family
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import PageOf
from pairs.village import record_forms
from pairs.village.documents import LETTER
from pairs.village.letters import find_letter_problems
from pairs.village.models import Letter
from pairs.village.sharing_panel import build_sharing_panel


@policy.permission("read_families", "govern_records")
def list_letters(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Every letter of a family, newest first."""
    family = get_family(request, family_id)
    found = get_visible_page(request, Letter.objects.whole().filter(family=family).newest_first())
    may_write = request.scope.may("write_records", at=family.site_id, of=family.pk)
    return render_record_page(request, "village/letters.html", family, page=found, may_write=may_write)


class LetterFormPage(FamilyFormPage):
    """A form that leads to its letter, and back to all of them."""

    back = PageOf("letters", "family", "All letters")
    leads_to = PageOf("letter", "made")


@policy.permission("write_records")
class BeginLetterPage(record_forms.BeginLetter, LetterFormPage):
    """To whom, about which children: then a draft with its greeting."""

    template_name = "village/new_letter.html"
    title = "Write a letter"
    button = "Continue to the text"

    def get_context(self, form: Any) -> dict[str, Any]:
        sharing = build_sharing_panel(self.request, self.family, timezone.localdate())
        return super().get_context(form) | {"sharing": sharing}


@policy.permission("read_families", "govern_records", POST="write_records")
class LetterPage(record_forms.WriteLetter, LetterFormPage):
    """A draft, to go on writing; or the letter as it was signed, with what may be done with it now."""

    template_name = "village/letter_draft.html"
    open_to_readers = autosaves = True

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_write = request.scope.may("write_records", at=self.family.site_id, of=self.family.pk)
        if self.record.signed_at or not may_write:
            return self.answer_shut_form() or self._show_as_it_is(may_write=may_write)
        return super().get(request, *args, **kwargs)

    post = get

    def _show_as_it_is(self, *, may_write: bool) -> HttpResponse:
        paper = LETTER.build_paper(self.record, timezone.localdate()) if self.record.job else {}
        context = {
            "letter": self.record,
            "job": find_current_job(LETTER, self.record, paper),
            "problems": find_letter_problems(self.record, self.judge),
            "envelope": self.envelope,
            "may_write": may_write,
            "may_print": self.record.signed_at is not None,
        }
        return render_record_page(self.request, "village/letter.html", self.family, **context)

    def get_title(self) -> str:
        return f"Letter to {self.record.to}"

    def get_message(self) -> str:
        return "Letter signed." if self.form.cleaned_data["sign"] else "Draft saved."

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "letter": self.record,
            "offered": [f"about_{code}" for code in self.offer.parts],
            "offer": self.offer,
            "envelope": self.envelope,
            "problems": find_letter_problems(self.record, self.judge),
            "sharing": build_sharing_panel(self.request, self.family, timezone.localdate()),
        }


@policy.permission("write_records")
class RecordSendingPage(record_forms.RecordSending, LetterFormPage):
    """Write down that it went, and how."""

    template_name = "village/letter_sending.html"
    title = "Record that a letter was sent"
    message = "Saved."

    def get_text(self) -> tuple[str, ...]:
        return (f"Letter to {self.record.to}. We never send a letter by e-mail outside the service.",)

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"envelope": self.envelope}
