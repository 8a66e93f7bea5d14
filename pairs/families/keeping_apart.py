"""Who would meet whom: those who are expected, and those who live where one goes or who bring a baby that comes.

Pure: ids in, cautions out. Pages only ever warn by it, and never forbid.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pairs.families.last_day import has_died

Home = tuple[UUID, UUID]  # an infant and a carer who live together


def list_homes(dyads: Iterable[Any]) -> list[Home]:
    """Who lives with whom. Where nobody has said, a baby is taken to live with the main carer."""
    return [
        (dyad.infant_id, dyad.caregiver_id)
        for dyad in dyads
        if not has_died(dyad) and (dyad.lives_with or (dyad.lives_with is None and dyad.main_carer))
    ]


def find_residents(homes: Iterable[Home], expected: Iterable[UUID] | None = None) -> set[UUID]:
    """Everybody of these homes; with ``expected``, those who live together with one of the expected."""
    wanted = None if expected is None else set(expected)
    return {person for home in homes if wanted is None or wanted & set(home) for person in home}


def list_apart_pairs(cautions: Iterable[Any], people: Iterable[Any]) -> list[tuple[Any, Any, Any]]:
    """[(caution, one id, the other's id)]; somebody who was only written down is known by the name."""
    by_name = {person.name.casefold(): person.pk for person in people if person.name}
    return [
        (
            each,
            each.infant_id or each.caregiver_id,
            each.kept_from_id or by_name.get(each.kept_from_name.casefold()),
        )
        for each in cautions
    ]


def find_apart_conflicts(
    pairs: Iterable[tuple[Any, Any, Any]], expected: set[Any], around: Iterable[Any] = ()
) -> list[Any]:
    """The cautions whose two people could meet: one of them at least is expected, the other may be around."""
    present = expected | set(around)
    return [caution for caution, one, other in pairs if {one, other} <= present and {one, other} & expected]
