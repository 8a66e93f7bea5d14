"""Where people live: an address, moving on, correcting, a household's move; postcodes without a match."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.families.actions import add_address, correct_address, end_address, move_household, moved_to
from pairs.families.banner import banner_of
from pairs.families.forms import Ended, HouseholdMove, NewAddress, Where
from pairs.families.models import Address
from pairs.families.opened import family_of
from pairs.families.shown import address_lines, span
from pairs.families.views.form_page import alerts_of, carer_of, form_page, infant_of
from pairs.service.pages import day
from pairs.submissions.typed import Typed


def _whose(request, address_id, may=None):
    """(the address, the family whose record it is in)."""
    address = fetch(request, Address.objects.select_related("infant", "caregiver"), pk=address_id)
    return address, family_of(request, address.family_id, may)


@policy.permission("read_families", "govern_records")
def address(request, address_id):
    """One address. A refuge's lines are here alone, for whoever corrects addresses at the family's site."""
    address, family = _whose(request, address_id)
    may_register = request.scope.may("register_people", at=family.site_id)
    context = {
        "address": address,
        "family": family,
        "banner": banner_of(family, alerts=alerts_of(request, family)),
        "rows": _rows(address, in_full=may_register),
        "elsewhere": _elsewhere(family, address),
        "may_move": may_register or request.scope.may("write_records", at=family.site_id),
        "may_register": may_register,
    }
    return render(request, "families/address.html", context)


def _rows(address, *, in_full):
    hidden = address.kind == "refuge" and not in_full
    return [
        {"key": "Kind", "value": address.get_kind_display()},
        {"key": "Address", "value": address_lines(address, in_full=in_full)},
        {"key": "When", "value": span(address), "missing": "Not recorded"},
        {"key": "Deprivation", "value": "Hidden" if hidden else _deprivation(address)},
    ]


def _deprivation(address):
    """The decile with its index and the day it was looked up, or why there is none."""
    if address.imd_decile:
        return (
            f"Decile {address.imd_decile} of 10 (1 is the most deprived), English Indices of Deprivation "
            f"{address.imd_version}, looked up {day(address.looked_up_on)}"
        )
    if not address.postcode:
        return "No postcode is recorded"
    return "The postcode is not in the loaded directory yet. It is looked up again every night."


def _elsewhere(family, address):
    """A sentence when a main carer lives in another district than the family's; '' when all is well."""
    place = moved_to(family=family, address=address)
    if place is None or address.kind == "refuge":
        return ""
    here = (
        f"the family is recorded in {family.place}"
        if family.place
        else "the family's district is not recorded"
    )
    return f"This address is in {place}, and {here}. You may want to offer the family's move to another site."


def _to_address(made):
    return reverse("address", args=[made.pk])


def _add(request, person, family, back):
    typed = Typed(request, kind="new-address")
    form = NewAddress(typed.data)
    path = typed.submitted(
        form,
        make=lambda: add_address(
            family=family,
            person=person,
            by=request.user,
            moved_on=form.cleaned_data["moved_on"],
            **form.where(),
        ),
        path_of=_to_address,
    )
    if path:
        messages.success(request, "The address is recorded.")
        return redirect(path)
    title = f"New address: {person}"
    return form_page(request, family, typed, form, title=title, button="Save the address", back=back)


@policy.permission("register_people")
def new_caregiver_address(request, caregiver_id):
    """A carer has another address."""
    carer, family = carer_of(request, caregiver_id, may="register_people")
    return _add(request, carer, family, reverse("caregiver", args=[carer.pk]))


@policy.permission("register_people")
def new_infant_address(request, infant_id):
    """A baby has another address."""
    infant, family = infant_of(request, infant_id, may="register_people")
    return _add(request, infant, family, reverse("family-people", args=[family.pk]))


