"""People as the rule of likeness reads them: from the records, one query for every 5,000."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from pairs.access.batch_query import Query, parse_date, parse_uuid
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import NOBODY, Scope, TemplateScope
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
COMMON_FIELDS = {
    name: name
    for name in ("id", "family_id", "given_name", "family_name", "said_as", "birth_date", "nhs_number")
}
BABY_FIELDS = {name: name for name in ("estimated_due_date", "pregnancy", "twin_order", "plurality")}


@dataclass(frozen=True)
class HeldPeople:
    """Records of one kind, by id: each as the rule of likeness reads it, and the row itself where it is in scope.

    A row comes with its family and site, a carer's with ``current_addresses`` too, the newest first; whoever is
    described and has no row must not be shown.
    """

    descriptions: dict[UUID, PersonDescription] = field(default_factory=dict)
    in_scope: dict[UUID, Any] = field(default_factory=dict)


def load_descriptions(kind: str, ids: Iterable[UUID]) -> dict[UUID, PersonDescription]:
    """{id: the person as the records describe them}: one query for every 5,000."""
    return load_held_people(kind, ids).descriptions


def load_held_people(kind: str, ids: Iterable[UUID], scope: Scope = NOBODY) -> HeldPeople:
    """Those people, and which of them are in scope: one query for every 5,000."""
    held = HeldPeople()
    for batch in _iterate_batches(sorted(ids)):
        found = _HELD.rows(scope, kind, ids=batch)
        held.descriptions.update((each.id, each) for each in found["described"])
        held.in_scope.update((row.pk, row) for row in found["in_scope"])
        if kind == PersonKind.CAREGIVER:
            _attach_addresses(found["in_scope"], found["addresses"])
    return held


def _attach_addresses(carers: list[Any], addresses: list[Address]) -> None:
    for carer in carers:
        carer.current_addresses = [each for each in addresses if each.caregiver_id == carer.pk]


def _iterate_batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + BATCH_SIZE] for start in range(0, len(ids), BATCH_SIZE))


def _build_held_parts(scope: TemplateScope, kind: str, ids: UUID) -> dict[str, Query | QuerySet[Any]]:
    in_scope = MODELS_BY_KIND[kind].objects.visible_to(scope).filter(pk__in=[ids])
    parts = {"in_scope": in_scope.select_related("family__site")}
    if kind == PersonKind.INFANT:
        return parts | {"described": _query_babies(ids)}
    # Never a row of anybody out of scope: their addresses are told to nobody.
    current = Address.objects.visible_to(scope).current().newest_first()
    return parts | {"described": _query_carers(ids), "addresses": current.filter(caregiver__in=[ids])}


_HELD = PreparedRecords(_build_held_parts)


def _query_babies(ids: UUID) -> Query:
    """With their carers, those who no longer look after them included: a record may be an old one."""
    theirs = Dyad.objects.live().filter(infant=OuterRef("pk")).order_by()
    carer = {name: f"caregiver__{name}" for name in ("id", "phone_keys", "email")}
    homes = {"home": _build_list(_query_postcodes(caregiver=OuterRef("caregiver")))}
    own = {"carers": _build_list(theirs.values(row=JSONObject(**carer, **homes)))}
    fields = (
        COMMON_FIELDS | BABY_FIELDS | {"home": _build_list(_query_postcodes(infant=OuterRef("pk")))} | own
    )
    return Query(Infant.objects.filter(pk__in=[ids]).order_by(), fields, lambda row: [_describe_baby(row)])


def _query_carers(ids: UUID) -> Query:
    homes = {"home": _build_list(_query_postcodes(caregiver=OuterRef("pk")))}
    fields = COMMON_FIELDS | {"phone_keys": "phone_keys", "email": "email"} | homes
    return Query(
        Caregiver.objects.filter(pk__in=[ids]).order_by(), fields, lambda row: [_describe_carer(row)]
    )


def _build_list(rows: QuerySet[Any]) -> Func:
    return Func(ArraySubquery(rows), function="to_json", output_field=JSONField())


def _query_postcodes(**whose: OuterRef) -> QuerySet[Any]:
    """Of now and of before."""
    return Address.objects.live().filter(**whose).exclude(postcode="").order_by().values("postcode")


def _describe_baby(row: dict[str, Any]) -> PersonDescription:
    carers = row["carers"]
    name = read_newborn_name_to_compare(row["given_name"], row["family_name"])
    order, plurality = row["twin_order"], row["plurality"]
    return PersonDescription(
        kind=PersonKind.INFANT,
        given_name=name.given_name,
        family_name=name.family_name,
        due_date=parse_date(row["estimated_due_date"]),
        phones=frozenset().union(*(carer["phone_keys"] for carer in carers)),
        emails=_read_emails(carer["email"] for carer in carers),
        postcodes=_read_postcodes(row, *carers),
        carers=frozenset(UUID(carer["id"]) for carer in carers),
        pregnancy=parse_uuid(row["pregnancy"]),
        twin=(order, plurality) if plurality > 1 else name.twin,
        **_read_common_fields(row),
    )


def _describe_carer(row: dict[str, Any]) -> PersonDescription:
    return PersonDescription(
        kind=PersonKind.CAREGIVER,
        given_name=row["given_name"],
        family_name=row["family_name"],
        phones=frozenset(row["phone_keys"]),
        emails=_read_emails([row["email"]]),
        postcodes=_read_postcodes(row),
        **_read_common_fields(row),
    )


def _read_common_fields(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "known_as": row["said_as"],
        "birth_date": parse_date(row["birth_date"]),
        "nhs_number": row["nhs_number"] or "",
        "id": UUID(row["id"]),
        "family": UUID(row["family_id"]),
    }


def _read_emails(emails: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, (email.casefold() for email in emails)))


def _read_postcodes(*people: dict[str, Any]) -> frozenset[str]:
    """Keys of where these people live or have lived."""
    return frozenset(filter(None, (make_postcode_key(each) for person in people for each in person["home"])))


def make_postcode_key(text: str) -> str:
    """'' for what stands for no place, such as ZZ99 3VZ: it says of nobody that they live together."""
    return "" if stands_for_no_place(text) else text.replace(" ", "").upper()
