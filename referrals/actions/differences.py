"""What a referral says of people we hold reaches their records: filled in, made stricter, or put to somebody."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, TemplateScope
from pairs.families.actions import add_address, update_caregiver, update_dyad, update_infant
from pairs.families.actions.same_birth import record_same_birth
from pairs.families.choices import AddressKind, Relationship
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.families.models.addresses import AddressQuerySet
from pairs.families.presenters import list_address_lines
from pairs.families.rules import says_no_fixed_abode
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.differences import (
    ADDRESS,
    CAREGIVER,
    CAREGIVER_FIELDS,
    DYAD,
    DYAD_FIELDS,
    INFANT,
    INFANT_FIELDS,
    SAFE_CONTACT,
    Difference,
    find_differences,
)
from referrals.rules.safe_contact import format_safe_contact

NamedPerson = ReferredInfant | ReferredCaregiver
Person = Infant | Caregiver
NOW, HELD, SAID = "now", "held", "said"
DATE_FIELDS = ("birth_date", "estimated_due_date")


def describe_safe_contact(referral: Referral) -> str:
    """Everything that the referral says of when and how the main carer may be reached."""
    return format_safe_contact(
        safe_contact=referral.safe_contact,
        best_times=referral.best_times,
        unsafe_times=referral.unsafe_times,
    )


def list_said(
    named: NamedPerson, person: Person, safe_contact: str = ""
) -> list[tuple[Difference, Any, bool]]:
    """[(difference, what the record will say, whether somebody has to choose)] of one person and their address."""
    of, fields = (INFANT, INFANT_FIELDS) if isinstance(person, Infant) else (CAREGIVER, CAREGIVER_FIELDS)
    said = {name: getattr(named, name) for name in fields}
    if of == CAREGIVER:
        said[SAFE_CONTACT] = safe_contact
    held = {name: getattr(person, name) for name in said}
    if isinstance(named, ReferredCaregiver) and isinstance(person, Caregiver):
        said[ADDRESS] = format_address(named.address_lines, named.postcode)
        held[ADDRESS] = _describe_held_address(person)
    return list(find_differences(of, person.pk, held, said))


def list_candidate_differences(named: NamedPerson, person: Person) -> list[Difference]:
    """What somebody has to choose where the two are the same person: for the decision, old beside new."""
    main = isinstance(named, ReferredCaregiver) and named.main_carer
    words = describe_safe_contact(named.referral) if main else ""
    return [each for each, _, open_ in list_said(named, person, words) if open_]


def format_address(lines: str, postcode: str) -> str:
    return "\n".join(line.strip() for line in [*lines.splitlines(), postcode] if line.strip())


def _describe_held_address(carer: Caregiver) -> str:
    """As pages show it: a refuge is named and its address is not."""
    rows = getattr(carer, "current_addresses", None)  # of a candidate of the decision page
    if rows is None:
        rows = _HELD_ADDRESSES.rows(NOBODY, carer=carer.pk, family=carer.family_id)
    own = (row for row in rows if row.family_id == carer.family_id)
    return "\n".join(list_address_lines(row)) if (row := next(own, None)) else ""


def _query_held_addresses(scope: TemplateScope, carer: UUID, family: UUID) -> AddressQuerySet:
    return Address.objects.live().current().filter(caregiver=carer, family=family).newest_first()


_HELD_ADDRESSES = PreparedQuery(_query_held_addresses)


def carry_to_record(
    named: NamedPerson, person: Person, *, safe_contact: str = "", take: Collection[str] = (), by: User
) -> None:
    """Bring what the referral says to the record it is linked to. ``take``: fields of which its word was chosen.

    Gaps are filled; of two safety answers the stricter holds; what differs is kept beside the named person until
    somebody chooses (``settle_differences``).
    """
    found = list_said(named, person, safe_contact)
    new = [(each, each.said if each.field in take else now) for each, now, _ in found]
    _apply_changes(named, person, {each.field: value for each, value in new if value != each.held}, by)
    waits = [each.to_json() for each, _, open_ in found if open_ and each.field not in take]
    named.differs = [*named.differs, *waits]
    named.save(update_fields=["differs"])


def _apply_changes(named: NamedPerson, person: Person, changes: dict[str, Any], by: User) -> None:
    if ADDRESS in changes:
        del changes[ADDRESS]
        _add_said_address(named, person, by)
    if "plurality" in changes:
        _save_plurality(person, changes.pop("plurality"), by)
    if not changes:
        return
    try:
        if isinstance(person, Infant):
            if "nhs_number" in changes and changes["nhs_number"] == named.nhs_number:
                changes = changes | {"nhs_number_status": named.nhs_number_status}
            update_infant(infant=person, by=by, **changes)
        else:
            update_caregiver(caregiver=person, by=by, **changes)
    except ActionRefused as refused:  # by fields of the record, which this form does not have
        raise ActionRefused(f"{person}: {' '.join(refused.errors.values())}") from refused


def _save_plurality(infant: Any, plurality: int, by: User) -> None:
    """How many babies were born together, with those whom we do not hold."""
    together = list(Infant.objects.carried_with(infant))
    record_same_birth(infant=infant, together=together, plurality=max(plurality, len(together)), by=by)


def _add_said_address(named: Any, person: Any, by: User) -> None:
    roofless = says_no_fixed_abode(named.address_lines)
    kind = AddressKind.NO_FIXED_ABODE if roofless else AddressKind.HOME
    add_address(
        family=person.family, person=person, kind=kind, lines=named.address_lines, postcode=named.postcode,
        since=None, by=by,
    )  # fmt: skip


def carry_to_dyad(named: ReferredCaregiver, dyad: Dyad, *, by: User) -> None:
    """The same of the relationship between a carer and a baby that is recorded already."""
    said = {name: getattr(named, name) for name in DYAD_FIELDS}
    if said["relationship"] == Relationship.OTHER:
        said["relationship"] = ""
    found = list(find_differences(DYAD, dyad.pk, {name: getattr(dyad, name) for name in said}, said))
    changes = {each.field: now for each, now, _ in found if now != each.held}
    if changes:
        update_dyad(dyad=dyad, by=by, **changes)
    named.differs = [*named.differs, *(each.to_json() for each, _, open_ in found if open_)]
    named.save(update_fields=["differs"])


# ---------------------------------------------------------------- choosing later


def list_open_differences(referral: Referral) -> list[tuple[NamedPerson, int, Difference]]:
    """[(named person, its number among theirs, difference)] that nobody has chosen yet."""
    people: list[NamedPerson] = [*referral.infants.all(), *referral.caregivers.all()]
    return [
        (named, number, Difference(**row))
        for named in people
        if named.settled_at is None and not named.is_hidden
        for number, row in enumerate(named.differs)
    ]


@transaction.atomic
def settle_differences(*, referral: Referral, chosen: Mapping[str, str], by: User) -> Referral:
    """What each record says from now on. ``chosen``: {"<named person>:<number>": now, held or said}, for all."""
    Referral.objects.select_for_update().get(pk=referral.pk)
    for model in (ReferredInfant, ReferredCaregiver):
        for named in (
            model.objects.live().select_for_update(of=("self",)).filter(referral=referral, settled_at=None)
        ):
            _settle_person(named, chosen, by)
    return referral


def _settle_person(named: Any, chosen: Mapping[str, str], by: User) -> None:
    for number, row in enumerate(named.differs):
        answer = chosen.get(f"{named.pk}:{number}")
        if answer not in (NOW, HELD, SAID):
            raise ActionRefused("Choose an answer for each row.")
        _apply_answer(named, Difference(**row), answer, by)
    if named.differs:
        named.change(settled_at=timezone.now())


def _apply_answer(named: NamedPerson, row: Difference, answer: str, by: User) -> None:
    if answer == NOW:
        return
    value = row.held if answer == HELD else row.said
    if row.field in DATE_FIELDS and value:
        value = date.fromisoformat(value)
    if row.of == DYAD:
        update_dyad(dyad=Dyad.objects.get(pk=row.id), by=by, **{row.field: value})
        return
    people: dict[str, type[Infant] | type[Caregiver]] = {INFANT: Infant, CAREGIVER: Caregiver}
    person = people[row.of].objects.get(pk=row.id)
    if row.field == ADDRESS and answer == HELD:
        return
    _apply_changes(named, person, {row.field: value}, by)
