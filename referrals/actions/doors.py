"""A referral is made once, as it was said, whichever door it came through."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import next_reference
from pairs.geography.lookup import look_up
from pairs.service.models import Place, Site, User
from pairs.service.refusals import Refused
from referrals.actions.reading import wait_to_be_read
from referrals.models import Concern, Referral, ReferralStatus, ReferredCaregiver, ReferredInfant
from referrals.rules.eligible import MAY_NAME_NOBODY, why_not_infant, why_not_named, why_not_reachable
from referrals.rules.sources import source_of

People = Sequence[dict[str, Any]]
GIVEN_TWICE = "This NHS number is given twice. Each baby has one of their own."
# Columns of a referral that are kept as they were told; a door that does not ask leaves them out.
TOLD = {
    *("noticed", "parent_says", "hopes", "at_home", "others_involved", "place_assumed"),
    *("preferred_place", "who_comes", "safe_contact", "best_times", "unsafe_times", "first_visit_together"),
    *("asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone", "asker_email"),
}


@transaction.atomic
def make_referral(
    *,
    by: User | None,
    door: str,
    permission: str,
    concerns: Iterable[Concern],
    place: Place,
    infants: People,
    caregivers: People,
    permission_reason: str = "",
    source_code: str = "",
    **told: Any,
) -> Referral:
    """Keep a request for help as it was said, at the site that covers the place. Refused by field.

    ``told``: any of TOLD. ``by``: whoever typed it, None where nobody has an account. ``source_code``: the NHS
    source of referral where the door asks for it; else it follows from the door, the team and the profession.
    """
    if unknown := set(told) - TOLD:
        raise TypeError(f"A referral does not hold {sorted(unknown)}.")
    _refuse_unfit(
        door=door,
        permission=permission,
        permission_reason=permission_reason,
        infants=infants,
        carers=caregivers,
    )
    now = timezone.now()
    referral = Referral.objects.create(
        reference=next_reference("R", timezone.localdate(now)),
        site=site_for(place),
        place=place,
        door=door,
        source_code=source_code or _source(by, door, told),
        **_referrer(by, door),
        received_at=now,
        permission=permission,
        permission_reason=permission_reason,
        **told,
        **deprivation_of(main_carer_of(caregivers).get("postcode", "")),
    )
    referral.concerns.set(concerns)
    _name_people(referral, infants, caregivers)
    ReferralStatus.objects.create(referral=referral, status="received", at=now, by=by)
    return wait_to_be_read(referral)


def _referrer(by: User | None, door: str) -> dict[str, Any]:
    """Who refers, where that is somebody with an account. Staff who type what a caller says do not refer."""
    return {"referrer": by, "team": by.team} if by and door != "phone" else {}


def _source(by: User | None, door: str, told: dict[str, Any]) -> str:
    return source_of(
        door=door,
        group=told.get("asker_group", ""),
        team=by.team.source_code if by and by.team else "",
        somebody_else=bool(told.get("asker_name")),
    )


def site_for(place: Place) -> Site:
    """The covering site, or the hub while that site has not opened."""
    site = place.covering_site
    is_open = site.opens_on and site.opens_on <= timezone.localdate()
    return site if is_open else Site.objects.hub()


def _refuse_unfit(
    *, door: str, permission: str, permission_reason: str, infants: People, carers: People
) -> None:
    errors: dict[str, str] = {}
    if permission == "lawful_basis" and not permission_reason.strip():
        errors["permission_reason"] = "Give the reason for referring without the parent's agreement."
    errors |= why_not_named(door=door, infants=len(infants), carers=len(carers))
    errors |= why_not_reachable(door=door, carers=carers)
    if errors := errors | why_not_infants(infants, door=door):
        raise Refused(errors)


def why_not_infants(infants: Sequence[dict[str, Any]], *, door: str = "professional") -> dict[str, str]:
    """Why these babies cannot be referred, by 'infants.<number>.<field>'; {} when they can."""
    on, errors = timezone.localdate(), dict[str, str]()
    for number, infant in enumerate(infants):
        number_given = infant.get("nhs_number") or ""
        why = why_not_infant(
            born=infant.get("birth_date"),
            due=infant.get("estimated_due_date"),
            nhs_number=number_given,
            on=on,
            dates_needed=door not in MAY_NAME_NOBODY,
        )
        errors |= {f"infants.{number}.{name}": said for name, said in why.items()}
    return errors | {f"infants.{number}.nhs_number": GIVEN_TWICE for number in given_twice(infants)}


def given_twice(infants: People) -> list[int]:
    """Places in the list of those whose NHS number stands in it before.

    One that is held already is no fault of whoever refers, and they are not told: triage looks whose it is.
    """
    numbers = [infant.get("nhs_number") or None for infant in infants]
    return [place for place, given in enumerate(numbers) if given and given in numbers[:place]]


def main_carer_of(caregivers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The carer marked as the main one, else the first; {} where nobody is named."""
    main = (carer for carer in caregivers if carer.get("main_carer"))
    return next(main, caregivers[0] if caregivers else {})


def deprivation_of(postcode: str) -> dict[str, Any]:
    """Columns for where a postcode lies; empty ones when the directory does not know it."""
    found = look_up(postcode, timezone.localdate()) if postcode else None
    if found is None:
        return {"lsoa_code": "", "imd_decile": None, "imd_version": ""}
    version = str(found.imd_version) if found.imd_version else ""
    return {"lsoa_code": found.lsoa_code, "imd_decile": found.decile, "imd_version": version}


def _name_people(referral: Referral, infants: People, caregivers: People) -> None:
    for order, details in enumerate(infants, 1):
        number = details.get("nhs_number") or None
        ReferredInfant.objects.create(
            referral=referral,
            order=order,
            **details | {"nhs_number": number, "nhs_number_status": _number_status(number)},
        )
    for order, details in enumerate(caregivers, 1):
        main = details.get("main_carer") or len(caregivers) == 1
        ReferredCaregiver.objects.create(
            referral=referral, order=order, **details | {"main_carer": main, "nhs_number": None}
        )


def _number_status(number: str | None) -> str:
    return "02" if number else "03"  # NHS Data Dictionary: present but not traced; trace required
