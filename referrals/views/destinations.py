"""The signposting directory: where else families can turn, by place; kept by supervisors and administrators."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.service.models import Place
from pairs.submissions.form_page import FormPage, Link, PageOf
from pairs.web.csv_files import build_csv_response
from referrals.actions.destinations import check_destination
from referrals.models import DIRECTORY_KEEPERS, DIRECTORY_READERS, Destination
from referrals.record_forms import directory
from referrals.rules.directory import needs_checking

CSV_HEADERS = ("Name", "Offers", "Phone", "Website", "E-mail", "How to start", "Districts", "Checked")


@policy.permission(*DIRECTORY_READERS)
def list_destinations(request: ScopedRequest) -> HttpResponse:
    """What families can be pointed to, of one district (?place=) or of all; the retired ones when asked for."""
    found, place, retired = _query_chosen(request)
    page = get_visible_page(request, found)
    context = {
        "page": page,
        "rows": [(each, _is_check_overdue(each)) for each in page],
        "place": place,
        "places": Place.objects.all(),
        "retired": retired,
        "may_keep": request.scope.may(*DIRECTORY_KEEPERS),
    }
    return render(request, "referrals/destinations.html", context)


def _query_chosen(request: ScopedRequest) -> tuple[Any, Place | None, bool]:
    """(the entries, the district that was chosen, whether they are the retired ones)."""
    retired = request.GET.get("retired") == "1"
    place = Place.objects.filter(code=request.GET.get("place", "")).first()
    found = Destination.objects.filter(retired_on__isnull=False) if retired else Destination.objects.offered()
    return (found.of_place(place) if place else found).with_places(), place, retired


@policy.permission(*DIRECTORY_READERS)
def download_destinations(request: ScopedRequest) -> HttpResponse:
    """The same entries as a CSV file."""
    found, _place, _retired = _query_chosen(request)
    rows = map(_build_csv_row, list_visible(request, found))
    name = f"signposting-directory-{timezone.localdate():%Y-%m-%d}.csv"
    return build_csv_response(name, CSV_HEADERS, rows)


def _build_csv_row(row: Destination) -> list[Any]:
    places = ", ".join(map(str, row.places.all())) or "All districts"
    return [
        row.name, row.offers, row.phone, row.website, row.email, row.how_to_start, places, row.checked_on or "",
    ]  # fmt: skip


def _is_check_overdue(destination: Any) -> bool:
    return needs_checking(
        checked_on=destination.checked_on, on=timezone.localdate(), holds=settings.DIRECTORY_CHECK_HOLDS
    )


class DestinationPage(FormPage):
    """A form about a destination, which leads to it."""

    back = PageOf("destinations", text="Signposting directory")
    leads_to = PageOf("destination", "made")


@policy.permission(*DIRECTORY_READERS, POST=DIRECTORY_KEEPERS)
class UpdateDestinationPage(directory.UpdateDestination, DestinationPage):
    """One, with what it offers; whoever keeps the directory changes it here."""

    template_name = "referrals/destination_kept.html"
    message = "Entry saved and marked as checked today."

    def get(self, request: ScopedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.scope.may(*DIRECTORY_KEEPERS):
            return render(request, "referrals/destination.html", {"destination": self.record})
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return self.record.name

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"unchecked": _is_check_overdue(self.record)}


@policy.permission(*DIRECTORY_KEEPERS)
class AddDestinationPage(directory.AddDestination, DestinationPage):
    """One more."""

    title = "Add an entry"
    message = "Entry added to the directory."


@policy.permission(*DIRECTORY_KEEPERS)
def mark_destination_checked(request: ScopedRequest, destination_id: UUID) -> HttpResponse:
    """Say that all of it still holds today."""
    found = get_visible_or_404(request, Destination.objects.all(), pk=destination_id)
    if request.method == "POST":
        check_destination(destination=found)
        messages.success(request, f"{found} is marked as checked today.")
    return redirect("destination", found.pk)


@policy.permission(*DIRECTORY_KEEPERS)
class SwitchDestinationRetiredPage(directory.SwitchDestinationRetired, DestinationPage):
    """A question first: it is offered no more, or offered again."""

    def get_back_link(self) -> Link:
        return Link(reverse("destination", args=[self.record.pk]), self.record.name)

    def get_title(self) -> str:
        return f"Offer “{self.record}” again?" if self.record.retired_on else f"Retire “{self.record}”?"

    def get_consequences(self) -> list[str]:
        if self.record.retired_on:
            return ["Families can be signposted to it again.", "It needs checking."]
        return [
            "Families are no longer signposted to it.",
            "Existing replies and letters that name it do not change.",
            "You can bring it back later.",
        ]

    def get_message(self) -> str:
        return f"{self.record} is {'retired' if self.record.retired_on else 'offered again'}."

    def get_button(self) -> str:
        return "Bring back" if self.record.retired_on else "Retire"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"danger": not self.record.retired_on}
