"""Where people live: an address, moving on, correcting, a household's move; postcodes without a match."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.actions import find_new_district
from pairs.families.choices import AddressKind
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.families.presenters import format_span, list_address_lines
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_forms import addresses as record_forms
from pairs.families.record_pages import render_record_page
from pairs.geography.rules import stands_for_no_place
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day


@policy.permission("read_families", "govern_records")
def show_address(request: ScopedRequest, address_id: UUID) -> HttpResponse:
    """One address. A refuge's lines are here alone, for whoever corrects addresses at the family's site."""
    address = get_visible_or_404(
        request, Address.objects.select_related("infant", "caregiver"), pk=address_id
    )
    family = get_family(request, address.family_id)
    may_register = request.scope.may("register_people", at=family.site_id)
    context = {
        "address": address,
        "rows": _build_address_rows(address, in_full=may_register),
        "elsewhere": _describe_other_district(family, address),
        "may_move": may_register or request.scope.may("write_records", at=family.site_id),
        "may_register": may_register,
    }
    return render_record_page(request, "families/address.html", family, **context)


def _build_address_rows(address: Address, *, in_full: bool) -> list[dict[str, Any]]:
    hidden = address.kind == AddressKind.REFUGE and not in_full
    return [
        {"key": "Kind", "value": address.get_kind_display()},
        {"key": "Address", "value": list_address_lines(address, in_full=in_full)},
        {"key": "When", "value": format_span(address), "missing": "Not recorded"},
        {"key": "Deprivation", "value": "Hidden" if hidden else _describe_deprivation(address)},
    ]


def _describe_deprivation(address: Address) -> str:
    """The decile with its index and the day it was looked up, or why there is none."""
    if address.imd_decile:
        return (
            f"Decile {address.imd_decile} of 10 (1 is the most deprived), English Indices of Deprivation "
            f"{address.imd_version}, looked up {format_day(address.looked_up_on)}"
        )
    if not address.postcode:
        return "No postcode is recorded"
    if address.kind == AddressKind.NO_FIXED_ABODE:
        return "Not known: no fixed abode"
    if stands_for_no_place(address.postcode):
        return "Not known: a pseudo-postcode or BFPO address is in no area"
    return "The postcode is not in the loaded directory yet. It is looked up again every night."


def _describe_other_district(family: Family, address: Address) -> str:
    """A sentence when a main carer lives in another district than the family's; '' when all is well."""
    place = find_new_district(family=family, address=address)
    if place is None or address.kind == AddressKind.REFUGE:
        return ""
    here = (
        f"the family is recorded in {family.place}"
        if family.place
        else "the family's district is not recorded"
    )
    return f"This address is in {place}, and {here}. Consider offering the family to another site."


def _get_address_path(made: Address) -> str:
    return reverse("address", args=[made.pk])


class AddressPage(FamilyFormPage):
    """A form that leads to the address that was made or changed, and back to it where there is one."""

    back = PageOf("address", "record")
    leads_to = PageOf("address", "made")


class AddAddressPage(record_forms.AddAddress, AddressPage):
    """Somebody has another address."""

    kind = "new-address"
    button = "Save the address"
    message = "The address is recorded."

    def get_title(self) -> str:
        return f"New address: {self.record}"


@policy.permission("register_people")
class AddCarerAddressPage(AddAddressPage):
    """A carer has another address."""

    model = Caregiver
    back = PageOf("caregiver", "record")


@policy.permission("register_people")
class AddInfantAddressPage(AddAddressPage):
    """A baby has another address."""

    model = Infant
    back = PageOf("family-people", "family")


@policy.permission("register_people")
class CorrectAddressPage(record_forms.CorrectAddress, AddressPage):
    """Correct an address that was recorded wrongly."""

    kind = "address-correction"
    text = (
        "If they have moved, go back and add a new address instead, so that both are kept with their dates.",
    )
    message = "Address corrected. The earlier version is kept in the history."

    def get_title(self) -> str:
        return f"Correct an address: {self.record.person}"


@policy.permission("register_people")
class EndAddressPage(record_forms.EndAddress, AddressPage):
    """They no longer live there."""

    kind = "address-ending"
    text = (
        "The address stays on the record as a previous address.",
        "If you know the new address, add that instead.",
    )
    button = "End the address"
    danger = True
    message = "Address ended. It stays on the record as a previous address."

    def get_title(self) -> str:
        return f"Does {self.record.person} no longer live there?"


@policy.permission("register_people")
class MoveHouseholdPage(record_forms.MoveHousehold, AddressPage):
    """The household has moved: one address, and a tick for everybody who moved there."""

    title = "The household has moved"
    text = (
        "Previous addresses end on the day of the move. Anyone not ticked stays at their current address.",
    )
    button = "Save the move"
    message = "Move recorded for everyone ticked."
    back = PageOf("family-people", "family")


@policy.permission("register_people")
def list_unmatched_postcodes(request: ScopedRequest) -> HttpResponse:
    """Current addresses whose postcode the directory did not know, where one may correct them."""
    sites = request.scope.sites("register_people")
    waiting = Address.objects.without_match().current().filter(family__site__in=sites)
    waiting = waiting.select_related("infant", "caregiver", "family__site").order_by("created_at", "id")
    page = get_visible_page(request, waiting)
    rows = [_build_unmatched_row(address) for address in page]
    return render(request, "families/unmatched_postcodes.html", {"page": page, "rows": rows})


def _build_unmatched_row(address: Address) -> dict[str, Any]:
    return {
        "href": _get_address_path(address),
        "postcode": "Hidden (refuge)" if address.kind == AddressKind.REFUGE else address.postcode,
        "whose": str(address.person),
        "site": str(address.family.site),
        "since": address.created_at,
    }