@policy.permission("register_people")
def address_correction(request, address_id):
    """It was written down wrongly."""
    address, family = _whose(request, address_id, may="register_people")
    typed = Typed(request, kind="address-correction")
    form = Where(typed.data, initial=_known(address))
    path = typed.submitted(
        form,
        make=lambda: correct_address(address=address, by=request.user, **form.where()),
        path_of=_to_address,
    )
    if path:
        messages.success(request, "The address is corrected. What stood there before is kept.")
        return redirect(path)
    title = f"Correct an address: {address.person}"
    text = ("If they have moved, go back and add a new address instead: then both are kept with their days.",)
    back = _to_address(address)
    return form_page(request, family, typed, form, title=title, button="Save", back=back, text=text)


def _known(address):
    return {"kind_of_address": address.kind} | {
        name: getattr(address, name) for name in ("lines", "postcode", "since")
    }


@policy.permission("register_people")
def address_ending(request, address_id):
    """They no longer live there."""
    address, family = _whose(request, address_id, may="register_people")
    typed = Typed(request, kind="address-ending")
    form = Ended(typed.data)
    path = typed.submitted(
        form,
        make=lambda: end_address(address=address, by=request.user, **form.cleaned_data),
        path_of=_to_address,
    )
    if path:
        messages.success(request, "The address is ended. It stays in the record as an earlier one.")
        return redirect(path)
    title = f"Does {address.person} no longer live there?"
    text = (
        "The address stays in the record as an earlier one.",
        "If the new one is known, add that instead.",
    )
    return form_page(
        request,
        family,
        typed,
        form,
        title=title,
        button="End the address",
        back=_to_address(address),
        text=text,
        danger=True,
    )


@policy.permission("register_people")
def household_move(request, family_id):
    """The household has moved: one address, and a tick for everybody who moved there."""
    family = family_of(request, family_id, may="register_people")
    typed = Typed(request, kind="household-move")
    people = _people(family)
    form = HouseholdMove(typed.data, people=people, initial={"moved": _together(family, people)})
    path = typed.submitted(
        form,
        make=lambda: move_household(
            family=family, people=form.cleaned_data["moved"], by=request.user, **form.where()
        ),
        path_of=_to_address,
    )
    if path:
        messages.success(request, "The move is recorded for everybody ticked.")
        return redirect(path)
    text = ("Their earlier addresses end on the day they moved. Who is not ticked stays where they are.",)
    back = reverse("family-people", args=[family.pk])
    return form_page(
        request,
        family,
        typed,
        form,
        title="The household has moved",
        button="Save the move",
        back=back,
        text=text,
    )


def _people(family):
    """Babies and carers who may have moved; nobody who has died."""
    infants = [infant for infant in family.infants.all() if not infant.lost_on and infant.birth_date]
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}.values()
    return [*infants, *(carer for carer in carers if not carer.died_on)]


def _together(family, people):
    """Ticked beforehand: the babies, and the carers who are said to live with one."""
    with_baby = {dyad.caregiver_id for dyad in family.dyads.all() if dyad.lives_with}
    babies = {infant.pk for infant in family.infants.all()}
    return [str(person.pk) for person in people if person.pk in with_baby | babies]


@policy.permission("register_people")
def unmatched_postcodes(request):
    """Current addresses whose postcode the directory did not know, where one may correct them."""
    sites = request.scope.sites("register_people")
    waiting = Address.objects.without_match().current().filter(family__site__in=sites)
    waiting = waiting.select_related("infant", "caregiver", "family__site").order_by("created_at", "id")
    page = fetch_page(request, waiting)
    rows = [_unmatched(address) for address in page]
    return render(request, "families/unmatched_postcodes.html", {"page": page, "rows": rows})


def _unmatched(address):
    return {
        "href": _to_address(address),
        "postcode": "Hidden (refuge)" if address.kind == "refuge" else address.postcode,
        "whose": str(address.person),
        "site": str(address.family.site),
        "since": address.created_at,
    }
