"""Whether two referrals name the same baby, where no record says so: one was withdrawn before it made any."""

from collections.abc import Iterable, Mapping
from typing import Any

from pairs.families.placeholder_names import NewbornName, read_newborn_name_to_compare
from pairs.matching.name_matching import fold_name

# As somebody was named: {given_name, family_name, nhs_number} as text or None; of a baby, birth_date and due_date too.
Named = Mapping[str, Any]


def is_same_baby(
    one: Named, other: Named, *, carers: Iterable[Named] = (), other_carers: Iterable[Named] = ()
) -> bool:
    """By NHS number; else by the day of birth (or expected) and the name; or, of one not yet named, by the carer.

    Twins who are both named, or numbered, stay two; "Baby Smith" is not yet named. Ours, and stricter than the likeness
    that triage is shown: nobody is asked here.
    """
    if one["nhs_number"] and other["nhs_number"]:
        return one["nhs_number"] == other["nhs_number"]
    if not _is_same_day(one, other):
        return False
    name, other_name = _read_name(one), _read_name(other)
    if name.given_name and other_name.given_name:
        return _fold_both(name) == _fold_both(other_name)
    if _is_another_twin(name.twin, other_name.twin):
        return False
    names = {_fold_name(each) for each in carers if each["given_name"] and each["family_name"]}
    return any(_fold_name(each) in names for each in other_carers)


def _is_same_day(one: Named, other: Named) -> bool:
    if one["birth_date"] and other["birth_date"]:
        return bool(one["birth_date"] == other["birth_date"])
    return bool(one["due_date"]) and one["due_date"] == other["due_date"]


def _read_name(named: Named) -> NewbornName:
    return read_newborn_name_to_compare(named["given_name"] or "", named["family_name"] or "")


def _fold_both(name: NewbornName) -> tuple[str, str]:
    return fold_name(name.given_name), fold_name(name.family_name)


def _is_another_twin(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """ "Twin 1" and "Twin 2"."""
    return one[1] > 1 and other[1] > 1 and one[0] != other[0]


def _fold_name(named: Named) -> tuple[str, str]:
    return fold_name(named["given_name"]), fold_name(named["family_name"])
