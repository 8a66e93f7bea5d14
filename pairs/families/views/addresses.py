"""Where people live: an address, moving on, correcting, a household's move; postcodes without a match."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.families.access import get_family
from pairs.families.actions import (
    add_address,
    correct_address,
    end_address,
    find_new_district,
    move_household,
)
from pairs.families.banner import build_banner
from pairs.families.choices import AddressKind
from pairs.families.forms import AddressForm, EndDateForm, HouseholdMoveForm, NewAddressForm
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.families.presenters import format_span, list_address_lines
from pairs.families.views.form_page import (
    get_carer_and_family,
    get_infant_and_family,
    list_open_alerts,
    render_form_page,
)
from pairs.submissions.form_submission import FormSubmission
from pairs.web.jinja_environment import format_day


def _get_address_and_family(
    request: ScopedRequest, address_id: UUID, may: str | None = None
) -> tuple[Any, ...]:
    """(the address, the family whose record it is in)."""
    address = get_visible_or_404(
        request, Address.objects.select_related("infant", "caregiver"), pk=address_id
    )
    return address, get_family(request, address.family_id, may)


@policy.permission("read_families", "govern_records")
def show_address(request: ScopedRequest, address_id: UUID) -> HttpResponse:
    """One address. A refuge's lines are here alone, for whoever corrects addresses at the family's site."""
    address, family = _get_address_and_family(request, address_id)
    may_register = request.scope.may("register_people", at=family.site_id)
    context = {
        "address": address,
        "family": family,
        "banner": build_banner(family, alerts=list_open_alerts(request, family)),
        "rows": _build_address_rows(address, in_full=may_register),
        "elsewhere": _describe_other_district(family, address),
        "may_move": may_register or request.scope.may("write_records", at=family.site_id),
        "may_register": may_register,
    }
    return render(request, "families/address.html", context)


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
    return f"This address is in {place}, and {here}. You may want to offer the family's move to another site."


def _get_address_path(made: Address) -> str:
    return reverse("address", args=[made.pk])


def _handle_new_address(
    request: ScopedRequest, person: Caregiver | Infant, family: Family, back: str
) -> HttpResponse:
    submission = FormSubmission(request, kind="new-address")
    form = NewAddressForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: add_address(
            family=family,
            person=person,
            by=request.user,
            moved_on=form.cleaned_data["moved_on"],
            **form.get_address_fields(),
        ),
        path_of=_get_address_path,
    )
    if path:
        messages.success(request, "The address is recorded.")
        return redirect(path)
    title = f"New address: {person}"
    return render_form_page(
        request, family, submission, form, title=title, button="Save the address", back=back
    )


@policy.permission("register_people")
def add_caregiver_address(request: ScopedRequest, caregiver_id: UUID) -> HttpResponse:
    """A carer has another address."""
    carer, family = get_carer_and_family(request, caregiver_id, may="register_people")
    return _handle_new_address(request, carer, family, reverse("caregiver", args=[carer.pk]))


@policy.permission("register_people")
def add_infant_address(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """A baby has another address."""
    infant, family = get_infant_and_family(request, infant_id, may="register_people")
    return _handle_new_address(request, infant, family, reverse("family-people", args=[family.pk]))


@policy.permission("register_people")
def edit_address(request: ScopedRequest, address_id: UUID) -> HttpResponse:
    """Correct an address that was recorded wrongly."""
    address, family = _get_address_and_family(request, address_id, may="register_people")
    submission = FormSubmission(request, kind="address-correction")
    form = AddressForm(submission.data, initial=_build_address_initial(address))
    path = submission.save_once(
        form,
        make=lambda: correct_address(address=address, by=request.user, **form.get_address_fields()),
        path_of=_get_address_path,
    )
    if path:
        messages.success(request, "The address is corrected. What stood there before is kept.")
        return redirect(path)
    title = f"Correct an address: {address.person}"
    text = ("If they have moved, go back and add a new address instead: then both are kept with their days.",)
    back = _get_address_path(address)
    return render_form_page(
        request, family, submission, form, title=title, button="Save", back=back, text=text
    )


def _build_address_initial(address: Address) -> dict[str, str | None]:
    return {"kind_of_address": address.kind} | {
        name: getattr(address, name) for name in ("lines", "postcode", "since")
    }


@policy.permission("register_people")
def end_current_address(request: ScopedRequest, address_id: UUID) -> HttpResponse:
    """They no longer live there."""
    address, family = _get_address_and_family(request, address_id, may="register_people")
    submission = FormSubmission(request, kind="address-ending")
    form = EndDateForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: end_address(address=address, by=request.user, **form.cleaned_data),
        path_of=_get_address_path,
    )
    if path:
        messages.success(request, "The address is ended. It stays in the record as an earlier one.")
        return redirect(path)
    title = f"Does {address.person} no longer live there?"
    text = (
        "The address stays in the record as an earlier one.",
        "If the new one is known, add that instead.",
    )
    return render_form_page(
        request,
        family,
        submission,
        form,
        title=title,
        button="End the address",
        back=_get_address_path(address),
        text=text,
        danger=True,
    )


@policy.permission("register_people")
def record_household_move(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """The household has moved: one address, and a tick for everybody who moved there."""
    family = get_family(request, family_id, may="register_people")
    submission = FormSubmission(request, kind="household-move")
    people = _list_movable_people(family)
    form = HouseholdMoveForm(
        submission.data, people=people, initial={"moved": _list_housemate_ids(family, people)}
    )
    path = submission.save_once(
        form,
        make=lambda: move_household(
            family=family, people=form.cleaned_data["moved"], by=request.user, **form.get_address_fields()
        ),
        path_of=_get_address_path,
    )
    if path:
        messages.success(request, "The move is recorded for everybody ticked.")
        return redirect(path)
    text = ("Their earlier addresses end on the day they moved. Who is not ticked stays where they are.",)
    back = reverse("family-people", args=[family.pk])
    return render_form_page(
        request,
        family,
        submission,
        form,
        title="The household has moved",
        button="Save the move",
        back=back,
        text=text,
    )


def _list_movable_people(family: Family) -> list[Any]:
    """Babies and carers who may have moved; nobody who has died."""
    infants = [infant for infant in family.infants.all() if not infant.lost_on and infant.birth_date]
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    return [*infants, *(carer for carer in carers if not carer.died_on)]


def _list_housemate_ids(family: Family, people: list[Any]) -> list[str]:
    """Ticked beforehand: the babies, and the carers who are said to live with one."""
    with_baby = {dyad.caregiver_id for dyad in family.dyads.all() if dyad.lives_with}
    babies = {infant.pk for infant in family.infants.all()}
    return [str(person.pk) for person in people if person.pk in with_baby | babies]


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
