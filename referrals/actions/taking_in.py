"""Those named become people of a family, new or held already, and each infant with each carer a dyad."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from pairs.families.actions import next_reference
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.service.refusals import Refused
from referrals.actions.doors import deprivation_of
from referrals.actions.linking import Links
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.reaching import how_to_reach

# What a carer has said at the door and is never asked again.
TOLD_ONCE = (
    *("may_call", "may_text", "may_leave_message", "may_email", "may_post"),
    *("communication_needs", "access_needs"),
)
NOT_SAID = "other"  # a family that asks for help need not say who they are to the baby
CONFLICT = "05"  # NHS Data Dictionary: trace needs to be resolved, number or details conflict
HELD_ALREADY = "Possible match: the hub will check. A baby with this NHS number is already held."


@dataclass(frozen=True)
class Chosen:
    """Who of those named becomes a person in the family's record."""

    infants: list[ReferredInfant]
    carers: list[ReferredCaregiver]


def held_family(referral: Referral) -> Family | None:
    """The carer's family, when it is their own help that is asked for."""
    return referral.family if referral.patient_id else None


def take_in(
    referral: Referral, family: Family, chosen: Chosen, links: Links, without_number: Collection[UUID] = ()
) -> None:
    """Those named and chosen, in the family: who is held already, and new people; each infant with each carer a dyad.

    ``links``: {id of the named person: who they are}. ``without_number``: whose NHS number is another baby's.
    """
    carers = {each: _carer(referral, family, each, chosen.carers, links) for each in chosen.carers}
    carrying = next((carers[named] for named in chosen.carers if named.pregnant), None)
    infants = [_became(named, links[named.pk]) for named in chosen.infants if named.pk in links]
    new = [named for named in chosen.infants if named.pk not in links]
    for day in dict.fromkeys(_day(named) for named in new):
        together = [named for named in new if _day(named) == day]
        infants += _born_together(family, together, carrying, without_number)
    for infant in infants:
        for named, carer in carers.items():
            _dyad(family, infant, carer, named, only=len(carers) == 1)


def _day(named: ReferredInfant) -> date | None:
    return named.birth_date or named.estimated_due_date


def _born_together(
    family: Family, named: list[ReferredInfant], carrying: Caregiver | None, without_number: Collection[UUID]
) -> list[Infant]:
    """New infants of one pregnancy; one that is held already, of the same day, is theirs too."""
    held = _same_pregnancy(family, named[0], carrying)
    pregnancy = held[0].pregnancy if held else uuid4()
    before = max((max(each.plurality, each.twin_order) for each in held), default=0)
    for each in held:
        each.change(plurality=before + len(named))
    return [
        _infant(
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


def _same_pregnancy(family: Family, named: ReferredInfant, carrying: Caregiver | None) -> list[Infant]:
    """The held babies of the family who were born, or are due, on the same day; by the same person, where known."""
    day = {"birth_date": named.birth_date} if named.birth_date else {"estimated_due_date": _day(named)}
    same = Infant.objects.live().filter(family=family, **day).select_for_update(of=("self",))
    if carrying:
        same = same.filter(Q(carried_by=carrying) | Q(carried_by=None))
    return list(same.order_by("twin_order"))


def _carer(
    referral: Referral,
    family: Family,
    named: ReferredCaregiver,
    chosen: list[ReferredCaregiver],
    links: Links,
) -> Caregiver:
    """Who they are already, or a person of their own."""
    if named.pk in links:
        return _became(named, links[named.pk])
    return _caregiver(referral, family, named, chosen)


def _caregiver(
    referral: Referral, family: Family, named: ReferredCaregiver, chosen: list[ReferredCaregiver]
) -> Caregiver:
    carer = Caregiver.objects.create(
        family=family,
        safe_contact=_how_to_reach(referral) if named == _main(chosen) else "",
        **_copied(named, "birth_date", "phone", "email", "language", "needs_interpreter", *TOLD_ONCE),
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


def _how_to_reach(referral: Referral) -> str:
    return how_to_reach(
        safe_contact=referral.safe_contact,
        best_times=referral.best_times,
        unsafe_times=referral.unsafe_times,
    )


def _main(chosen: list[ReferredCaregiver]) -> ReferredCaregiver:
    return next((each for each in chosen if each.main_carer), chosen[0])


def _infant(
    family: Family, named: ReferredInfant, without_number: Collection[UUID], **pregnancy: Any
) -> Infant:
    reference = next_reference("PI", timezone.localdate())
    details = _copied(named, "birth_date", "estimated_due_date", "sex")
    if named.pk in without_number:
        details |= {"nhs_number": None, "nhs_number_status": CONFLICT}
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
    """The relationship, unless it is held already. Named alone is no word against the main carer we know."""
    current = Dyad.objects.live().current().filter(infant=infant)
    if current.filter(caregiver=caregiver).exists():
        return
    known = only and current.filter(main_carer=True).exists()
    Dyad.objects.create(
        family=family,
        infant=infant,
        caregiver=caregiver,
        relationship=named.relationship or NOT_SAID,
        main_carer=(named.main_carer or only) and not known,
        lives_with=named.lives_with,
    )
