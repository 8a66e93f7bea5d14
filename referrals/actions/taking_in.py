"""The family that is made of what a referral says: people of their own, and their dyads."""

from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.families.actions import next_reference
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.service.models import Site
from pairs.service.refusals import Refused
from referrals.actions.doors import deprivation_of
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.eligible import pregnancies

HELD_ALREADY = "Possible match: the hub will check. A baby with this NHS number is already held."


def held_family(referral: Referral) -> Family | None:
    """The carer's family, when it is their own help that is asked for."""
    return referral.family if referral.patient_id else None


def new_family(referral: Referral, site: Site, chosen: list[ReferredCaregiver]) -> Family:
    family = Family.objects.create(site=site, place=referral.place)
    _take_in(referral, family, chosen)
    return family


def _take_in(referral: Referral, family: Family, chosen: list[ReferredCaregiver]) -> None:
    """People of their own, from those named; each infant with each carer is a dyad."""
    carers = {named: _caregiver(referral, family, named, chosen) for named in chosen}
    carrying = next((carers[named] for named in chosen if named.pregnant), None)
    named_infants = list(referral.infants.live())
    dates = [each.birth_date or each.estimated_due_date for each in named_infants]
    carried_together = {each: uuid4() for each in dates}
    for named, day, (order, plurality) in zip(named_infants, dates, pregnancies(dates), strict=True):
        infant = _infant(
            family,
            named,
            carried_by=carrying,
            pregnancy=carried_together[day],
            twin_order=order,
            plurality=plurality,
        )
        for carer in chosen:
            _dyad(family, infant, carers[carer], carer, only=len(chosen) == 1)


def _caregiver(
    referral: Referral, family: Family, named: ReferredCaregiver, chosen: list[ReferredCaregiver]
) -> Caregiver:
    carer = Caregiver.objects.create(
        family=family,
        safe_contact=referral.safe_contact if named == _main(chosen) else "",
        **_copied(named, "birth_date", "phone", "email", "language", "needs_interpreter"),
    )
    if named.postcode or named.address_lines:
        found = deprivation_of(named.postcode)
        day = timezone.localdate() if found["lsoa_code"] else None
        Address.objects.create(
            family=family,
            caregiver=carer,
            lines=named.address_lines,
            postcode=named.postcode,
            looked_up_on=day,
            **found,
        )
    return _became(named, carer)


def _main(chosen: list[ReferredCaregiver]) -> ReferredCaregiver:
    return next((each for each in chosen if each.main_carer), chosen[0])


def _infant(family: Family, named: ReferredInfant, **pregnancy: Any) -> Infant:
    reference = next_reference("PI", timezone.localdate())
    details = _copied(named, "birth_date", "estimated_due_date", "sex")
    try:
        with transaction.atomic():
            infant = Infant.objects.create(family=family, reference=reference, **details, **pregnancy)
    except IntegrityError as clash:  # another desk accepted a baby with this number a moment ago
        raise Refused(HELD_ALREADY) from clash
    return _became(named, infant)


def _copied(named: ReferredInfant | ReferredCaregiver, *names: str) -> dict[str, Any]:
    alike = ("given_name", "family_name", "nhs_number", "nhs_number_status", "ethnicity")
    return {name: getattr(named, name) for name in alike + names}


def _became(named: Any, person: Any) -> Any:
    named.became = person
    named.save(update_fields=["became"])
    return person


def _dyad(
    family: Family, infant: Infant, caregiver: Caregiver, named: ReferredCaregiver, *, only: bool
) -> None:
    Dyad.objects.create(
        family=family,
        infant=infant,
        caregiver=caregiver,
        relationship=named.relationship,
        main_carer=named.main_carer or only,
        lives_with=named.lives_with,
    )
