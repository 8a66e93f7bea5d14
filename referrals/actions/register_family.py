"""Registers named people in a family: new or existing records, and a dyad for each infant and carer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from pairs.families.actions import allocate_reference
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.service.refusals import ActionRefused
from referrals.actions.linking import PersonLinks
from referrals.actions.submit import look_up_deprivation
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.safe_contact import format_safe_contact

# Copied from the referral, so that the carer is not asked again.
COPIED_CONTACT_FIELDS = (
    *("may_call", "may_text", "may_leave_message", "may_email", "may_post"),
    *("communication_needs", "access_needs"),
)
UNKNOWN_RELATIONSHIP = "other"  # a family that asks for help need not say who they are to the baby
NHS_NUMBER_CONFLICT = "05"  # NHS Data Dictionary: trace needs to be resolved, number or details conflict
NHS_NUMBER_CLASH = "Possible match: the hub will check. A baby with this NHS number is already held."


@dataclass(frozen=True)
class SelectedPeople:
    """Who of those named becomes a person in the family's record."""

    infants: list[ReferredInfant]
    carers: list[ReferredCaregiver]


def get_existing_family(referral: Referral) -> Family | None:
    """The carer's family, when it is their own help that is asked for."""
    return referral.family if referral.patient_id else None


def register_people(
    referral: Referral,
    family: Family,
    chosen: SelectedPeople,
    links: PersonLinks,
    without_number: Collection[UUID] = (),
) -> None:
    """Register the chosen people in the family, linking existing records and creating dyads.

    ``links``: {named id: existing record}. ``without_number``: ids whose NHS number is another baby's.
    """
    carers = {
        each: _get_or_create_caregiver(referral, family, each, chosen.carers, links) for each in chosen.carers
    }
    carrying = next((carers[named] for named in chosen.carers if named.pregnant), None)
    infants = [_link_to_record(named, links[named.pk]) for named in chosen.infants if named.pk in links]
    new = [named for named in chosen.infants if named.pk not in links]
    for day in dict.fromkeys(_get_birth_or_due_date(named) for named in new):
        together = [named for named in new if _get_birth_or_due_date(named) == day]
        infants += _register_same_pregnancy(family, together, carrying, without_number)
    for infant in infants:
        for named, carer in carers.items():
            _create_dyad(family, infant, carer, named, only=len(carers) == 1)


def _get_birth_or_due_date(named: ReferredInfant) -> date | None:
    return named.birth_date or named.estimated_due_date


def _register_same_pregnancy(
    family: Family, named: list[ReferredInfant], carrying: Caregiver | None, without_number: Collection[UUID]
) -> list[Infant]:
    """Create infants of one pregnancy, together with existing siblings of the same date."""
    held = _find_same_pregnancy(family, named[0], carrying)
    pregnancy = held[0].pregnancy if held else uuid4()
    before = max((max(each.plurality, each.twin_order) for each in held), default=0)
    for each in held:
        each.change(plurality=before + len(named))
    return [
        _create_infant(
            family,
            each,
            without_number,
            carried_by=carrying or (held[0].carried_by if held else None),
            pregnancy=pregnancy,
            twin_order=order,
            plurality=before + len(named),
        )
        for order, each in enumerate(named, before + 1)
    ]


def _find_same_pregnancy(family: Family, named: ReferredInfant, carrying: Caregiver | None) -> list[Infant]:
    """The held babies of the family who were born, or are due, on the same day; by the same person, where known."""
    day = (
        {"birth_date": named.birth_date}
        if named.birth_date
        else {"estimated_due_date": _get_birth_or_due_date(named)}
    )
    same = Infant.objects.live().filter(family=family, **day).select_for_update(of=("self",))
    if carrying:
        same = same.filter(Q(carried_by=carrying) | Q(carried_by=None))
    return list(same.order_by("twin_order"))


def _get_or_create_caregiver(
    referral: Referral,
    family: Family,
    named: ReferredCaregiver,
    chosen: list[ReferredCaregiver],
    links: PersonLinks,
) -> Caregiver:
    """The linked record, or a new caregiver."""
    if named.pk in links:
        return _link_to_record(named, links[named.pk])
    return _create_caregiver(referral, family, named, chosen)


def _create_caregiver(
    referral: Referral, family: Family, named: ReferredCaregiver, chosen: list[ReferredCaregiver]
) -> Caregiver:
    carer = Caregiver.objects.create(
        family=family,
        safe_contact=_describe_safe_contact(referral) if named == _find_main_carer(chosen) else "",
        **_copy_fields(
            named, "birth_date", "phone", "email", "language", "needs_interpreter", *COPIED_CONTACT_FIELDS
        ),
    )
    if named.postcode or named.address_lines:
        found = look_up_deprivation(named.postcode)
        day = timezone.localdate() if found["lsoa_code"] else None
        Address.objects.create(
            family=family,
            caregiver=carer,
            lines=named.address_lines,
            postcode=named.postcode,
            looked_up_on=day,
            **found,
        )
    return _link_to_record(named, carer)


def _describe_safe_contact(referral: Referral) -> str:
    return format_safe_contact(
        safe_contact=referral.safe_contact,
        best_times=referral.best_times,
        unsafe_times=referral.unsafe_times,
    )


def _find_main_carer(chosen: list[ReferredCaregiver]) -> ReferredCaregiver:
    return next((each for each in chosen if each.main_carer), chosen[0])


def _create_infant(
    family: Family, named: ReferredInfant, without_number: Collection[UUID], **pregnancy: Any
) -> Infant:
    reference = allocate_reference("PI", timezone.localdate())
    details = _copy_fields(named, "birth_date", "estimated_due_date", "sex")
    if named.pk in without_number:
        details |= {"nhs_number": None, "nhs_number_status": NHS_NUMBER_CONFLICT}
    try:
        with transaction.atomic():
            infant = Infant.objects.create(family=family, reference=reference, **details, **pregnancy)
    except IntegrityError as clash:  # somebody else accepted a baby with this number a moment ago
        raise ActionRefused(NHS_NUMBER_CLASH) from clash
    return _link_to_record(named, infant)


def _copy_fields(named: ReferredInfant | ReferredCaregiver, *names: str) -> dict[str, Any]:
    alike = ("given_name", "family_name", "nhs_number", "nhs_number_status", "ethnicity")
    return {name: getattr(named, name) for name in alike + names}


def _link_to_record(named: Any, person: Any) -> Any:
    named.became = person
    named.save(update_fields=["became"])
    return person


def _create_dyad(
    family: Family, infant: Infant, caregiver: Caregiver, named: ReferredCaregiver, *, only: bool
) -> None:
    """Create the dyad unless it exists. An only named carer does not replace a known main carer."""
    current = Dyad.objects.live().current().filter(infant=infant)
    if current.filter(caregiver=caregiver).exists():
        return
    known = only and current.filter(main_carer=True).exists()
    Dyad.objects.create(
        family=family,
        infant=infant,
        caregiver=caregiver,
        relationship=named.relationship or UNKNOWN_RELATIONSHIP,
        main_carer=(named.main_carer or only) and not known,
        lives_with=named.lives_with,
    )
