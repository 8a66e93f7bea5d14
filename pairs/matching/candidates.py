"""Who is worth comparing: found in SQL by what two people share, each way by an index of its own.

Whatever the rule of likeness offers shares a day, a phone, an e-mail, a home, a carer, a family or a number; and,
but for a number or a baby not yet named, a form of a name. So both ways of asking leave out nobody who is alike:
one person among all (``find_candidates``), and everybody with everybody (``find_candidate_pairs``).
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear, Greatest, Least, Lower, Upper

from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.records import live_q
from pairs.access.scope import NOBODY, TemplateScope
from pairs.database.arrays import EqualsAny, SharesAny, build_among
from pairs.families.models import Address, Caregiver, Dyad
from pairs.families.placeholder_names import read_newborn_name_to_compare
from pairs.matching.descriptions import MODELS_BY_KIND, make_postcode_key
from pairs.matching.rules.evidence import PersonDescription
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.names import list_name_forms, read_name

MAX_CANDIDATES = 1000  # candidates compared for one look-up
# A telephone that more people share (a surgery's, a hostel's) tells nobody apart; nor does a home of so many.
MAX_PEOPLE_SHARING, MAX_PEOPLE_AT_HOME = 30, 200
NAME_COLUMNS = ("given_name", "family_name", "said_as")


def read_forms(kind: str, given_name: str, family_name: str, known_as: str) -> frozenset[str]:
    """What names of one person have in common; empty for somebody without a name."""
    if kind == PersonKind.INFANT:
        name = read_newborn_name_to_compare(given_name, family_name)
        given_name, family_name = name.given_name, name.family_name
    return list_name_forms(read_name(given_name, family_name, known_as))


def may_share_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Could the names, by their forms, be of one person? Without that, a day in common is no likeness."""
    return not one or not other or not one.isdisjoint(other)


# ---------------------------------------------------------------- one person among all


def find_candidates(person: PersonDescription) -> set[UUID]:
    """Ids of whoever shares something with the person."""
    return find_candidates_of_any([person])[person.kind]


def find_candidates_of_any(people: Sequence[PersonDescription]) -> dict[str, set[UUID]]:
    """{kind: ids of whoever shares something with one of these babies and carers}.

    One statement, compiled once for each mixture of what is known. A day tells few people apart: of those who share
    that alone, only who is named somewhat alike is looked at.
    """
    by_kind = {kind: [person for person in people if person.kind == kind] for kind in MODELS_BY_KIND}
    known = {f"{kind}_{name}": values for kind in by_kind for name, values in _merge_keys(by_kind[kind])}
    kinds = [kind for kind in by_kind if any(name.startswith(f"{kind}_") for name in known)]
    found = _CANDIDATE_BATCH.list_results(NOBODY, *kinds, **known) if known else []
    forms = {kind: [list_name_forms(each.name_words) for each in by_kind[kind]] for kind in kinds}
    own = {person.id for person in people}
    return {
        kind: {
            each.id
            for each in found
            if each.kind == kind and (each.shares_more or _may_be_named_like(each.forms, forms[kind]))
        }
        - own
        for kind in by_kind
    }


@dataclass(frozen=True)
class _Found:
    """Somebody held who shares something with one of the people; ``forms``: of the name, where it is a day alone."""

    kind: str
    id: UUID
    forms: frozenset[str] = frozenset()
    shares_more: bool = True


def _merge_keys(people: Sequence[PersonDescription]) -> Iterator[tuple[str, list[Any]]]:
    """What is known of these people, by the names that ``_list_keys`` gives."""
    keys = [_list_keys(person) for person in people]
    for name in keys[0] if keys else ():
        if merged := _merge(each[name] for each in keys):
            yield name, merged


def _merge(lists: Iterable[list[Any]]) -> list[Any]:
    return list(dict.fromkeys(itertools.chain.from_iterable(lists)))


def _may_be_named_like(other: frozenset[str], forms: Iterable[frozenset[str]]) -> bool:
    return any(may_share_name(one, other) for one in forms)


def _read_row_forms(kind: str, row: dict[str, str]) -> frozenset[str]:
    return read_forms(kind, *(row[name] for name in NAME_COLUMNS))


def _list_keys(person: PersonDescription) -> dict[str, list[Any]]:
    """What another may share with the person, by the names that ``_build_queries_of_kind`` takes."""
    is_baby = person.kind == PersonKind.INFANT
    return {
        "numbers": [person.nhs_number] if person.nhs_number else [],
        "families": [person.family] if is_baby and person.family else [],
        "postcodes": sorted(person.postcodes),
        "phones": sorted(person.phones),
        "emails": [email.upper() for email in sorted(person.emails)],
        "carers": sorted(person.carers),
        "births": _list_both_dates(person.birth_date) if person.birth_date else [],
        "due": [person.due_date] if person.due_date else [],
    }


