"""Submits a referral, whichever entry point it came through."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import allocate_reference
from pairs.families.actions.addresses import find_place_of_postcode
from pairs.geography.lookup import look_up_postcode
from pairs.service.models import Place, Site, User, get_place_of_site
from pairs.service.refusals import ActionRefused
from referrals.actions.first_reader import start_reading_clock
from referrals.models import Concern, Referral, ReferralStatus, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import EntryPoint, PermissionBasis, ReferralState
from referrals.rules.eligibility import (
    ENTRY_POINTS_WITHOUT_NAMES,
    find_carrier_errors,
    find_infant_errors,
    find_naming_errors,
    find_reachability_errors,
    find_twin_errors,
)
from referrals.rules.sources import choose_source_code

PersonRows = Sequence[dict[str, Any]]
DUPLICATE_NHS_NUMBER = "This NHS number is entered twice. Each person has their own."
# Columns of a referral that an entry point may leave out.
OPTIONAL_REFERRAL_FIELDS = {
    *("noticed", "parent_says", "hopes", "at_home", "others_involved", "place_assumed"),
    *("preferred_place", "who_comes", "safe_contact", "best_times", "unsafe_times", "first_visit_together"),
    *("asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone", "asker_email"),
}


@transaction.atomic
def make_referral(
    *,
    by: User | None,
    entry_point: str,
    permission: str,
    concerns: Iterable[Concern],
    place: Place | None,
    infants: PersonRows,
    caregivers: PersonRows,
    permission_reason: str = "",
    source_code: str = "",
    **told: Any,
) -> Referral:
    """Save a request for help as received, at the site that covers the place. Refused by field.

    Where nobody said the place, it is the main carer's by their postcode; else the hub takes it, marked as assumed.
    ``told``: any of OPTIONAL_REFERRAL_FIELDS. ``by``: who typed it; None without an account.
    ``source_code``: NHS source of referral; where not given, from entry point, team and profession.
    """
    if unknown := set(told) - OPTIONAL_REFERRAL_FIELDS:
        raise TypeError(f"A referral does not hold {sorted(unknown)}.")
    _validate_referral(
        entry_point=entry_point,
        permission=permission,
        permission_reason=permission_reason,
        infants=infants,
        carers=caregivers,
    )
    now = timezone.now()
    known = place or find_place_of_postcode(get_main_carer(caregivers).get("postcode", ""))
    taken = known or get_place_of_site(Site.objects.hub())
    told = {"place_assumed": known is None} | told
    referral = Referral.objects.create(
        reference=allocate_reference("R", timezone.localdate(now)),
        site=get_covering_site(taken),
        place=taken,
        entry_point=entry_point,
        source_code=source_code or _choose_source(by, entry_point, told),
        **_get_referrer_fields(by, entry_point),
        received_at=now,
        permission=permission,
        permission_reason=permission_reason,
        **told,
        **look_up_deprivation(get_main_carer(caregivers).get("postcode", "")),
    )
    referral.concerns.set(concerns)
    _create_referred_people(referral, infants, caregivers)
    ReferralStatus.objects.create(referral=referral, status=ReferralState.RECEIVED, at=now, by=by)
    return start_reading_clock(referral)


def _get_referrer_fields(by: User | None, entry_point: str) -> dict[str, Any]:
    """Referrer and team, if they have an account. Staff who type a phone referral are not the referrer."""
    return {"referrer": by, "team": by.team} if by and entry_point != EntryPoint.PHONE else {}


def _choose_source(by: User | None, entry_point: str, told: dict[str, Any]) -> str:
    return choose_source_code(
        entry_point=entry_point,
        group=told.get("asker_group", ""),
        team=by.team.source_code if by and by.team else "",
        somebody_else=bool(told.get("asker_name")),
    )


def get_covering_site(place: Place) -> Site:
    """The covering site, or the hub while that site is not open."""
    site = place.covering_site
    return site if site.is_open_on(timezone.localdate()) else Site.objects.hub()


def _validate_referral(
    *, entry_point: str, permission: str, permission_reason: str, infants: PersonRows, carers: PersonRows
) -> None:
    errors: dict[str, str] = {}
    if permission == PermissionBasis.LAWFUL_BASIS and not permission_reason.strip():
        errors["permission_reason"] = "Enter the reason for referring without the parent's agreement."
    errors |= find_naming_errors(entry_point=entry_point, infants=len(infants), carers=len(carers))
    errors |= find_reachability_errors(entry_point=entry_point, carers=carers)
    errors |= find_infant_rows_errors(infants, entry_point=entry_point)
    errors |= find_carer_rows_errors(infants, carers)
    errors |= find_carrier_errors(
        infants=len(infants), carriers=sum(bool(each.get("pregnant")) for each in carers)
    )
    if errors:
        raise ActionRefused(errors)


def find_infant_rows_errors(
    infants: Sequence[dict[str, Any]], *, entry_point: str = EntryPoint.PROFESSIONAL
) -> dict[str, str]:
    """Why these babies cannot be referred, by 'infants.<number>.<field>'; {} when they can."""
    on, errors = timezone.localdate(), dict[str, str]()
    for number, infant in enumerate(infants):
        number_given = infant.get("nhs_number") or ""
        why = find_infant_errors(
            born=infant.get("birth_date"),
            due=infant.get("estimated_due_date"),
            nhs_number=number_given,
            on=on,
            dates_needed=entry_point not in ENTRY_POINTS_WITHOUT_NAMES,
            loss=infant.get("loss") or "",
            lost_on=infant.get("lost_on"),
        ) | find_twin_errors(plurality=infant.get("plurality"), order=infant.get("twin_order"))
        errors |= {f"infants.{number}.{name}": said for name, said in why.items()}
    return errors | {
        f"infants.{number}.nhs_number": DUPLICATE_NHS_NUMBER for number in find_duplicate_numbers(infants)
    }


def find_carer_rows_errors(infants: PersonRows, carers: PersonRows) -> dict[str, str]:
    """Why these carers cannot be named beside these babies, by 'caregivers.<number>.<field>'; {} when they can."""
    repeated = (place - len(infants) for place in find_duplicate_numbers([*infants, *carers]))
    return {f"caregivers.{number}.nhs_number": DUPLICATE_NHS_NUMBER for number in repeated if number >= 0}


def find_duplicate_numbers(people: PersonRows) -> list[int]:
    """Indexes of rows that repeat an NHS number given earlier in the list.

    A number that is already on record is no error of the referrer, and they are not told: triage checks it.
    """
    numbers = [each.get("nhs_number") or None for each in people]
    return [place for place, given in enumerate(numbers) if given and given in numbers[:place]]


def get_main_carer(caregivers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The carer marked as the main one, else the first; {} where nobody is named."""
    main = (carer for carer in caregivers if carer.get("main_carer"))
    return next(main, caregivers[0] if caregivers else {})


def look_up_deprivation(postcode: str) -> dict[str, Any]:
    """LSOA and deprivation columns of a postcode; empty when it is not in the directory."""
    found = look_up_postcode(postcode, timezone.localdate()) if postcode else None
    if found is None:
        return {"lsoa_code": "", "imd_decile": None, "imd_version": ""}
    version = str(found.imd_version) if found.imd_version else ""
    return {"lsoa_code": found.lsoa_code, "imd_decile": found.decile, "imd_version": version}


def _create_referred_people(referral: Referral, infants: PersonRows, caregivers: PersonRows) -> None:
    for order, details in enumerate(infants, 1):
        ReferredInfant.objects.create(
            referral=referral, order=order, **details | build_number_values(details)
        )
    for order, details in enumerate(caregivers, 1):
        main = details.get("main_carer") or len(caregivers) == 1
        ReferredCaregiver.objects.create(
            referral=referral, order=order, **details | {"main_carer": main} | build_number_values(details)
        )


def build_number_values(details: Mapping[str, Any]) -> dict[str, str | None]:
    """The NHS number with its status (NHS Data Dictionary): present but not traced, or trace required."""
    number = details.get("nhs_number") or None
    return {"nhs_number": number, "nhs_number_status": "02" if number else "03"}
