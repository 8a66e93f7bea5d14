"""People as the rule of likeness reads them: from the records, three queries for every 5,000."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, TemplateScope
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.families.placeholder_names import read_newborn_name_to_compare
from pairs.geography.rules import stands_for_no_place
from pairs.matching.rules.evidence import PersonDescription
from pairs.matching.rules.kinds import PersonKind

BATCH_SIZE = 5000
MODELS_BY_KIND: dict[str, type[Infant] | type[Caregiver]] = {
    PersonKind.INFANT: Infant,
    PersonKind.CAREGIVER: Caregiver,
}


def load_descriptions(kind: str, ids: Iterable[UUID]) -> dict[UUID, PersonDescription]:
    """{id: the person as the records describe them}: three queries for every 5,000."""
    found: dict[UUID, PersonDescription] = {}
    for batch in _iterate_batches(sorted(ids)):
        found |= _load_batch_descriptions(kind, batch)
    return found


def _iterate_batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + BATCH_SIZE] for start in range(0, len(ids), BATCH_SIZE))


def _load_batch_descriptions(kind: str, ids: list[UUID]) -> dict[UUID, PersonDescription]:
    people = _PEOPLE.rows(NOBODY, kind, ids=ids)
    if kind == PersonKind.CAREGIVER:
        postcodes = _load_postcodes(ids)
        return {row.pk: _build_carer_description(row, postcodes) for row in people}
    carers = _load_carers(ids)
    postcodes = _load_postcodes({carer.pk for each in carers.values() for carer in each} | set(ids))
    return {row.pk: _build_baby_description(row, carers.get(row.pk, []), postcodes) for row in people}


def _load_carers(infants: list[UUID]) -> dict[UUID, list[Caregiver]]:
    """{infant id: its carers}, those who no longer look after it included: a record may be an old one."""
    found: dict[UUID, list[Caregiver]] = {}
    for dyad in _DYADS.rows(NOBODY, infants=infants):
        found.setdefault(dyad.infant_id, []).append(dyad.caregiver)
    return found


def _load_postcodes(people: Collection[UUID]) -> dict[UUID, set[str]]:
    """{person's id: postcodes}, of now and of before."""
    found: dict[UUID, set[str]] = {}
    for row in _ADDRESSES.rows(NOBODY, people=list(people)):
        if key := make_postcode_key(row.postcode):
            found.setdefault(row.infant_id or row.caregiver_id, set()).add(key)
    return found


def _query_addresses(scope: TemplateScope, people: UUID) -> QuerySet[Address]:
    theirs = Q(infant__in=[people]) | Q(caregiver__in=[people])
    return Address.objects.live().filter(theirs).exclude(postcode="").only("infant", "caregiver", "postcode")


# Looked up for every person named in a referral: compiled once, as everything that a page asks so often.
_PEOPLE = PreparedQuery(lambda scope, kind, ids: MODELS_BY_KIND[kind].objects.filter(pk__in=[ids]))
_DYADS = PreparedQuery(
    lambda scope, infants: Dyad.objects.live().filter(infant__in=[infants]).select_related("caregiver")
)
_ADDRESSES = PreparedQuery(_query_addresses)


def _build_baby_description(
    row: Any, carers: list[Caregiver], postcodes: dict[UUID, set[str]]
) -> PersonDescription:
    homes = set().union(*(postcodes.get(pk, set()) for pk in (row.pk, *(carer.pk for carer in carers))))
    name = read_newborn_name_to_compare(row.given_name, row.family_name)
    return PersonDescription(
        kind=PersonKind.INFANT,
        given_name=name.given_name,
        family_name=name.family_name,
        due_date=row.estimated_due_date,
        phones=frozenset().union(*(carer.phone_keys for carer in carers)),
        emails=frozenset(filter(None, (carer.email.casefold() for carer in carers))),
        postcodes=frozenset(homes),
        carers=frozenset(carer.pk for carer in carers),
        pregnancy=row.pregnancy,
        twin=(row.twin_order, row.plurality) if row.plurality > 1 else name.twin,
        **_get_common_fields(row),
    )


def _build_carer_description(row: Any, postcodes: dict[UUID, set[str]]) -> PersonDescription:
    return PersonDescription(
        kind=PersonKind.CAREGIVER,
        given_name=row.given_name,
        family_name=row.family_name,
        phones=frozenset(row.phone_keys),
        emails=frozenset(filter(None, [row.email.casefold()])),
        postcodes=frozenset(postcodes.get(row.pk, ())),
        **_get_common_fields(row),
    )


def _get_common_fields(row: Any) -> dict[str, Any]:
    return {
        "known_as": row.said_as,
        "birth_date": row.birth_date,
        "nhs_number": row.nhs_number or "",
        "id": row.pk,
        "family": row.family_id,
    }


def make_postcode_key(text: str) -> str:
    """'' for what stands for no place, such as ZZ99 3VZ: it says of nobody that they live together."""
    return "" if stands_for_no_place(text) else text.replace(" ", "").upper()