def _build_candidate_queries(scope: TemplateScope, *kinds: str, **known: Any) -> list[Query]:
    """``known``: names of ``_list_keys``, each after its kind."""
    return [
        query
        for kind in kinds
        for query in _build_queries_of_kind(
            kind,
            **{name.removeprefix(f"{kind}_"): known[name] for name in known if name.startswith(f"{kind}_")},
        )
    ]


def _build_queries_of_kind(kind: str, **known: Any) -> list[Query]:
    """Those who share something that tells people apart, where it is known; those who share a day, with their names."""
    held = MODELS_BY_KIND[kind].objects.live().filter(live_q("family__")).order_by()
    ways = list(_list_ways(kind, **known))
    sharing = held.filter(build_among("pk", _unite(ways))) if ways else held.none()
    days = held.filter(_build_same_days_filter(**known))[:MAX_CANDIDATES]
    names = {"id": "pk"} | {name: name for name in NAME_COLUMNS}
    return [
        Query(sharing, {"id": "pk"}, lambda row: [_Found(kind, UUID(row["id"]))]),
        Query(
            days,
            names,
            lambda row: [_Found(kind, UUID(row["id"]), _read_row_forms(kind, row), shares_more=False)],
        ),
    ]


_CANDIDATE_BATCH = PreparedBatch(_build_candidate_queries)


def _build_same_days_filter(births: Any = None, due: Any = None, **_: Any) -> Q:
    born = Q(EqualsAny("birth_date", births)) if births else Q(pk=None)
    return born | Q(EqualsAny("estimated_due_date", due), birth_date=None) if due else born


def _unite(ways: list[QuerySet]) -> QuerySet:
    """Ids found in any of these ways, so many of each: what many share must not hide what few do."""
    first, *others = [each[:MAX_CANDIDATES] for each in ways]
    return first.union(*others, all=True) if others else first


def _list_ways(
    kind: str, numbers: Any = None, families: Any = None, postcodes: Any = None, **known: Any
) -> Iterator[QuerySet]:
    """Ids by what else a candidate may have in common with the person: as the groups below, from one side."""
    people = MODELS_BY_KIND[kind].objects.order_by()
    homes = _query_homes(postcodes) if postcodes else None
    if numbers:
        yield people.filter(EqualsAny("nhs_number", numbers)).values("pk")
    carers = list(_list_carer_ways(homes, **known))
    if kind == PersonKind.CAREGIVER:
        yield from carers
        return
    if families:
        yield people.filter(family__in=[families]).values("pk")
    if homes is not None:
        yield homes.exclude(infant=None).values("infant")
    if carers:
        yield _query_infants_of(_unite(carers))


def _list_carer_ways(
    homes: QuerySet | None, phones: Any = None, emails: Any = None, carers: Any = None, **_: Any
) -> Iterator[QuerySet]:
    """Ids of carers who may be the person, or whose baby may be."""
    held = Caregiver.objects.live().order_by()
    if phones:
        yield held.filter(SharesAny("phone_keys", phones)).values("pk")
    if emails:
        yield held.exclude(email="").filter(EqualsAny(Upper("email"), emails)).values("pk")
    if homes is not None:
        yield homes.exclude(caregiver=None).values("caregiver")
    if carers:
        yield Caregiver.objects.filter(pk__in=[carers]).order_by().values("pk")


def _query_infants_of(carers: QuerySet) -> QuerySet:
    """Their babies, those they no longer look after included."""
    return Dyad.objects.live().filter(build_among("caregiver", carers)).order_by().values("infant")


def _list_both_dates(day: date) -> list[date]:
    """The day, and the one with day and month the other way round when there is such a day."""
    return [day] if day.day > 12 else [day, day.replace(month=day.day, day=day.month)]


def _query_homes(postcodes: Any) -> QuerySet:
    """Addresses of now and of before with a postcode of theirs."""
    homes = Address.objects.live().exclude(postcode="").order_by()
    return homes.filter(EqualsAny(_build_postcode_key("postcode"), postcodes))


# ---------------------------------------------------------------- everybody with everybody


