"""Who may be held twice: candidates found in SQL by what they share, compared by the rule of likeness.

A key that more than ``MAX_PEOPLE_SHARING`` people share (a hostel's postcode, a surgery's telephone) tells
nobody apart.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Func, Q, QuerySet, Value
from django.db.models.functions import (
    ExtractDay,
    ExtractMonth,
    ExtractYear,
    Greatest,
    Least,
    Left,
    Lower,
    Right,
)

from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.models import Address, Caregiver, Dyad, Infant
from pairs.matching.models import NotTheSame, sort_two_ids
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import (
    HIGH,
    MEDIUM,
    Likeness,
    PersonDescription,
    compare_people,
    may_share_name,
)

MAX_PEOPLE_SHARING = 30
BATCH_SIZE = 5000
MAX_CANDIDATES = 1000  # candidates compared for one look-up
MODELS_BY_KIND: dict[str, type[Infant] | type[Caregiver]] = {
    PersonKind.INFANT: Infant,
    PersonKind.CAREGIVER: Caregiver,
}
REVIEWED_STRENGTHS = {HIGH: 0, MEDIUM: 1}  # strengths that a person looks at, in their order


@dataclass(frozen=True)
class DuplicatePair:
    """Two records that may be of one person."""

    kind: str
    one: UUID
    other: UUID
    likeness: Likeness


@dataclass(frozen=True)
class Matches:
    """Who is like somebody: those in scope by id, and whether there is anybody like them elsewhere."""

    here: dict[UUID, Likeness]
    elsewhere: bool


def query_registrable(scope: Scope, kind: str) -> QuerySet:
    """The records of that kind that the scope may correct, and so merge."""
    people = MODELS_BY_KIND[kind].objects.visible_to(scope)
    return people.filter(family__site__in=scope.sites("register_people"))


def find_likely_duplicates(scope: Scope, kind: str) -> list[DuplicatePair]:
    """Every pair in scope that a person should look at, the strongest first; those told apart left out."""
    people, told_apart = query_registrable(scope, kind), NotTheSame.objects.id_tuples()
    found = sorted(
        {
            sort_two_ids(*pair)
            for group in _find_groups(people, kind)
            for pair in itertools.combinations(group, 2)
        }
    )
    pairs = [pair for pair in found if pair not in told_apart]
    known = load_descriptions(kind, {row_id for pair in pairs for row_id in pair})
    compared = (DuplicatePair(kind, *pair, compare_people(known[pair[0]], known[pair[1]])) for pair in pairs)
    alike = [pair for pair in compared if pair.likeness.strength in REVIEWED_STRENGTHS]
    return sorted(alike, key=lambda pair: (REVIEWED_STRENGTHS[pair.likeness.strength], pair.one, pair.other))


def find_look_alikes(person: Infant | Caregiver, scope: Scope) -> Matches:
    """Who may be the same as this record; those it was told apart from left out."""
    kind = PersonKind.INFANT if isinstance(person, Infant) else PersonKind.CAREGIVER
    found = find_matches(load_descriptions(kind, [person.pk])[person.pk], scope)
    told_apart = NotTheSame.objects.id_tuples()
    here = {pk: how for pk, how in found.here.items() if sort_two_ids(pk, person.pk) not in told_apart}
    return Matches(here, found.elsewhere)


def find_matches(person: PersonDescription, scope: Scope) -> Matches:
    """Who is held that may be the person described, at every site and in restricted families too.

    What is out of scope is only said to exist: the hub will check.
    """
    alike = {pk: how for pk, how in find_all_similar(person).items() if how.strength in REVIEWED_STRENGTHS}
    mine = set(query_registrable(scope, person.kind).filter(pk__in=alike).values_list("pk", flat=True))
    ranked = sorted(mine, key=lambda pk: (REVIEWED_STRENGTHS[alike[pk].strength], pk))
    return Matches({pk: alike[pk] for pk in ranked}, elsewhere=bool(alike.keys() - mine))


def find_all_similar(person: PersonDescription) -> dict[UUID, Likeness]:
    """Everybody held with any likeness, brothers and sisters of one birth among them, in whatever family.

    Ids alone: who may be told of whom is still to be asked of a scope.
    """
    alike = {
        pk: compare_people(person, other)
        for pk, other in load_descriptions(person.kind, _find_candidates(person)).items()
    }
    return {pk: how for pk, how in alike.items() if how.strength}


# ---------------------------------------------------------------- people as the rule reads them


def load_descriptions(kind: str, ids: Iterable[UUID]) -> dict[UUID, PersonDescription]:
    """{id: the person as the records describe them}: three queries for every 5,000."""
    found: dict[UUID, PersonDescription] = {}
    for batch in _iterate_batches(sorted(ids)):
        found |= _load_batch_descriptions(kind, batch)
    return found


def _iterate_batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + BATCH_SIZE] for start in range(0, len(ids), BATCH_SIZE))


def _load_batch_descriptions(kind: str, ids: list[UUID]) -> dict[UUID, PersonDescription]:
    people = MODELS_BY_KIND[kind].objects.filter(pk__in=ids)
    if kind == PersonKind.CAREGIVER:
        postcodes = _load_postcodes(ids)
        return {row.pk: _build_carer_description(row, postcodes) for row in people}
    carers = _load_carers(ids)
    postcodes = _load_postcodes({carer.pk for each in carers.values() for carer in each} | set(ids))
    return {row.pk: _build_baby_description(row, carers.get(row.pk, []), postcodes) for row in people}


def _load_carers(infants: list[UUID]) -> dict[UUID, list[Caregiver]]:
    """{infant id: its carers}, those who no longer look after it included: a record may be an old one."""
    found: dict[UUID, list[Caregiver]] = {}
    for dyad in Dyad.objects.live().filter(infant__in=infants).select_related("caregiver"):
        found.setdefault(dyad.infant_id, []).append(dyad.caregiver)
    return found


def _load_postcodes(people: Collection[UUID]) -> dict[UUID, set[str]]:
    """{person's id: postcodes}, of now and of before."""
    found: dict[UUID, set[str]] = {}
    rows = Address.objects.live().filter(Q(infant__in=people) | Q(caregiver__in=people)).exclude(postcode="")
    for infant, caregiver, postcode in rows.values_list("infant", "caregiver", "postcode"):
        found.setdefault(infant or caregiver, set()).add(make_postcode_key(postcode))
    return found


def _build_baby_description(
    row: Any, carers: list[Caregiver], postcodes: dict[UUID, set[str]]
) -> PersonDescription:
    homes = set().union(*(postcodes.get(pk, set()) for pk in (row.pk, *(carer.pk for carer in carers))))
    return PersonDescription(
        kind=PersonKind.INFANT,
        due_date=row.estimated_due_date,
        phones=frozenset(filter(None, (make_phone_key(carer.phone) for carer in carers))),
        emails=frozenset(filter(None, (carer.email.casefold() for carer in carers))),
        postcodes=frozenset(homes),
        carers=frozenset(carer.pk for carer in carers),
        pregnancy=row.pregnancy,
        twin=(row.twin_order, row.plurality),
        **_get_common_fields(row),
    )


def _build_carer_description(row: Any, postcodes: dict[UUID, set[str]]) -> PersonDescription:
    return PersonDescription(
        kind=PersonKind.CAREGIVER,
        phones=frozenset(filter(None, [make_phone_key(row.phone)])),
        emails=frozenset(filter(None, [row.email.casefold()])),
        postcodes=frozenset(postcodes.get(row.pk, ())),
        **_get_common_fields(row),
    )


def _get_common_fields(row: Any) -> dict[str, Any]:
    return {
        "given_name": row.given_name,
        "family_name": row.family_name,
        "birth_date": row.birth_date,
        "nhs_number": row.nhs_number or "",
        "id": row.pk,
        "family": row.family_id,
    }


def make_phone_key(text: str) -> str:
    """The last ten digits: the same with 0 and with +44. '' for what is too short to tell people apart."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return digits[-10:] if len(digits) >= 10 else ""


def make_postcode_key(text: str) -> str:
    return text.replace(" ", "").upper()


# ---------------------------------------------------------------- candidates in SQL


def _build_phone_key(path: str) -> Func:
    digits = Func(F(path), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return Right(digits, 10)


def _build_postcode_key(path: str) -> Func:
    return Func(Func(F(path), Value(" "), Value(""), function="replace"), function="upper")


def _build_first_letter(path: str) -> Func:
    return Lower(Left(path, 1))


NAME_KEYS = {"given": Lower("given_name"), "named": Lower("family_name")}
SWAPPABLE_DATE_KEYS = {
    "year": ExtractYear("birth_date"),
    "low": Least(ExtractDay("birth_date"), ExtractMonth("birth_date")),
    "high": Greatest(ExtractDay("birth_date"), ExtractMonth("birth_date")),
}


def _find_groups(people: QuerySet[Any], kind: str) -> Iterator[list[UUID]]:
    """Ids of people who share something, group by group."""
    born = people.exclude(birth_date=None)
    yield from _find_ids_sharing(
        born, "birth_date", i=_build_first_letter("given_name"), j=_build_first_letter("family_name")
    )
    yield from _find_ids_sharing(
        born, "birth_date", one=Least(*NAME_KEYS.values()), other=Greatest(*NAME_KEYS.values())
    )  # names the other way round
    yield from _find_ids_sharing(born, **SWAPPABLE_DATE_KEYS, **NAME_KEYS)
    for name in NAME_KEYS:  # the other may be misspelt from its first letter on
        yield from _find_ids_sharing(born, "birth_date", **{name: NAME_KEYS[name]})
    yield from _find_infant_groups(people) if kind == PersonKind.INFANT else _find_caregiver_groups(people)


def _find_infant_groups(infants: QuerySet[Any]) -> Iterator[list[UUID]]:
    yield from _find_ids_sharing(
        infants.filter(birth_date=None), "estimated_due_date", named=NAME_KEYS["named"]
    )
    apart = Count("infant__family", distinct=True)
    dyads = Dyad.objects.live().filter(infant__in=infants.values("pk")).exclude(caregiver__phone="")
    yield from _find_ids_sharing(
        dyads, ids="infant_id", apart=apart, phone=_build_phone_key("caregiver__phone")
    )
    born = Count("birth_date")
    both = infants.values("family").annotate(ids=ArrayAgg("pk"), born=born, every=Count("pk"))
    yield from both.filter(born__gt=0, born__lt=F("every"), every__lte=MAX_PEOPLE_SHARING).values_list(
        "ids", flat=True
    )


def _find_caregiver_groups(carers: QuerySet[Any]) -> Iterator[list[UUID]]:
    yield from _find_ids_sharing(
        carers.exclude(phone=""), phone=_build_phone_key("phone"), i=_build_first_letter("given_name")
    )
    yield from _find_ids_sharing(carers.exclude(email=""), mail=Lower("email"))
    homes = Address.objects.live().filter(caregiver__in=carers.values("pk")).exclude(postcode="")
    names = {
        "i": _build_first_letter("caregiver__given_name"),
        "j": _build_first_letter("caregiver__family_name"),
    }
    yield from _find_ids_sharing(homes, ids="caregiver_id", home=_build_postcode_key("postcode"), **names)


def _find_ids_sharing(
    rows: QuerySet[Any], *fields: Any, ids: Any = "pk", apart: Any = None, **keys: Any
) -> QuerySet[Any]:
    """Ids of the rows that agree in the fields and keys; ``apart``: an aggregate that must be over one."""
    grouped = rows.annotate(**{f"key_{name}": key for name, key in keys.items()}).order_by()
    grouped = grouped.values(*fields, *(f"key_{name}" for name in keys))
    many = Count(ids, distinct=True)
    grouped = grouped.annotate(ids=ArrayAgg(ids, distinct=True), many=many, apart=apart or many)
    return grouped.filter(many__gt=1, many__lte=MAX_PEOPLE_SHARING, apart__gt=1).values_list("ids", flat=True)


def _find_candidates(person: PersonDescription) -> set[UUID]:
    """Ids of whoever shares something with the person: two statements, each way of sharing by an index of its own.

    A day tells few people apart: of those who share that alone, only who is named somewhat alike is looked at.
    """
    held = (
        MODELS_BY_KIND[person.kind].objects.live().filter(live_q("family__")).exclude(pk=person.id).order_by()
    )
    ways = [held.filter(way).values_list("pk", flat=True) for way in _build_sharing_filters(person)]
    found = set(ways[0].union(*ways[1:])[:MAX_CANDIDATES]) if ways else set()
    days = held.filter(_build_same_days_filter(person)).values_list("pk", "given_name", "family_name")[
        :MAX_CANDIDATES
    ]
    return found | {pk for pk, *names in days if may_share_name(person, *names)}


def _build_same_days_filter(person: PersonDescription) -> Q:
    born = Q(birth_date__in=_list_both_dates(person.birth_date)) if person.birth_date else Q(pk=None)
    return born | Q(estimated_due_date=person.due_date, birth_date=None) if person.due_date else born


def _build_sharing_filters(person: PersonDescription) -> Iterator[Q]:
    """What else a candidate may have in common with the person: as the groups above, from one side."""
    if person.nhs_number:
        yield Q(nhs_number=person.nhs_number)
    if person.kind == PersonKind.INFANT and person.family:
        yield Q(family=person.family)
    reached = [*_query_by_phone(person), *_query_by_email(person), *_query_by_home(person)]
    if person.carers:
        reached.append(Caregiver.objects.filter(pk__in=person.carers).values("pk"))
    for carers in reached:
        yield Q(pk__in=_query_infants_of(carers) if person.kind == PersonKind.INFANT else carers)


def _query_infants_of(carers: QuerySet) -> QuerySet:
    """Their babies, those they no longer look after included."""
    return Dyad.objects.live().filter(caregiver__in=carers).values("infant")


def _list_both_dates(day: date) -> list[date]:
    """The day, and the one with day and month the other way round when there is such a day."""
    return [day] if day.day > 12 else [day, day.replace(month=day.day, day=day.month)]


def _query_by_phone(person: PersonDescription) -> Iterator[QuerySet]:
    """By the last ten digits; turned about, they are the beginning of what is indexed."""
    turned = Func(Func(F("phone"), function="matching_phone"), function="reverse")
    held = Caregiver.objects.live().exclude(phone="").alias(turned=turned)
    return (held.filter(turned__startswith=phone[::-1]).values("pk") for phone in sorted(person.phones))


def _query_by_email(person: PersonDescription) -> Iterator[QuerySet]:
    held = Caregiver.objects.live().exclude(email="")
    return (held.filter(email__iexact=email).values("pk") for email in sorted(person.emails))


def _query_by_home(person: PersonDescription) -> Iterator[QuerySet]:
    if person.postcodes:
        homes = Address.objects.live().exclude(postcode="").alias(key=_build_postcode_key("postcode"))
        yield homes.filter(key__in=person.postcodes).exclude(caregiver=None).values("caregiver")
