"""A referral is made once, as it was said, whichever door it came through."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import next_reference
from pairs.families.life_rules import POSSIBLE_MATCH
from pairs.families.models import Infant
from pairs.geography.lookup import look_up
from pairs.service.models import Place, Site, User
from pairs.service.refusals import Refused
from referrals.models import Concern, Referral, ReferralStatus, ReferredCaregiver, ReferredInfant
from referrals.rules.eligible import why_not_infant

OTHER_PRIMARY_CARE = "A3"  # NHS source of referral of a professional who belongs to no team we know
People = Sequence[dict[str, Any]]


@transaction.atomic
def make_referral(
    *,
    by: User,
    door: str,
    permission: str,
    permission_reason: str,
    concerns: Iterable[Concern],
    noticed: str,
    parent_says: str,
    hopes: str,
    preferred_place: str,
    safe_contact: str,
    place: Place,
    infants: People,
    caregivers: People,
) -> Referral:
    """Keep a request for help as it was said, at the site that covers the place. Refused by field."""
    _refuse_unfit(
        permission=permission, permission_reason=permission_reason, infants=infants, carers=caregivers
    )
    now = timezone.now()
    referral = Referral.objects.create(
        reference=next_reference("R", timezone.localdate(now)),
        site=_site_for(place),
        place=place,
        door=door,
        source_code=by.team.source_code if by.team else OTHER_PRIMARY_CARE,
        referrer=by,
        team=by.team,
        received_at=now,
        permission=permission,
        permission_reason=permission_reason,
        noticed=noticed,
        parent_says=parent_says,
        hopes=hopes,
        preferred_place=preferred_place,
        safe_contact=safe_contact,
        **deprivation_of(main_carer_of(caregivers)["postcode"]),
    )
    referral.concerns.set(concerns)
    _name_people(referral, infants, caregivers)
    ReferralStatus.objects.create(referral=referral, status="received", at=now, by=by)
    return referral


def _site_for(place: Place) -> Site:
    """The covering site, or the hub while that site has not opened."""
    site = place.covering_site
    is_open = site.opens_on and site.opens_on <= timezone.localdate()
    return site if is_open else Site.objects.hub()


def _refuse_unfit(*, permission: str, permission_reason: str, infants: People, carers: People) -> None:
    errors: dict[str, str] = {}
    if permission == "lawful_basis" and not permission_reason.strip():
        errors["permission_reason"] = "Give the reason for referring without the parent's agreement."
    if not infants:
        errors["infants"] = "Name at least one baby."
    if not carers:
        errors["caregivers"] = "Name at least one carer."
    if errors := errors | why_not_infants(infants):
        raise Refused(errors)


def why_not_infants(infants: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Why these babies cannot be referred, by 'infants.<number>.<field>'; {} when they can."""
    on, errors = timezone.localdate(), dict[str, str]()
    for number, infant in enumerate(infants):
        number_given = infant.get("nhs_number") or ""
        why = why_not_infant(
            born=infant.get("birth_date"),
            due=infant.get("estimated_due_date"),
            nhs_number=number_given,
            on=on,
        )
        errors |= {f"infants.{number}.{name}": said for name, said in why.items()}
    return errors | {f"infants.{number}.nhs_number": POSSIBLE_MATCH for number in known_already(infants)}


def known_already(infants: People) -> list[int]:
    """Places in the list of those whose NHS number is held already, anywhere, or is given twice here."""
    numbers = [infant.get("nhs_number") or None for infant in infants]
    live = set(
        Infant.objects.live()
        .filter(nhs_number__in=[*filter(None, numbers)])
        .values_list("nhs_number", flat=True)
    )
    return [n for n, given in enumerate(numbers) if given and (given in live or given in numbers[:n])]


def main_carer_of(caregivers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The carer marked as the main one, else the first."""
    return next((carer for carer in caregivers if carer["main_carer"]), caregivers[0])


def deprivation_of(postcode: str) -> dict[str, Any]:
    """Columns for where a postcode lies; empty ones when the directory does not know it."""
    found = look_up(postcode, timezone.localdate()) if postcode else None
    if found is None:
        return {"lsoa_code": "", "imd_decile": None, "imd_version": ""}
    version = str(found.imd_version) if found.imd_version else ""
    return {"lsoa_code": found.lsoa_code, "imd_decile": found.decile, "imd_version": version}


def _name_people(referral: Referral, infants: People, caregivers: People) -> None:
    for order, details in enumerate(infants, 1):
        number = details["nhs_number"] or None
        ReferredInfant.objects.create(
            referral=referral,
            order=order,
            **details | {"nhs_number": number, "nhs_number_status": _number_status(number)},
        )
    for order, details in enumerate(caregivers, 1):
        main = details["main_carer"] or len(caregivers) == 1
        ReferredCaregiver.objects.create(
            referral=referral, order=order, **details | {"main_carer": main, "nhs_number": None}
        )


def _number_status(number: str | None) -> str:
    return "02" if number else "03"  # NHS Data Dictionary: present but not traced; trace required
