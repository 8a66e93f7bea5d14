"""Which babies were born together: said or put right, with their number and order following."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction

from pairs.families.birth_rules import MAX_BABIES, find_same_birth_error
from pairs.families.models import Infant
from pairs.service.models import User
from pairs.service.refusals import refuse_all


@transaction.atomic
def record_same_birth(
    *, infant: Infant, together: Collection[Infant], plurality: int | None = None, by: User
) -> Infant:
    """These babies of the family, and no others, were carried and born with this one.

    ``plurality``: how many there were, also those who have no record; None: as many as have one, or as was known.
    """
    family = {each.pk: each for each in _lock_family_infants(infant)}
    here, chosen = family[infant.pk], {each.pk for each in together} - {infant.pk}
    babies = [each for each in family.values() if each.pk == here.pk or each.pk in chosen]
    _validate_same_birth(babies, chosen - family.keys(), plurality)
    before = {each.pregnancy for each in babies}
    left = [each for each in family.values() if each.pregnancy in before and each not in babies]
    known = here.plurality - sum(each.pregnancy == here.pregnancy for each in left)
    carrier = next((each.carried_by_id for each in babies if each.carried_by_id), None)
    _renumber_those_left(left, family.values())
    _save_birth(babies, here.pregnancy, max(plurality or known, len(babies)), carried_by_id=carrier)
    infant.refresh_from_db()
    return infant


def _lock_family_infants(infant: Infant) -> Sequence[Infant]:
    rows = Infant.objects.live().filter(family=infant.family_id).select_for_update(of=("self",))
    return list(rows.order_by("twin_order", "birth_date", "created_at"))


def _validate_same_birth(babies: Sequence[Infant], strangers: Collection[Any], plurality: int | None) -> None:
    births = {each.birth_date for each in babies if each.birth_date}
    carriers = {each.carried_by_id for each in babies if each.carried_by_id}
    too_many = len(babies) > MAX_BABIES
    right_number = plurality is None or too_many or len(babies) <= plurality <= MAX_BABIES
    number = f"Give a number of babies from {len(babies)} to {MAX_BABIES}."
    refuse_all(
        {"together": "Choose from the babies of this family." if strangers else ""},
        {"together": f"Choose {MAX_BABIES} babies at most." if too_many else ""},
        {"plurality": "" if right_number else number},
        {"together": find_same_birth_error(births=births, carriers=carriers)},
    )


def _renumber_those_left(left: Sequence[Infant], family: Collection[Infant]) -> None:
    """Those who were thought to belong to it are a birth of their own, smaller by who has gone."""
    for old in {each.pregnancy for each in left}:
        babies = [each for each in left if each.pregnancy == old]
        gone = sum(each.pregnancy == old for each in family) - len(babies)
        _save_birth(babies, uuid4(), max(babies[0].plurality - gone, len(babies)))


def _save_birth(babies: Sequence[Infant], pregnancy: Any, plurality: int, **more: Any) -> None:
    for order, each in enumerate(babies, 1):
        each.change(pregnancy=pregnancy, twin_order=order, plurality=plurality, **more)
