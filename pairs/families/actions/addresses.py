"""Where people live: added, corrected, ended, a household moved, and postcodes looked up again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.last_day import validate_living
from pairs.families.models import Address, Caregiver, Family, Infant
from pairs.families.rules import find_address_errors, find_span_errors
from pairs.geography.lookup import PostcodeLocation, look_up_postcode
from pairs.geography.rules import find_place
from pairs.service.models import Place, User
from pairs.service.refusals import ActionRefused

Person = Infant | Caregiver


@transaction.atomic
def add_address(
    *,
    family: Family,
    person: Person,
    kind: str,
    lines: str,
    postcode: str,
    since: date | None,
    by: User,
    moved_on: bool = True,
) -> Address:
    """Where somebody lives from now on; ``moved_on``: what this family's record had as current ends that day."""
    _validate_address(kind=kind, lines=lines, postcode=postcode, since=since)
    validate_living("since", [person], since)
    whose = _get_owner_fields(person)
    if moved_on:
        _end_current_addresses(family, whose, since or timezone.localdate())
    where = {"kind": kind, "lines": lines, "postcode": postcode, "since": since}
    return Address.objects.create(family=family, **whose, **where, **_look_up_location_fields(postcode))


def _get_owner_fields(person: Person) -> dict[str, Person]:
    return {"infant": person} if isinstance(person, Infant) else {"caregiver": person}


def _validate_address(
    *, kind: str, lines: str, postcode: str, since: date | None, until: date | None = None
) -> None:
    why = find_address_errors(kind=kind, lines=lines, postcode=postcode)
    if why := why | find_span_errors(since=since, until=until, on=timezone.localdate()):
        raise ActionRefused(why)


def _end_current_addresses(family: Family, whose: dict[str, Person], until: date) -> None:
    for earlier in Address.objects.live().current().select_for_update().filter(family=family, **whose):
        if earlier.since and earlier.since > until:
            raise ActionRefused(
                {"since": "The previous address starts later than this one. Correct that address first."}
            )
        earlier.until = until
        earlier.save(update_fields=["until"])


def _look_up_location_fields(postcode: str) -> dict[str, Any]:
    """The columns of a look-up, empty when the directory does not know the postcode."""
    found = look_up_postcode(postcode, timezone.localdate()) if postcode else None
    return _to_location_fields(found) if found else EMPTY_LOCATION_FIELDS


EMPTY_LOCATION_FIELDS: dict[str, Any] = {
    "lsoa_code": "",
    "imd_decile": None,
    "imd_version": "",
    "looked_up_on": None,
}


def _to_location_fields(found: PostcodeLocation) -> dict[str, Any]:
    return {
        "lsoa_code": found.lsoa_code,
        "imd_decile": found.decile,
        "imd_version": str(found.imd_version or ""),
        "looked_up_on": found.looked_up_on,
    }


@transaction.atomic
def correct_address(
    *, address: Address, kind: str, lines: str, postcode: str, since: date | None, by: User
) -> Address:
    """Correct an address recorded wrongly. A changed postcode is looked up; else the location stays."""
    address = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
    _validate_address(kind=kind, lines=lines, postcode=postcode, since=since, until=address.until)
    changes = {"kind": kind, "lines": lines, "postcode": postcode, "since": since}
    if postcode != address.postcode or not address.lsoa_code:
        changes |= _look_up_location_fields(postcode)
    return address.change(**changes)


@transaction.atomic
def end_address(*, address: Address, until: date, by: User) -> Address:
    """They no longer live there, and where they live now is not known yet."""
    address = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
    if address.until:
        raise ActionRefused("This address has already ended.")
    if why := find_span_errors(since=address.since, until=until, on=timezone.localdate()):
        raise ActionRefused(why)
    return address.change(until=until)


@transaction.atomic
def move_household(*, family: Family, people: Sequence[Person], by: User, **where: Any) -> Address:
    """Everybody who moved has the new address, and their earlier one ended that day. Returns the first's."""
    if not people:
        raise ActionRefused({"moved": "Tick everyone who moved."})
    made = [add_address(family=family, person=person, by=by, **where) for person in people]
    return made[0]


def retry_lookups(*, on: date) -> int:
    """Look up again what the directory did not know; how many addresses now have their place.

    A postcode that is still not known leaves everything as it was.
    """
    waiting = Address.objects.without_match()
    postcodes = waiting.order_by("postcode").values_list("postcode", flat=True).distinct()
    return sum(_update_found_addresses(postcode, on) for postcode in list(postcodes))


def _update_found_addresses(postcode: str, on: date) -> int:
    found = look_up_postcode(postcode, on)
    if found is None:
        return 0
    waiting = Address.objects.without_match().filter(postcode=postcode)
    news = waiting.exclude(lsoa_code=found.lsoa_code) if found.decile is None else waiting
    return news.update(**_to_location_fields(found))


def find_place_of_postcode(postcode: str) -> Place | None:
    """The district a postcode lies in; None when it is not known, or in none of the service's."""
    found = look_up_postcode(postcode, timezone.localdate()) if postcode else None
    if found is None:
        return None
    return find_place(found.lad_code, found.lsoa_name, found.icb_code, Place.objects.all())


def find_new_district(*, family: Family, address: Address) -> Place | None:
    """The other district that a main carer's current address lies in; None while the family's is right."""
    carer = address.caregiver_id
    mainly = carer and family.dyads.live().current().filter(caregiver=carer, main_carer=True).exists()
    if address.until or not mainly:
        return None
    place = find_place_of_postcode(address.postcode)
    return place if place and place.pk != family.place_id else None
