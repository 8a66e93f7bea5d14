"""Registers named people in a family: new or existing records, and a dyad for each infant and carer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.families.actions import allocate_reference
from pairs.families.choices import AddressKind
from pairs.families.last_day import has_died
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.families.placeholder_names import read_newborn_name
from pairs.families.rules import says_no_fixed_abode
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.actions.differences import carry_to_dyad, carry_to_record, describe_safe_contact
from referrals.actions.linking import LinkedPeople, MatchAnswerInput, PersonLinks
from referrals.actions.submit import look_up_deprivation
from referrals.matching import may_be_same_birth, was_born_alone
from referrals.models import Referral, ReferredCaregiver, ReferredInfant

# Copied from the referral, so that the carer is not asked again.
COPIED_CONTACT_FIELDS = (
    *("may_call", "may_text", "may_leave_message", "may_email", "may_post"),
    *("communication_needs", "access_needs"),
)
UNKNOWN_RELATIONSHIP = "other"  # a family that asks for help need not say who they are to the baby
NHS_NUMBER_CONFLICT = "05"  # NHS Data Dictionary: trace needs to be resolved, number or details conflict
NHS_NUMBER_CLASH = (
    "Possible match: the hub will check. We already have a record with the NHS number of {named}."
)


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
    found: LinkedPeople,
    said: Sequence[MatchAnswerInput],
    without_number: Collection[UUID] = (),
    *,
    by: User,
) -> None:
    """Register the chosen people in the family, linking existing records and creating dyads.

    ``found``: who has a record. ``said``: what was answered of each; of a record that is the same also the fields of
    which the referral's word is taken. ``without_number``: ids whose NHS number is somebody else's.
    """
    _correct_names([*chosen.infants, *chosen.carers], said)
    carers = {
        each: _get_or_create_caregiver(referral, family, each, chosen.carers, found.links, without_number)
        for each in chosen.carers
    }
    carriers = find_carriers(chosen, said)
    carrying = {baby: carers[named] for baby, named in carriers.items()}
    linked = {
        each.pk: _link_to_record(each, found.links[each.pk])
        for each in chosen.infants
        if each.pk in found.links
    }
    infants = list(linked.values())
    _carry_to_records(referral, chosen, found, said, by)
    for named_as, infant in linked.items():
        _fill_carried_by(infant, carrying.get(named_as))
    new = [each for each in chosen.infants if each.pk not in linked]
    for together in group_births(new, {each.named: each for each in said}):
        held = _find_held_baby(together, linked, found, said)
        carrier = next((carrying[each.pk] for each in together if each.pk in carrying), None)
        infants += _register_same_birth(family, together, held, carrier, without_number)
    for infant in infants:
        for named, carer in carers.items():
            _create_or_update_dyad(family, infant, carer, named, only=len(carers) == 1, by=by)


def _carry_to_records(
    referral: Referral,
    chosen: SelectedPeople,
    found: LinkedPeople,
    said: Sequence[MatchAnswerInput],
    by: User,
) -> None:
    """What the referral says of people who have a record reaches it, as was answered of each."""
    take = {each.named: each.take for each in said}
    people: list[ReferredInfant | ReferredCaregiver] = [*chosen.infants, *chosen.carers]
    for named in people:
        if named.pk in found.links:
            words = describe_safe_contact(referral) if _is_main_carer(named, chosen.carers) else ""
            taken = take.get(named.pk, ())
            carry_to_record(named, found.links[named.pk], safe_contact=words, take=taken, by=by)


def find_carriers(chosen: SelectedPeople, said: Sequence[MatchAnswerInput]) -> dict[UUID, ReferredCaregiver]:
    """{id of a named baby: who carried them}: the one who is said to, or as was answered where several are."""
    pregnant = {each.pk: each for each in chosen.carers if each.pregnant}
    if len(pregnant) == 1:
        (only,) = pregnant.values()
        return {each.pk: only for each in chosen.infants}
    answers = {each.named: each.carried_by for each in said if each.carried_by}
    return {named: pregnant[carrier] for named, carrier in answers.items() if carrier in pregnant}


def _fill_carried_by(infant: Infant, carrying: Caregiver | None) -> None:
    if carrying and infant.carried_by_id is None and carrying.family_id == infant.family_id:
        infant.change(carried_by=carrying)


def _correct_names(people: Sequence[Any], said: Sequence[MatchAnswerInput]) -> None:
    """The parts of a name as triage put them right: for the records alone. The referral stays as it was said."""
    names = {each.named: each.name for each in said if each.name}
    for person in people:
        person.given_name, person.family_name = names.get(person.pk, (person.given_name, person.family_name))


def group_births(
    new: Sequence[ReferredInfant], said: Mapping[UUID, MatchAnswerInput]
) -> list[list[ReferredInfant]]:
    """The new babies birth by birth: as was said of them, else those of one day were born together."""
    births: list[list[ReferredInfant]] = []
    for named in new:
        answer = said.get(named.pk) or MatchAnswerInput(named.pk)
        birth = next((each for each in births if _belongs_to(named, answer, each, said)), None)
        if birth:
            birth.append(named)
        else:
            births.append([named])
    return births


def _belongs_to(
    named: ReferredInfant,
    answer: MatchAnswerInput,
    birth: Sequence[ReferredInfant],
    said: Mapping[UUID, MatchAnswerInput],
) -> bool:
    others = [said.get(each.pk) or MatchAnswerInput(each.pk) for each in birth]
    if answer.born_with:
        return any(answer.born_with in (each.named, each.born_with) for each in others)
    if any(each.born_with == named.pk for each in others):
        return True
    alike = may_be_same_birth(birth[0], named) and not was_born_alone(named, birth[0])
    together = alike or any(map(_was_lost_before_birth, (birth[0], named)))
    return not answer.own_birth and together and others[0].born_with is None


def _was_lost_before_birth(named: ReferredInfant) -> bool:
    """A twin lost before birth has a due date at most: they belong to the baby who is named beside them."""
    return has_died(named) and named.birth_date is None


def _find_held_baby(
    together: Sequence[ReferredInfant],
    linked: Mapping[UUID, Infant],
    found: LinkedPeople,
    said: Sequence[MatchAnswerInput],
) -> Infant | None:
    """The baby with a record, with whom these were born: chosen from the records, or named and linked to one."""
    ids = {each.pk for each in together}
    for answer in said:
        if answer.named in ids and answer.born_with:
            held = found.births.get(answer.named) or linked.get(answer.born_with)
            if held:
                return held
    return None


def _register_same_birth(
    family: Family,
    named: Sequence[ReferredInfant],
    held: Infant | None,
    carrying: Caregiver | None,
    without_number: Collection[UUID],
) -> list[Infant]:
    """Create the infants of one birth, beside those who are held of it; number and order follow."""
    before = list(Infant.objects.carried_with(held).select_for_update(of=("self",))) if held else []
    orders, plurality = number_new_babies([(each.twin_order, each.plurality) for each in before], named)
    for each in before:
        each.change(plurality=plurality)
    return [
        _create_infant(
            family,
            each,
            without_number,
            carried_by=carrying or (held.carried_by if held else None),
            pregnancy=held.pregnancy if held else pregnancy,
            twin_order=order,
            plurality=plurality,
        )
        for pregnancy in [uuid4()]
        for order, each in zip(orders, named, strict=True)
    ]


def number_new_babies(
    held: Sequence[tuple[int, int]], named: Sequence[ReferredInfant]
) -> tuple[list[int], int]:
    """(which each of the named is, how many they all are); "Twin 2" is the second, if nobody else is.

    ``held``: (which, of how many) of the babies of the birth who have records.
    """
    taken, written = {order for order, _ in held}, [each.twin for each in named]
    orders = [order for order, many in written if many > 1 and order not in taken]
    if len(set(orders)) < len(named):
        places = range(1, len(held) + len(named) + 1)
        orders = [order for order in places if order not in taken][: len(named)]
    return orders, max([len(held) + len(named), *taken, *orders, *(many for _, many in (*held, *written))])


def _get_or_create_caregiver(
    referral: Referral,
    family: Family,
    named: ReferredCaregiver,
    chosen: list[ReferredCaregiver],
    links: PersonLinks,
    without_number: Collection[UUID],
) -> Caregiver:
    """The linked record, or a new caregiver."""
    if named.pk in links:
        return _link_to_record(named, links[named.pk])
    return _create_caregiver(referral, family, named, chosen, without_number)


def _create_caregiver(
    referral: Referral,
    family: Family,
    named: ReferredCaregiver,
    chosen: list[ReferredCaregiver],
    without_number: Collection[UUID],
) -> Caregiver:
    details = _copy_fields(
        named, "birth_date", "phone", "email", "language", "needs_interpreter", *COPIED_CONTACT_FIELDS
    )
    details["safe_contact"] = describe_safe_contact(referral) if _is_main_carer(named, chosen) else ""
    carer = _create_person(Caregiver, named, without_number, family=family, **details)
    if named.postcode or named.address_lines:
        found = look_up_deprivation(named.postcode)
        day = timezone.localdate() if found["lsoa_code"] else None
        Address.objects.create(
            family=family,
            caregiver=carer,
            kind=AddressKind.NO_FIXED_ABODE if says_no_fixed_abode(named.address_lines) else AddressKind.HOME,
            lines=named.address_lines,
            postcode=named.postcode,
            looked_up_on=day,
            **found,
        )
    return _link_to_record(named, carer)


def _is_main_carer(named: ReferredInfant | ReferredCaregiver, chosen: Sequence[ReferredCaregiver]) -> bool:
    """Every main carer, or the first where none is said to be: what is said of safe contact is said of them."""
    main = [each for each in chosen if each.main_carer] or chosen[:1]
    return named in main


def _create_infant(
    family: Family, named: ReferredInfant, without_number: Collection[UUID], **pregnancy: Any
) -> Infant:
    reference = allocate_reference("PI", timezone.localdate())
    name = read_newborn_name(named.given_name, named.family_name)
    details = _copy_fields(named, "birth_date", "estimated_due_date", "sex", "loss", "lost_on")
    details |= {"given_name": name.given_name, "family_name": name.family_name}
    infant = _create_person(
        Infant, named, without_number, family=family, reference=reference, **details, **pregnancy
    )
    return _link_to_record(named, infant)


def _create_person(
    model: type[Any],
    named: ReferredInfant | ReferredCaregiver,
    without_number: Collection[UUID],
    **details: Any,
) -> Any:
    """The new record; of an NHS number that is somebody else's, only that there is a conflict to resolve."""
    if named.pk in without_number:
        details |= {"nhs_number": None, "nhs_number_status": NHS_NUMBER_CONFLICT}
    try:
        with transaction.atomic():
            return model.objects.create(**details)
    except IntegrityError as clash:  # somebody else accepted a person with this number a moment ago
        raise ActionRefused(NHS_NUMBER_CLASH.format(named=named)) from clash


def _copy_fields(named: ReferredInfant | ReferredCaregiver, *names: str) -> dict[str, Any]:
    alike = ("given_name", "family_name", "nhs_number", "nhs_number_status", "ethnicity")
    return {name: getattr(named, name) for name in alike + names}


def _link_to_record(named: Any, person: Any) -> Any:
    named.became = person
    named.save(update_fields=["became"])
    return person


def _create_or_update_dyad(
    family: Family, infant: Infant, caregiver: Caregiver, named: ReferredCaregiver, *, only: bool, by: User
) -> None:
    """Create the dyad, or bring what is said to the one there is. An only carer does not replace a main carer."""
    current = Dyad.objects.live().current().filter(infant=infant)
    if held := current.filter(caregiver=caregiver).first():
        carry_to_dyad(named, held, by=by)
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
