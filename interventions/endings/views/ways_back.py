"""Pages of return cards: one for each site and language, edited by supervisors, printed by all staff."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from interventions.endings import record_forms
from interventions.endings.models import WayBack
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_page import FormPage, PageOf


@policy.permission("read_families")
def list_ways_back(request: ScopedRequest) -> HttpResponse:
    """List the return cards of every site."""
    cards = list_visible(request, WayBack.objects.in_order())
    return render(
        request, "endings/ways_back.html", {"cards": cards, "may_keep": request.scope.may("supervise")}
    )


class WayBackPage(FormPage):
    """A return card's form."""

    text = ("Ask a speaker of the language to check the text before you give it to anyone.",)
    button = "Save the card"
    message = "Card saved."
    back = PageOf("ways-back", text="How to come back")
    leads_to = PageOf("return-card", "made")


@policy.permission("supervise")
class AddWayBackPage(record_forms.AddWayBack, WayBackPage):
    """Add a return card."""

    title = "A new card"


@policy.permission("supervise")
class EditWayBackPage(record_forms.ChangeWayBack, WayBackPage):
    """Edit a return card."""

    title = "Change this card"


@policy.permission("read_families")
def show_return_card(request: ScopedRequest, way_back_id: UUID) -> HttpResponse:
    """Print the return card, twice on one sheet. It names no family."""
    found = get_visible_or_404(request, WayBack.objects.select_related("site"), pk=way_back_id)
    return render(
        request, "endings/return_card.html", {"card": found, "may_keep": request.scope.may("supervise")}
    )
