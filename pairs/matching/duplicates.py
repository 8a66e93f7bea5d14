"""Who may be held twice: candidates found in SQL by what they share, compared by the rule of likeness.

A key that more than ``CROWD`` people share (a hostel's postcode, a surgery's telephone) tells nobody apart.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from pairs.matching.models import CAREGIVER, INFANT, NotTheSame, in_order
from pairs.matching.rules.likeness import (
    HIGH,
    MEDIUM,
    Described,
    Likeness,
    likeness,
    named_somewhat_alike,
)

CROWD = 30
BATCH = 5000
MOST = 1000  # candidates compared for one look-up
MODELS = {INFANT: Infant, CAREGIVER: Caregiver}
LOOKED_AT = {HIGH: 0, MEDIUM: 1}  # strengths that a person looks at, in their order


@dataclass(frozen=True)
class Pair:
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


def registrable(scope: Scope, kind: str) -> QuerySet:
    """The records of that kind that the scope may correct, and so merge."""
    people = MODELS[kind].objects.visible_to(scope)
    return people.filter(family__site__in=scope.sites("register_people"))


def likely_duplicates(scope: Scope, kind: str) -> list[Pair]:
    """Every pair in scope that a person should look at, the strongest first; those told apart left out."""
    people, told_apart = registrable(scope, kind), NotTheSame.objects.pairs()
    found = sorted(
        {in_order(*pair) for group in _groups(people, kind) for pair in itertools.combinations(group, 2)}
    )
    pairs = [pair for pair in found if pair not in told_apart]
    known = described(kind, {row_id for pair in pairs for row_id in pair})
    compared = (Pair(kind, *pair, likeness(known[pair[0]], known[pair[1]])) for pair in pairs)
    alike = [pair for pair in compared if pair.likeness.strength in LOOKED_AT]
    return sorted(alike, key=lambda pair: (LOOKED_AT[pair.likeness.strength], pair.one, pair.other))


def look_alikes(person: Infant | Caregiver, scope: Scope) -> Matches:
    """Who may be the same as this record; those it was told apart from left out."""
    kind = INFANT if isinstance(person, Infant) else CAREGIVER
    found = held_like(described(kind, [person.pk])[person.pk], scope)
    told_apart = NotTheSame.objects.pairs()
    here = {pk: how for pk, how in found.here.items() if in_order(pk, person.pk) not in told_apart}
    return Matches(here, found.elsewhere)


def held_like(person: Described, scope: Scope) -> Matches:
    """Who is held that may be the person described, at every site and in restricted families too.

    What is out of scope is only said to exist: the hub will check.
    """
    alike = {pk: how for pk, how in everybody_like(person).items() if how.strength in LOOKED_AT}
    mine = set(registrable(scope, person.kind).filter(pk__in=alike).values_list("pk", flat=True))
    ranked = sorted(mine, key=lambda pk: (LOOKED_AT[alike[pk].strength], pk))
    return Matches({pk: alike[pk] for pk in ranked}, elsewhere=bool(alike.keys() - mine))


def everybody_like(person: Described) -> dict[UUID, Likeness]:
    """Everybody held with any likeness, brothers and sisters of one birth among them, in whatever family.

    Ids alone: who may be told of whom is still to be asked of a scope.
    """
    alike = {pk: likeness(person, other) for pk, other in described(person.kind, _candidates(person)).items()}
    return {pk: how for pk, how in alike.items() if how.strength}


# ---------------------------------------------------------------- people as the rule reads them


def described(kind: str, ids: Iterable[UUID]) -> dict[UUID, Described]:
    """{id: the person as the records describe them}: three queries for every 5,000."""
    found: dict[UUID, Described] = {}
    for batch in _batches(sorted(ids)):
        found |= _described(kind, batch)
    return found


def _batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _described(kind, ids):
    people = MODELS[kind].objects.filter(pk__in=ids)
    if kind == CAREGIVER:
        postcodes = _postcodes(ids)
        return {row.pk: _carer(row, postcodes) for row in people}
    carers = _carers_of(ids)
    postcodes = _postcodes({carer.pk for each in carers.values() for carer in each} | set(ids))
    return {row.pk: _baby(row, carers.get(row.pk, []), postcodes) for row in people}


def _carers_of(infants):
    """{infant id: its carers}, those who no longer look after it included: a record may be an old one."""
    found: dict[UUID, list[Caregiver]] = {}
    for dyad in Dyad.objects.live().filter(infant__in=infants).select_related("caregiver"):
        found.setdefault(dyad.infant_id, []).append(dyad.caregiver)
    return found


def _postcodes(people):
    """{person's id: postcodes}, of now and of before."""
    found: dict[UUID, set[str]] = {}
    rows = Address.objects.live().filter(Q(infant__in=people) | Q(caregiver__in=people)).exclude(postcode="")
    for infant, caregiver, postcode in rows.values_list("infant", "caregiver", "postcode"):
        found.setdefault(infant or caregiver, set()).add(postcode_key(postcode))
    return found


def _baby(row, carers, postcodes):
    homes = set().union(*(postcodes.get(pk, set()) for pk in (row.pk, *(carer.pk for carer in carers))))
    return Described(
        kind=INFANT,
        due_date=row.estimated_due_date,
        phones=frozenset(filter(None, (phone_key(carer.phone) for carer in carers))),
        emails=frozenset(filter(None, (carer.email.casefold() for carer in carers))),
        postcodes=frozenset(homes),
        carers=frozenset(carer.pk for carer in carers),
        pregnancy=row.pregnancy,
        twin=(row.twin_order, row.plurality),
        **_person(row),
    )


def _carer(row, postcodes):
    return Described(
        kind=CAREGIVER,
        phones=frozenset(filter(None, [phone_key(row.phone)])),
        emails=frozenset(filter(None, [row.email.casefold()])),
        postcodes=frozenset(postcodes.get(row.pk, ())),
        **_person(row),
    )


def _person(row):
    return {
        "given_name": row.given_name,
        "family_name": row.family_name,
        "birth_date": row.birth_date,
        "nhs_number": row.nhs_number or "",
        "id": row.pk,
        "family": row.family_id,
    }


def phone_key(text: str) -> str:
    """The last ten digits: the same with 0 and with +44. '' for what is too short to tell people apart."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return digits[-10:] if len(digits) >= 10 else ""


def postcode_key(text: str) -> str:
    return text.replace(" ", "").upper()


# ---------------------------------------------------------------- candidates in SQL


def _phone(path: str) -> Func:
    digits = Func(F(path), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return Right(digits, 10)


def _postcode(path: str) -> Func:
    return Func(Func(F(path), Value(" "), Value(""), function="replace"), function="upper")


def _initial(path: str) -> Func:
    return Lower(Left(path, 1))


SPELT = {"given": Lower("given_name"), "named": Lower("family_name")}
TURNED = {
    "year": ExtractYear("birth_date"),
    "low": Least(ExtractDay("birth_date"), ExtractMonth("birth_date")),
    "high": Greatest(ExtractDay("birth_date"), ExtractMonth("birth_date")),
}


def _groups(people, kind) -> Iterator[list[UUID]]:
    """Ids of people who share something, group by group."""
    born = people.exclude(birth_date=None)
    yield from _sharing(born, "birth_date", i=_initial("given_name"), j=_initial("family_name"))
    yield from _sharing(
        born, "birth_date", one=Least(*SPELT.values()), other=Greatest(*SPELT.values())
    )  # names the other way round
    yield from _sharing(born, **TURNED, **SPELT)
    for name in SPELT:  # the other may be misspelt from its first letter on
        yield from _sharing(born, "birth_date", **{name: SPELT[name]})
    yield from _infant_groups(people) if kind == INFANT else _caregiver_groups(people)


def _infant_groups(infants):
    yield from _sharing(infants.filter(birth_date=None), "estimated_due_date", named=SPELT["named"])
    apart = Count("infant__family", distinct=True)
    dyads = Dyad.objects.live().filter(infant__in=infants.values("pk")).exclude(caregiver__phone="")
    yield from _sharing(dyads, ids="infant_id", apart=apart, phone=_phone("caregiver__phone"))
    born = Count("birth_date")
    both = infants.values("family").annotate(ids=ArrayAgg("pk"), born=born, every=Count("pk"))
    yield from both.filter(born__gt=0, born__lt=F("every"), every__lte=CROWD).values_list("ids", flat=True)


def _caregiver_groups(carers):
    yield from _sharing(carers.exclude(phone=""), phone=_phone("phone"), i=_initial("given_name"))
    yield from _sharing(carers.exclude(email=""), mail=Lower("email"))
    homes = Address.objects.live().filter(caregiver__in=carers.values("pk")).exclude(postcode="")
    names = {"i": _initial("caregiver__given_name"), "j": _initial("caregiver__family_name")}
    yield from _sharing(homes, ids="caregiver_id", home=_postcode("postcode"), **names)


def _sharing(rows, *fields, ids="pk", apart=None, **keys):
    """Ids of the rows that agree in the fields and keys; ``apart``: an aggregate that must be over one."""
    grouped = rows.annotate(**{f"key_{name}": key for name, key in keys.items()}).order_by()
    grouped = grouped.values(*fields, *(f"key_{name}" for name in keys))
    many = Count(ids, distinct=True)
    grouped = grouped.annotate(ids=ArrayAgg(ids, distinct=True), many=many, apart=apart or many)
    return grouped.filter(many__gt=1, many__lte=CROWD, apart__gt=1).values_list("ids", flat=True)


def _candidates(person: Described) -> set[UUID]:
    """Ids of whoever shares something with the person: two statements, each way of sharing by an index of its own.

    A day tells few people apart: of those who share that alone, only who is named somewhat alike is looked at.
    """
    held = MODELS[person.kind].objects.live().filter(live_q("family__")).exclude(pk=person.id).order_by()
    ways = [held.filter(way).values_list("pk", flat=True) for way in _ways_to_share(person)]
    found = set(ways[0].union(*ways[1:])[:MOST]) if ways else set()
    days = held.filter(_same_days(person)).values_list("pk", "given_name", "family_name")[:MOST]
    return found | {pk for pk, *names in days if named_somewhat_alike(person, *names)}


def _same_days(person: Described) -> Q:
    born = Q(birth_date__in=_turned(person.birth_date)) if person.birth_date else Q(pk=None)
    return born | Q(estimated_due_date=person.due_date, birth_date=None) if person.due_date else born


def _ways_to_share(person: Described) -> Iterator[Q]:
    """What else a candidate may have in common with the person: as the groups above, from one side."""
    if person.nhs_number:
        yield Q(nhs_number=person.nhs_number)
    if person.kind == INFANT and person.family:
        yield Q(family=person.family)
    reached = [*_by_phone(person), *_by_email(person), *_by_home(person)]
    if person.carers:
        reached.append(Caregiver.objects.filter(pk__in=person.carers).values("pk"))
    for carers in reached:
        yield Q(pk__in=_infants_of(carers) if person.kind == INFANT else carers)


def _infants_of(carers: QuerySet) -> QuerySet:
    """Their babies, those they no longer look after included."""
    return Dyad.objects.live().filter(caregiver__in=carers).values("infant")


def _turned(day):
    """The day, and the one with day and month the other way round when there is such a day."""
    return [day] if day.day > 12 else [day, day.replace(month=day.day, day=day.month)]


def _by_phone(person: Described) -> Iterator[QuerySet]:
    """By the last ten digits; turned about, they are the beginning of what is indexed."""
    turned = Func(Func(F("phone"), function="matching_phone"), function="reverse")
    held = Caregiver.objects.live().exclude(phone="").alias(turned=turned)
    return (held.filter(turned__startswith=phone[::-1]).values("pk") for phone in sorted(person.phones))


def _by_email(person: Described) -> Iterator[QuerySet]:
    held = Caregiver.objects.live().exclude(email="")
    return (held.filter(email__iexact=email).values("pk") for email in sorted(person.emails))


def _by_home(person: Described) -> Iterator[QuerySet]:
    if person.postcodes:
        homes = Address.objects.live().exclude(postcode="").alias(key=_postcode("postcode"))
        yield homes.filter(key__in=person.postcodes).exclude(caregiver=None).values("caregiver")
