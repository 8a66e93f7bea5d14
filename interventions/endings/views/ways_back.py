"""Pages of return cards: one for each site and language, edited by supervisors, printed by all staff."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from interventions.endings import record_forms
from interventions.endings.models import WayBack
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.submissions.form_page import FormPage, Link


@policy.permission("read_families")
def list_ways_back(request: ScopedRequest) -> HttpResponse:
    """List the return cards of every site."""
    cards = list_visible(request, WayBack.objects.in_order())
    return render(
        request, "endings/ways_back.html", {"cards": cards, "may_keep": request.scope.may("supervise")}
    )


class WayBackPage(FormPage):
    """A return card's form."""

    text = (
        "A text in another language should be checked by somebody who speaks it before it is given to anybody.",
    )
    button = "Save the card"
    message = "The card is saved."

    def get_back_link(self) -> Link:
        return Link(reverse("ways-back"), "How to come back")

    def get_success_path(self, made: WayBack) -> str:
        return reverse("return-card", args=[made.pk])


@policy.permission("supervise")
class AddWayBackPage(record_forms.AddWayBack, WayBackPage):
    """Add a return card."""

    kind = "new-way-back"
    title = "A new card"


@policy.permission("supervise")
class EditWayBackPage(record_forms.ChangeWayBack, WayBackPage):
    """Edit a return card."""

    kind = "way-back"
    title = "Change this card"


@policy.permission("read_families")
def show_return_card(request: ScopedRequest, way_back_id: UUID) -> HttpResponse:
    """Print the return card, twice on one sheet. It names no family."""
    found = get_visible_or_404(request, WayBack.objects.select_related("site"), pk=way_back_id)
    return render(
        request, "endings/return_card.html", {"card": found, "may_keep": request.scope.may("supervise")}
    )
