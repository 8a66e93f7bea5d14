"""A loss, taking back one that was recorded by mistake, and an adoption."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_page
from pairs.families.banner import describe_infant
from pairs.families.forms import LossForm
from pairs.families.models import Adoption
from pairs.families.record_forms import infants as record_forms
from pairs.families.views.births import InfantPage, get_infant_path


@policy.permission("register_people")
class RecordLossPage(record_forms.RecordLoss, InfantPage):
    """A baby has died: a question, and then all that is automatic about them stops."""

    kind = "loss"
    template_name = "families/loss.html"
    text = (
        "Take the time you need. If it turns out to be a mistake it can be taken back, and nothing will have been "
        "sent.",
    )
    consequences = (
        "everything automatic about this baby stops: reminders, measures, prompts and messages",
        "the record is kept, and so is the baby’s name",
        "risk alerts, work with a twin and the carers’ own care go on; contacts with those who grieve count as before",
        "nobody is told by PaIRS: who hears it, and how, is for you and the family",
    )
    button = "Record the loss"
    message = "The loss is recorded. Nothing about this baby is sent or asked any more."

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

    kind = "loss-in-error"
    consequences = (
        "the baby’s record goes on as it was, and what is due about them is shown to staff again",
        "nothing is sent to anybody, and messages that were stopped stay stopped",
        "what had been recorded stays in the history, with your reason",
    )
    button = "Take it back"
    message = "It is taken back. Nothing has been sent to anybody."

    def get_title(self) -> str:
        return f"Was the loss of {describe_infant(self.record)} recorded by mistake?"


@policy.permission("govern_records")
class RecordAdoptionPage(record_forms.RecordAdoption, InfantPage):
    """A child is adopted: the birth identity is sealed, and a new record begins. Governance alone sees both."""

    kind = "adoption"
    consequences = (
        "the birth record is sealed, with everything that is about this child: nobody but information governance can "
        "open it",
        "when no other child of this family is held here, the family’s record is sealed too; a carer who is in our "
        "care in their own right keeps their own record",
        "the child’s new record begins in a new family, with a new reference, the new name and no NHS number yet",
        "no page, search, letter or report ever joins the two; only the list of adoptions, here in information "
        "governance, does",
        "nobody is told by PaIRS: give the new reference to those who will care for the child",
    )
    button = "Record the adoption"
    danger = True
    message = "The adoption is recorded. The birth identity is sealed."

    def get_title(self) -> str:
        return f"Has {describe_infant(self.record)} been adopted?"

    def get_success_path(self, made: Adoption) -> str:
        return reverse("adoptions")


@policy.permission("govern_records")
def list_adoptions(request: ScopedRequest) -> HttpResponse:
    """Which birth identity became which child's record: for information governance, and written to the log."""
    listed = Adoption.objects.select_related("birth_infant", "new_infant__family__site", "recorded_by")
    page = get_visible_page(request, listed.order_by("-created_at", "id"), within="including_sealed")
    request.access_log.listed.update(row.new_infant.family_id for row in page.object_list)
    return render(request, "families/adoptions.html", {"page": page})
