"""Pages of a note: show, edit until signed, amend."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from interventions.episodes import actions
from interventions.episodes.contact_rules import CountersigningState
from interventions.episodes.models import StarredContact, should_show_prompts
from interventions.episodes.record_forms.notes import AmendNote, EditNote
from interventions.episodes.views.contacts import handle_prompts_button
from interventions.episodes.views.record_pages import list_parts_with_amendments
from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.village.sharing_panel import build_sharing_panel
from pairs.web.formats import format_day


@policy.permission("read_families", "govern_records", POST="write_records")
class CareContactPage(EditNote, FamilyFormPage):
    """Show a contact with its note and amendments; until it is signed, its author edits the note here."""

    template_name = "episodes/care_contact.html"
    autosaves = True
    open_to_readers = True
    message = "Note saved."
    leads_to = PageOf("care-contact", "made")
    back = PageOf("episode", "record.episode_id", "The episode")

    def get_records(self) -> QuerySet[Any]:
        return super().get_records().select_related("refiled_from__entered_in_error_by")

    def render_page(self) -> HttpResponse:
        """What its author wrote in another window before it was signed is not lost."""
        return (None if self._is_writing() else self.answer_shut_form()) or super().render_page()

    def _is_writing(self) -> bool:
        contact = self.record
        may_write = self.request.scope.may("write_records", at=contact.site_id, of=contact.episode.family_id)
        return may_write and contact.practitioner_id == self.request.user.pk and not contact.signed_at

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        if handle_prompts_button(self.request, self.submission, form):
            return None
        return super().save_once(form, formsets)

    def get_title(self) -> str:
        return f"Contact of {format_day(self.record.starts_at)}"

    def get_context(self, form: Any) -> dict[str, Any]:
        contact, user = self.record, self.request.user
        may_write = self.request.scope.may("write_records", at=contact.site_id, of=contact.episode.family_id)
        return super().get_context(form) | {
            "contact": contact,
            "notes": list_parts_with_amendments(contact),
            "may_write": may_write,
            "writing": self._is_writing(),
            "starred": self._is_starred(),
            "steps": contact.countersign_steps.select_related("by") if contact.countersigning else [],
            "may_countersign": self._may_countersign(),
            "refiled": _get_refiling_facts(contact),
            "prompts": should_show_prompts(user),
            "sharing": None
            if contact.signed_at
            else build_sharing_panel(self.request, self.family, timezone.localdate()),
        }

    def _may_countersign(self) -> bool:
        waits = self.record.countersigning == CountersigningState.WAITING or actions.is_of_leaver(self.record)
        may = waits and self.request.scope.may("write_records", at=self.record.site_id)
        return may and not actions.find_user_countersigning_error(self.record, self.request.user)

    def _is_starred(self) -> bool:
        stars = StarredContact.objects.visible_to(self.request.scope).active()
        return stars.filter(starred_by=self.request.user, care_contact=self.record).exists()


def _get_refiling_facts(contact: Any) -> dict[str, Any] | None:
    """When and by whom it was refiled here; never from where, which may be another family's record."""
    old = contact.refiled_from
    return {"at": old.entered_in_error_at, "by": old.entered_in_error_by} if old else None


@policy.permission("write_records")
class AmendNotePage(AmendNote, FamilyFormPage):
    """Amend a signed part of a note, with the reason."""

    template_name = "episodes/amend_note.html"
    text = ("The signed text stays on the record, with your amendment and reason beside it.",)
    button = "Save the amendment"
    message = "Note amended. Both versions are kept."
    back = PageOf("care-contact", "record.care_contact_id", "The contact")

    def get_title(self) -> str:
        return f"Amend “{self.record.get_part_display()}”"

    def get_context(self, form: Any) -> dict[str, Any]:
        panel = build_sharing_panel(self.request, self.family, timezone.localdate())
        return super().get_context(form) | {"sharing": panel}
