"""Pages of hand-overs: families that would be without a lead, what a colleague holds, and what went to whom."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from interventions.workforce import hand_over_record_forms as record_forms
from interventions.workforce.clashes import list_clashes
from interventions.workforce.held_rows import load_unsigned_and_keys
from interventions.workforce.lead_gaps import get_last_check, load_gaps_by_person
from interventions.workforce.left_forms import query_closed_with_forms
from interventions.workforce.models import HandedWork, HandOver
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible, record_family_listed
from pairs.database.change_ledger import list_later_changes
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import load_visible_family_lines
from pairs.service.models import User
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.submissions.warned_page import WarnedFormPage
from pairs.web.formats import format_plural

HOLDERS = ("write_records", "triage_referrals", "supervise", "support_families")


def _get_sites(request: ScopedRequest) -> Any:
    """Of which work may be handed over; None for whoever keeps accounts: of all."""
    return None if request.scope.may("manage_accounts") else request.scope.sites("supervise")


@policy.permission("supervise", "manage_accounts")
def list_hand_overs(request: ScopedRequest) -> HttpResponse:
    """Families that are or would be without a lead; colleagues whose work may be handed over; hand-overs so far."""
    sites, today = _get_sites(request), timezone.localdate()
    people = User.objects.with_permission(*HOLDERS, at=sites)
    context = {
        "gaps": load_gaps_by_person(today, sites),
        "checked": get_last_check(),
        "people": list_visible(request, people, within="supervised_by"),
        "left": list_visible(request, query_closed_with_forms(), within="supervised_by"),
        "hand_overs": list_visible(request, HandOver.objects.with_names())[:20],
    }
    return render(request, "workforce/hand_overs.html", context)


def load_lines(request: ScopedRequest, families: Iterable[UUID | None]) -> dict[UUID, FamilyLine]:
    """{family: its line} of those that the reader may open; noted as listed."""
    known = load_visible_family_lines(request.scope, filter(None, families), timezone.localdate())
    for family in known:
        record_family_listed(request, family)
    return known


@policy.permission("supervise", "manage_accounts")
class HandOverWorkPage(record_forms.HandOverWork, WarnedFormPage):
    """Everything that a colleague holds, a proposal for each, changed row by row and handed over at once."""

    template_name = "workforce/hand_over_work.html"
    button = "Hand over"
    button_again = "Hand over anyway"
    warning_title = "Before you hand this over"
    warning_text = (
        "Colleagues are already booked at these times. Choose someone else, or continue and move a visit."
    )
    back = PageOf("hand-overs", text="Hand over work")
    leads_to = PageOf("hand-over", "made")
    message = "Handed over. You can undo it until the account is closed."

    def get_title(self) -> str:
        return f"Hand over the work of {self.record}"

    def get_obstacle(self) -> str:
        return (
            ""
            if self.submission.posted or self.held
            else f"{self.record} holds nothing that you can hand over."
        )

    def list_warnings(self, form: Any) -> list[str]:
        """Where whoever takes a booking is booked already."""
        return list_clashes(self.list_given(self.formsets["work"]))

    def get_message(self) -> str:
        parts = self.made.parts.count()
        return f"Handed over: {format_plural(parts, 'thing')}. You can undo it until the account is closed."

    def get_context(self, form: Any) -> dict[str, Any]:
        lines = load_lines(self.request, [each.family_id for each in self.held])
        asked = [
            (each, each.row, lines.get(each.row.family_id))
            for each in self.formsets["work"].forms
            if each.row
        ]
        unsigned, keys = load_unsigned_and_keys(self.record)
        groups = groupby(asked, key=lambda each: each[1].rule.code)
        return super().get_context(form) | {
            "groups": [(rows[0][1].work.several, rows) for rows in (list(rows) for _, rows in groups)],
            "keys": keys,
            "unsigned": unsigned,
            "total": sum(1 + len(each.goes_along) for each in self.held),
        }


@policy.permission("supervise", "manage_accounts")
def show_hand_over(request: ScopedRequest, hand_over_id: UUID) -> HttpResponse:
    """What went to whom, and whether it can be undone."""
    hand_over = get_visible_or_404(request, HandOver.objects.with_names(), pk=hand_over_id)
    parts = list(
        HandedWork.objects.visible_to(request.scope).filter(hand_over=hand_over).select_related("to", "site")
    )
    lines = load_lines(request, [each.family_id for each in parts])
    rows = [(each, lines.get(each.family_id)) for each in parts]
    context = {
        "hand_over": hand_over,
        "rows": sorted(
            rows, key=lambda row: (str(row[0].to or ""), str(row[1] or ""), row[0].kind, row[0].what)
        ),
        "may_undo": not hand_over.undone_at
        and hand_over.leaver.is_active
        and record_forms.may_undo(request.scope, hand_over),
        "changed": len({row.pk for row, _ in list_later_changes(hand_over.moved)})
        if hand_over.undone_at
        else 0,
    }
    return render(request, "workforce/hand_over.html", context)


@policy.permission("supervise", "manage_accounts")
class UndoHandOverPage(record_forms.UndoHandOver, FormPage):
    """Ask first, then give everything back."""

    button = "Undo the hand-over"
    danger = True
    message = "The hand-over is undone."
    consequences = (
        "everything goes back at once to the person who had it",
        "what a colleague has changed since stays as it is now",
        "the colleagues who took it are told by e-mail",
    )

    def get_title(self) -> str:
        return f"Undo the hand-over of {self.record.leaver}’s work?"

    def get_back_link(self) -> Link:
        return Link(reverse("hand-over", args=[self.record.pk]), "The hand-over")
