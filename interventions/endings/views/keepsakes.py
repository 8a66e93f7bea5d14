"""Pages of a keepsake: begin, choose lines, preview, another version."""

from functools import cached_property
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpResponse
from django.urls import reverse

from interventions.endings import record_forms
from interventions.endings.actions.keepsakes import CARER_HAS_DIED
from interventions.endings.documents import KEEPSAKE
from interventions.endings.forms import (
    KeepsakeLineForm,
    KeepsakeTextForm,
    SeenForm,
    build_line_formset,
    list_chosen_lines,
)
from interventions.endings.keepsake_excerpts import KeepsakeExcerpt, list_keepsake_excerpts
from interventions.endings.models import Keepsake
from interventions.endings.printed_keepsake import build_printed_keepsake
from interventions.endings.views.record_pages import get_keepsake_path
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.documents.document import find_current_job
from pairs.families.last_day import has_died
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import Link, PageOf
from pairs.submissions.shared_draft_page import SharedDraftPage

KEEPSAKE_READERS = KEEPSAKE.readers


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
class KeepsakesPage(record_forms.BeginKeepsake, FamilyFormPage):
    """The dyad's keepsake versions; begin one."""

    kind = "new-keepsake"
    template_name = "endings/keepsakes.html"
    open_to_readers = True
    title = "What our baby told us"
    button = "Start a keepsake"
    leads_to = PageOf("keepsake", "made")

    def get_back_link(self) -> Link:
        return Link(reverse("dyad", args=[self.record.pk]), str(self.record))

    def get_context(self, form: Any) -> dict[str, Any]:
        dyad = self.record
        keepsakes = list_visible(self.request, Keepsake.objects.filter(dyad=dyad).newest_first())
        facts = {"dyad": dyad, "keepsakes": keepsakes, "lost": bool(dyad.infant.lost_on)}
        facts["why_none"] = CARER_HAS_DIED if has_died(dyad.caregiver) else ""
        return super().get_context(form) | facts


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
class KeepsakePage(record_forms.WriteKeepsake, SharedDraftPage, FamilyFormPage):
    """Edit a draft, or show a keepsake that is ready."""

    template_name = "endings/keepsake_draft.html"
    open_to_readers = True
    title = "Draft keepsake"
    button = "Save and preview"
    message = "Draft saved. This is the preview."
    leads_to = PageOf("keepsake-preview", "made")
    back = PageOf("keepsakes", "record.dyad_id", "Keepsakes for this relationship")

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        may_write = request.scope.may("write_records", at=self.family.site_id)
        if self.record.ready_at or not may_write:
            return self.answer_shut_form() or self._show_as_it_is(may_write=may_write)
        return super().get(request, *args, **kwargs)

    post = get

    def _show_as_it_is(self, *, may_write: bool) -> HttpResponse:
        paper = build_printed_keepsake(self.record)
        job = find_current_job(KEEPSAKE, self.record, paper)
        context = {"keepsake": self.record, "paper": paper, "may_write": may_write, "job": job}
        return render_record_page(self.request, "endings/keepsake.html", self.family, **context)

    @cached_property
    def excerpts(self) -> list[KeepsakeExcerpt]:
        return list_keepsake_excerpts(self.record.dyad)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in KeepsakeTextForm.base_fields}

    def build_formsets(self, data: Any) -> dict[str, BaseFormSet]:
        return {"lines": build_line_formset(data, self.excerpts, self.record)}

    def get_field_names(self) -> dict[str, str]:
        return _map_chosen_rows(self.formsets["lines"])

    def get_context(self, form: Any) -> dict[str, Any]:
        rows = _match_excerpts_to_rows(self.formsets["lines"], self.excerpts)
        return super().get_context(form) | {"keepsake": self.record, "lines": rows}


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


class KeepsakeStepPage(FamilyFormPage):
    """What is done with a keepsake as it stands; it leads back to it."""

    leads_to = PageOf("keepsake", "made")

    def get_back_link(self) -> Link:
        return Link(get_keepsake_path(self.record), "The keepsake" if self.record.ready_at else "The draft")


@policy.permission(*KEEPSAKE_READERS, POST="write_records")
class KeepsakePreviewPage(record_forms.ConfirmKeepsake, KeepsakeStepPage):
    """Preview the printed keepsake. Only a version that was checked here can be printed."""

    template_name = "endings/keepsake_preview.html"
    open_to_readers = True
    title = "Print preview"
    button = "Mark as ready"
    message = "Keepsake ready to print."

    def get_other_path(self) -> str:
        return get_keepsake_path(self.record) if self.record.ready_at else ""

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {
            "keepsake": self.record,
            "paper": build_printed_keepsake(self.record),
            "fresh": SeenForm(initial=self.initial),  # what this page shows, also after a refusal
        }


@policy.permission("write_records")
class NextKeepsakePage(record_forms.NextKeepsake, KeepsakeStepPage):
    """Create another version from this one, which stays unchanged."""

    title = "Create a new version?"
    consequences = (
        "the new version starts as a draft with the same words",
        "this version does not change and can be printed again",
    )
    button = "Create a new version"

    def get_other_path(self) -> str:
        return "" if self.record.ready_at else get_keepsake_path(self.record)
