"""Who may be held twice: those who share something (candidates.py), compared by the rule of likeness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from pairs.access.scope import NOBODY, Scope
from pairs.families.models import Caregiver, Infant
from pairs.matching.candidates import find_candidate_pairs, find_candidates_of_any
from pairs.matching.descriptions import MODELS_BY_KIND, HeldPeople, load_descriptions, load_held_people
from pairs.matching.models import NotTheSame, sort_two_ids
from pairs.matching.rules.evidence import PersonDescription
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import HIGH, MEDIUM, TWIN, Likeness, compare_people

STRENGTH_ORDER = {HIGH: 0, MEDIUM: 1, TWIN: 2}
REVIEWED_STRENGTHS = (HIGH, MEDIUM)  # of two records: twins are two people


@dataclass(frozen=True)
class DuplicatePair:
    """Possible duplicate records."""

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
    found = {sort_two_ids(*pair) for pair in find_candidate_pairs(people, kind)}
    pairs = sorted(found - told_apart)
    known = load_descriptions(kind, {row_id for pair in pairs for row_id in pair})
    compared = (DuplicatePair(kind, *pair, compare_people(known[pair[0]], known[pair[1]])) for pair in pairs)
    alike = [pair for pair in compared if pair.likeness.strength in REVIEWED_STRENGTHS]
    return sorted(alike, key=lambda pair: (STRENGTH_ORDER[pair.likeness.strength], pair.one, pair.other))


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
    ranked = sorted(mine, key=lambda pk: (STRENGTH_ORDER[alike[pk].strength], pk))
    return Matches({pk: alike[pk] for pk in ranked}, elsewhere=bool(alike.keys() - mine))


def find_all_similar(person: PersonDescription) -> dict[UUID, Likeness]:
    """Everybody held with any likeness, brothers and sisters of one birth among them, in whatever family.

    Ids alone: who may be told of whom is still to be asked of a scope.
    """
    held = load_comparable_people([person])[person.kind]
    return compare_with_all(person, held.descriptions.values())


def load_comparable_people(
    people: Sequence[PersonDescription], scope: Scope = NOBODY, *, babies_of: Iterable[UUID] = ()
) -> dict[str, HeldPeople]:
    """{kind: who is worth comparing with these babies and carers}; with babies, those of such carers are among them.

    Two queries, however many people and records. ``babies_of``: ids of further carers whose babies are wanted.
    """
    candidates = find_candidates_of_any(people)
    carers = {*candidates[PersonKind.CAREGIVER], *babies_of}
    with_babies = any(person.kind == PersonKind.INFANT for person in people)
    return load_held_people(candidates, scope, babies_of=carers if with_babies else ())


def compare_with_all(person: PersonDescription, others: Iterable[PersonDescription]) -> dict[UUID, Likeness]:
    """Those with any likeness to the person."""
    alike = {other.id: compare_people(person, other) for other in others if other.id != person.id}
    return {pk: how for pk, how in alike.items() if how.strength}
