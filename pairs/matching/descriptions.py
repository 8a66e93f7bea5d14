"""People as the rule of likeness reads them: from the records, one query for every 5,000."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from pairs.access.batch_query import Query, parse_date, parse_uuid
from pairs.access.prepared_records import PreparedRecords
from pairs.access.records import live_q
from pairs.access.scope import NOBODY, Scope, TemplateScope
from pairs.database.arrays import build_among
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
    return load_held_people({kind: ids})[kind].descriptions


def load_held_people(
    ids_by_kind: Mapping[str, Iterable[UUID]], scope: Scope = NOBODY, *, babies_of: Iterable[UUID] = ()
) -> dict[str, HeldPeople]:
    """{kind: those people, and which of them are in scope}: one query for every 5,000 of a kind.

    ``babies_of``: ids of carers whose babies are wanted as well, those they no longer look after included.
    """
    held = {kind: HeldPeople() for kind in MODELS_BY_KIND}
    wanted = {f"{kind}_ids": sorted(ids) for kind, ids in ids_by_kind.items()} | {
        "babies_of": sorted(babies_of)
    }
    for batch in _iterate_batches(wanted):
        found = _HELD.rows(scope, **batch)
        for kind, people in held.items():
            people.descriptions.update((each.id, each) for each in found.get(f"{kind} described", ()))
            people.in_scope.update((row.pk, row) for row in found.get(f"{kind} in scope", ()))
        _attach_addresses(found.get("caregiver in scope", []), found.get("addresses", []))
    return held


def _attach_addresses(carers: list[Any], addresses: list[Address]) -> None:
    for carer in carers:
        carer.current_addresses = [each for each in addresses if each.caregiver_id == carer.pk]


def _iterate_batches(wanted: dict[str, list[UUID]]) -> Iterator[dict[str, list[UUID]]]:
    for start in range(0, max(map(len, wanted.values())), BATCH_SIZE):
        yield {name: part for name, ids in wanted.items() if (part := ids[start : start + BATCH_SIZE])}


def _build_held_parts(
    scope: TemplateScope, infant_ids: Any = None, caregiver_ids: Any = None, babies_of: Any = None
) -> dict[str, Query | QuerySet[Any]]:
    parts: dict[str, Query | QuerySet[Any]] = {}
    if infant_ids or babies_of:
        babies = _build_babies_condition(infant_ids, babies_of)
        visible = Infant.objects.visible_to(scope).filter(babies)
        parts |= {"infant in scope": visible.select_related("family__site")}
        parts |= {"infant described": _query_babies(Infant.objects.filter(babies))}
    if caregiver_ids:
        carers = Q(pk__in=[caregiver_ids])
        visible = Caregiver.objects.visible_to(scope).filter(carers)
        parts |= {"caregiver in scope": visible.select_related("family__site")}
        parts |= {"caregiver described": _query_carers(Caregiver.objects.filter(carers))}
        # Never a row of anybody out of scope: their addresses are told to nobody.
        current = Address.objects.visible_to(scope).current().newest_first()
        parts |= {"addresses": current.filter(caregiver__in=[caregiver_ids])}
    return parts


def _build_babies_condition(infant_ids: Any, babies_of: Any) -> Q:
    these = Q(pk__in=[infant_ids]) if infant_ids else Q()
    if not babies_of:
        return these
    theirs = Dyad.objects.live().filter(caregiver__in=[babies_of]).values("infant")
    return these | (Q(build_among("pk", theirs)) & live_q() & live_q("family__"))


_HELD = PreparedRecords(_build_held_parts)


def _query_babies(babies: QuerySet[Any]) -> Query:
    """With their carers, those who no longer look after them included: a record may be an old one."""
    theirs = Dyad.objects.live().filter(infant=OuterRef("pk")).order_by()
    carer = {name: f"caregiver__{name}" for name in ("id", "phone_keys", "email")}
    homes = {"home": _build_list(_query_postcodes(caregiver=OuterRef("caregiver")))}
    own = {"carers": _build_list(theirs.values(row=JSONObject(**carer, **homes)))}
    fields = (
        COMMON_FIELDS | BABY_FIELDS | {"home": _build_list(_query_postcodes(infant=OuterRef("pk")))} | own
    )
    return Query(babies.order_by(), fields, lambda row: [_describe_baby(row)])


def _query_carers(carers: QuerySet[Any]) -> Query:
    homes = {"home": _build_list(_query_postcodes(caregiver=OuterRef("pk")))}
    fields = COMMON_FIELDS | {"phone_keys": "phone_keys", "email": "email"} | homes
    return Query(carers.order_by(), fields, lambda row: [_describe_carer(row)])


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
