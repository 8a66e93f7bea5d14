"""A loss, taking back one that was recorded by mistake, and an adoption."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.families.banner import describe_infant
from pairs.families.forms import LossForm
from pairs.families.models import Adoption
from pairs.families.record_forms import infants as record_forms
from pairs.families.views.births import InfantPage, get_infant_path
from pairs.submissions.form_page import PageOf
from pairs.submissions.warned_page import WarnedFormPage


@policy.permission("register_people")
class RecordLossPage(record_forms.RecordLoss, WarnedFormPage, InfantPage):
    """A baby has died: a question, and then all that is automatic about them stops."""

    template_name = "families/loss.html"
    text = ("Take the time you need. If this is a mistake you can undo it, and nothing will have been sent.",)
    consequences = (
        "everything automatic about this baby stops: reminders, measures, prompts and messages",
        "the record is kept, and so is the baby’s name",
        "risk alerts, work with a twin and the carers’ own care continue; bereavement contacts count as before",
        "PaIRS tells no one: you and the family decide who is told, and how",
    )
    button, button_again = "Record the loss", "Record the loss on this date"
    warning_title = "Check the date"
    warning_text = "If it is right, record the loss, and correct what was written down afterwards."
    message = "Loss recorded. Messages and prompts about this baby have stopped."

    def get_other_path(self) -> str:
        """It is not asked a second time."""
        return get_infant_path(self.record) if self.record.lost_on else ""

    def build_form(self, data: Any) -> LossForm:
        return super().build_form(data).offer_choices(self.record)

    def get_title(self) -> str:
        return f"Has {describe_infant(self.record)} died?"


@policy.permission("register_people")
class UndoLossPage(record_forms.UndoLoss, InfantPage):
    """The loss was recorded by mistake: taken back, with how it came about."""

    consequences = (
        "the baby’s record becomes active again, and staff see what is due about them",
        "nothing is sent to anyone, and messages that were stopped are not sent",
        "what was recorded stays in the history, with your reason",
    )
    button = "Undo the loss"
    message = "Loss undone. Nothing has been sent to anyone."

    def get_title(self) -> str:
        return f"Was the loss of {describe_infant(self.record)} recorded in error?"


@policy.permission("govern_records")
class RecordAdoptionPage(record_forms.RecordAdoption, InfantPage):
    """A child is adopted: the birth identity is sealed, and a new record begins. Governance alone sees both."""

    consequences = (
        "the birth record is sealed, with everything about this child: only information governance can "
        "open it",
        "if we have no other child in this family, the family’s record is sealed too; a carer in our care "
        "in their own right keeps their own record",
        "the child’s new record starts in a new family, with a new reference, the new name and no NHS number yet",
        "no page, search, letter or report links the two records; only information governance’s list of "
        "adoptions does",
        "PaIRS tells no one: give the new reference to the child’s new carers",
    )
    button = "Record the adoption"
    danger = True
    message = "Adoption recorded. The birth identity is sealed."
    leads_to = PageOf("adoptions")

    def get_title(self) -> str:
        return f"Has {describe_infant(self.record)} been adopted?"


@policy.permission("govern_records")
def list_adoptions(request: ScopedRequest) -> HttpResponse:
    """Which birth identity became which child's record: for information governance, and written to the log."""
    listed = Adoption.objects.select_related("birth_infant", "new_infant__family__site", "recorded_by")
    page = get_visible_page(request, listed.order_by("-created_at", "id"), within="including_sealed")
    request.access_log.listed.update(row.new_infant.family_id for row in page.object_list)
    return render(request, "families/adoptions.html", {"page": page})