def find_candidate_pairs(people: QuerySet[Any], kind: str) -> set[tuple[UUID, UUID]]:
    """Ids of two people, the smaller first, who share something and a form of a name."""
    rows = list(people.values_list("pk", *NAME_COLUMNS).order_by())
    forms = {pk: read_forms(kind, *names) for pk, *names in rows}
    # Beside a contact in common, a baby not yet named may have been registered under any name.
    unnamed = {pk for pk, *names in rows if kind == PersonKind.INFANT and _is_unnamed(*names)}
    by_contact = forms | dict.fromkeys(unnamed, frozenset[str]())
    days, contacts = _list_pairs(_group_by_day(people, kind)), _list_pairs(_group_by_contact(people, kind))
    return {pair for pair in days if may_share_name(*map(forms.__getitem__, pair))} | {
        pair for pair in contacts if may_share_name(*map(by_contact.__getitem__, pair))
    }


def _is_unnamed(given_name: str, family_name: str, known_as: str) -> bool:
    return not read_newborn_name_to_compare(given_name, family_name).given_name and not known_as


def _list_pairs(groups: Iterable[Iterable[UUID]]) -> Iterator[tuple[UUID, UUID]]:
    return (pair for group in groups for pair in itertools.combinations(sorted(set(group)), 2))


# The same for a day and for the one with day and month the other way round.
SWAPPABLE_DATE_KEYS = {
    "year": ExtractYear("birth_date"),
    "low": Least(ExtractDay("birth_date"), ExtractMonth("birth_date")),
    "high": Greatest(ExtractDay("birth_date"), ExtractMonth("birth_date")),
}


def _group_by_day(people: QuerySet[Any], kind: str) -> Iterator[list[UUID]]:
    yield from _find_ids_sharing(people.exclude(birth_date=None), "pk", **SWAPPABLE_DATE_KEYS)
    if kind == PersonKind.INFANT:
        unborn = people.filter(birth_date=None)
        yield from _find_ids_sharing(unborn, "pk", due=F("estimated_due_date"))
        yield from _find_ids_sharing(people, "pk", family=F("family_id"))


def _group_by_contact(people: QuerySet[Any], kind: str) -> Iterator[list[UUID]]:
    """By what they, or a baby's carers, have in common."""
    ids = people.values("pk")
    dyads = Dyad.objects.live().filter(infant__in=ids).order_by()
    rows, path, owner = (
        (dyads, "caregiver__", "infant_id") if kind == PersonKind.INFANT else (people, "", "pk")
    )
    phones = rows.exclude(**{f"{path}phone": ""})
    yield from _find_ids_sharing(
        phones,
        owner,
        most=MAX_PEOPLE_SHARING,
        key=Func(F(f"{path}phone_keys"), function="unnest", output_field=TextField()),
    )
    mails = rows.exclude(**{f"{path}email": ""})
    yield from _find_ids_sharing(mails, owner, most=MAX_PEOPLE_SHARING, key=Lower(f"{path}email"))
    if kind == PersonKind.INFANT:
        yield from _find_ids_sharing(dyads, owner, key=F("caregiver_id"))
        babies: dict[UUID, set[UUID]] = {}
        for infant, carer in dyads.values_list("infant", "caregiver"):
            babies.setdefault(carer, set()).add(infant)
        yield from _group_by_home(Q(infant__in=ids) | Q(caregiver__in=dyads.values("caregiver")), babies)
    else:
        yield from _group_by_home(Q(caregiver__in=ids), {})


def _group_by_home(whose: Q, babies: dict[UUID, set[UUID]]) -> Iterator[list[UUID]]:
    """``babies``: {carer: who lives there with them as far as we know}; else it is the carers who are grouped."""
    at: dict[str, set[UUID]] = {}
    homes = Address.objects.live().filter(whose).exclude(postcode="").order_by()
    for postcode, infant, carer in homes.values_list("postcode", "infant", "caregiver"):
        at.setdefault(make_postcode_key(postcode), set()).update(babies.get(carer) or {infant or carer})
    yield from (list(group) for group in at.values() if 1 < len(group) <= MAX_PEOPLE_AT_HOME)


def _find_ids_sharing(
    rows: QuerySet[Any], ids: str, *, most: int | None = None, **keys: Any
) -> QuerySet[Any]:
    """Ids of the rows that agree in the keys, group by group; groups of more than ``most`` left out."""
    grouped = rows.annotate(**{f"key_{name}": key for name, key in keys.items()}).order_by()
    grouped = grouped.values(*(f"key_{name}" for name in keys))
    grouped = grouped.annotate(ids=ArrayAgg(ids, distinct=True), many=Count(ids, distinct=True))
    limits = {"many__gt": 1} | ({"many__lte": most} if most else {})
    return grouped.filter(**limits).values_list("ids", flat=True)


def _build_postcode_key(path: str) -> Func:
    return Func(Func(F(path), Value(" "), Value(""), function="replace"), function="upper")
