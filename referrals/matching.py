"""Finds existing records of people named in a referral: likeness from pairs.matching, answers from this app.

Searches every site and restricted families. Of records outside the scope only their existence is revealed.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, JSONObject

from pairs.access.batch_query import PreparedBatch, Query, run_queries
from pairs.access.scope import NOBODY, Scope, TemplateScope
from pairs.families.models import Caregiver, Infant
from pairs.families.placeholder_names import read_newborn_name_to_compare
from pairs.matching.descriptions import HeldPeople, make_postcode_key
from pairs.matching.duplicates import (
    REVIEWED_STRENGTHS,
    STRENGTH_ORDER,
    compare_with_all,
    load_comparable_people,
)
from pairs.matching.rules.evidence import PersonDescription
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import Likeness
from pairs.matching.rules.names import ALIKE, SAME, compare_given_names, read_name
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import MatchResult

SINGLETON = 1  # babies of a birth
NamedPerson = ReferredInfant | ReferredCaregiver
ExistingPerson = Infant | Caregiver
AnswersByPerson = dict[tuple[UUID, UUID], str]


MAX_ANSWERS = 10_000  # of one referral: the slice keeps their order inside a larger statement


@dataclass(frozen=True)
class Candidate:
    """An existing person within scope; ``answer``: the last match answer, or ''."""

    person: ExistingPerson
    likeness: Likeness
    answer: str


@dataclass(frozen=True)
class CandidateSet:
    """One named person with candidates: those who may be the same, or of the same birth as a baby.

    ``named_together``: babies named before this one for the same day. ``carriers``: of a baby, the named carers who
    are said to have carried it, where there are several. ``elsewhere``: ids outside the scope (``families_elsewhere``:
    of their families), ``asked``: those of them that the hub was asked about already.
    ``hub``: the hub's answer about those: '' (there are none), asked, same or different.
    """

    named: NamedPerson
    kind: str
    here: tuple[Candidate, ...] = ()
    named_together: tuple[ReferredInfant, ...] = ()
    carriers: tuple[ReferredCaregiver, ...] = ()
    elsewhere: frozenset[UUID] = frozenset()
    families_elsewhere: frozenset[UUID] = frozenset()
    asked: frozenset[UUID] = frozenset()
    hub: str = ""

    @property
    def key(self) -> str:
        return str(self.named.pk)

    @property
    def born_with(self) -> tuple[Infant | ReferredInfant, ...]:
        """Babies, held or named, with whom a named baby may have been born."""
        held = [each.person for each in self.here if self.kind == PersonKind.INFANT]
        return (*held, *self.named_together)

    @property
    def carrier_ids(self) -> list[UUID]:
        return [each.pk for each in self.carriers]

    @property
    def candidates_by_key(self) -> dict[str, Candidate]:
        return {str(each.person.pk): each for each in self.here}


def find_candidate_sets(
    referral: Referral, scope: Scope, answers: AnswersByPerson | None = None
) -> list[CandidateSet]:
    """Candidates for each named person, babies first. The referral's people are prefetched.

    ``answers``: the newest about each named person and record, where the caller has read them.
    """
    answers = load_match_answers(referral) if answers is None else answers
    carers, babies = list(referral.caregivers.all()), list(referral.infants.all())
    named = [(each, describe_named_person(each, carers)) for each in (*babies, *carers)]
    same = {held for (_, held), answer in answers.items() if answer == MatchResult.SAME}
    identified = [person for _, person in named if _has_identifying_details(person)]
    held = load_comparable_people(identified, scope, babies_of=same)
    of_carers = [_build_candidate_set(*each, held, answers) for each in named[len(babies) :]]
    reached = same | {each.person.pk for looked in of_carers for each in looked.here if _may_be(each)}
    of_babies = [
        _build_candidate_set(baby, replace(person, carers=frozenset(reached)), held, answers)
        for baby, person in named[: len(babies)]
    ]
    return [*(_add_births(each, babies, carers) for each in of_babies), *of_carers]


def _may_be(candidate: Candidate) -> bool:
    return candidate.answer not in (MatchResult.DIFFERENT, MatchResult.TWIN)


def _add_births(
    looked: CandidateSet, babies: Sequence[ReferredInfant], carers: Sequence[ReferredCaregiver]
) -> CandidateSet:
    """Of a named baby: who was named before it for the same day, and who may have carried it."""
    named: Any = looked.named
    before = babies[: babies.index(named)]
    together = tuple(each for each in before if may_be_same_birth(each, named))
    return replace(looked, named_together=together, carriers=list_rival_carriers(carers))


def list_rival_carriers(carers: Iterable[ReferredCaregiver]) -> tuple[ReferredCaregiver, ...]:
    """Those who are said to have carried the baby, where they are several."""
    carriers = tuple(each for each in carers if each.pregnant)
    return carriers if len(carriers) > 1 else ()


def may_be_same_birth(one: Infant | ReferredInfant, other: Infant | ReferredInfant) -> bool:
    """Two babies of one family born on one day, or around one midnight; or due on one day."""
    if one.birth_date and other.birth_date:
        return abs(one.birth_date - other.birth_date) <= timedelta(days=1)
    return one.estimated_due_date is not None and one.estimated_due_date == other.estimated_due_date


def was_born_alone(*babies: ReferredInfant) -> bool:
    """Did whoever referred say of one of them that there is no other baby of this birth?"""
    return any(each.plurality == SINGLETON for each in babies)


def load_match_answers(referral: Referral) -> AnswersByPerson:
    """{(named, held): the newest answer}."""
    return dict(run_queries([build_answers_query(referral.pk)]))


def build_answers_query(referral: UUID) -> Query:
    """Pairs of (named, held) and an answer, the newest of each pair last: a dict of them is an AnswersByPerson."""
    rows = MatchAnswer.objects.live().filter(referral=referral).order_by("at", "created_at")
    fields = {"answer": "answer", "named": Coalesce("named_infant", "named_caregiver")}
    return Query(rows[:MAX_ANSWERS], fields | {"held": Coalesce("infant", "caregiver")}, _to_answers)


def _to_answers(row: dict[str, str]) -> list[tuple[tuple[UUID, UUID], str]]:
    return [((UUID(row["named"]), UUID(row["held"])), row["answer"])]


def _build_candidate_set(
    named: NamedPerson,
    person: PersonDescription,
    held_by_kind: Mapping[str, HeldPeople],
    answers: AnswersByPerson,
) -> CandidateSet:
    """``person``: the named one, as the rule of likeness reads them."""
    kind, held = person.kind, held_by_kind[person.kind]
    comparable = held.descriptions.values() if _has_identifying_details(person) else ()
    found, mine = compare_with_all(person, comparable), held.in_scope
    ranked = sorted(found.keys() & mine.keys(), key=lambda pk: (STRENGTH_ORDER[found[pk].strength], pk))
    elsewhere = frozenset(
        pk for pk, how in found.items() if how.strength in REVIEWED_STRENGTHS and pk not in mine
    )
    return CandidateSet(
        named=named,
        kind=kind,
        here=tuple(Candidate(mine[pk], found[pk], answers.get((named.pk, pk), "")) for pk in ranked),
        elsewhere=elsewhere,
        asked=frozenset(pk for pk in elsewhere if (named.pk, pk) in answers),
        families_elsewhere=frozenset(held.descriptions[pk].family for pk in elsewhere),
        hub=_summarise_hub_answers([answers.get((named.pk, pk), MatchResult.ASKED) for pk in elsewhere]),
    )


def _summarise_hub_answers(said: list[str]) -> str:
    """The hub's combined answer: same if any is the same, asked while any is open, else different."""
    if not said:
        return ""
    first = (MatchResult.SAME, MatchResult.ASKED)
    return next((each for each in first if each in said), MatchResult.DIFFERENT)


def get_person_kind(named: NamedPerson) -> str:
    return PersonKind.INFANT if isinstance(named, ReferredInfant) else PersonKind.CAREGIVER


def describe_named_person(named: NamedPerson, carers: Iterable[ReferredCaregiver]) -> PersonDescription:
    """The person as they were named, for the rule of likeness. A baby is reached through the carers."""
    baby = isinstance(named, ReferredInfant)
    through = list(carers) if baby else [named]
    name = read_newborn_name_to_compare(named.given_name, named.family_name) if baby else named
    return PersonDescription(
        kind=get_person_kind(named),
        given_name=name.given_name,
        family_name=name.family_name,
        twin=named.twin if baby else (1, 1),
        birth_date=named.birth_date,
        due_date=named.estimated_due_date if baby else None,
        nhs_number=named.nhs_number or "",
        phones=frozenset().union(*(each.phone_keys for each in through)),
        emails=frozenset(filter(None, (each.email.casefold() for each in through))),
        postcodes=frozenset(filter(None, (make_postcode_key(each.postcode) for each in through))),
    )


def _has_identifying_details(person: PersonDescription) -> bool:
    """Is there anything to identify them by besides the name?"""
    known = (person.nhs_number, person.birth_date, person.due_date)
    return any(known) or bool(person.phones or person.emails or person.postcodes)


def collect_candidate_families(looked: Iterable[CandidateSet]) -> set[UUID]:
    """Ids of all families found, including those outside the scope: for the access log only."""
    return {
        family
        for each in looked
        for family in (*(candidate.person.family_id for candidate in each.here), *each.families_elsewhere)
    }


# ---------------------------------------------------------------- for a list of referrals


def find_possibly_known(referrals: Sequence[Referral]) -> set[UUID]:
    """Ids of referrals possibly about an existing person: by NHS number, phone and name, or open check.

    One query, whatever their number: a flag for the triage board, not the full search.
    """
    if not referrals:
        return set()
    *sure, by_phone = _MARK_BATCH.rows(NOBODY, referrals=[each.pk for each in referrals])
    marked = [*itertools.chain(*sure), *filter(_has_the_given_name, by_phone)]
    return {UUID(row["referral"]) for row in marked}


def _has_the_given_name(row: dict[str, Any]) -> bool:
    named = read_name(row["given_name"], row["family_name"])
    known = (read_name(held["given_name"], held["family_name"]) for held in row["held"])
    return any(compare_given_names(named, held) in (SAME, ALIKE) for held in known)


def _build_mark_queries(scope: TemplateScope, referrals: UUID) -> list[Query]:
    theirs = {"referral__in": [referrals]}
    numbered = [
        named.objects.live().filter(
            Exists(held.objects.live().filter(nhs_number=OuterRef("nhs_number"))), **theirs
        )
        for named, held in ((ReferredInfant, Infant), (ReferredCaregiver, Caregiver))
    ]
    carers = ReferredCaregiver.objects.live().filter(**theirs).exclude(phone="")
    names = {"given_name": "given_name", "family_name": "family_name"}
    same_phone = Caregiver.objects.live().filter(phone_keys__overlap=OuterRef("phone_keys"))
    rung = carers.annotate(held=ArraySubquery(same_phone.values(row=JSONObject(**names))))
    of = {"referral": "referral_id"}
    return [
        Query(MatchAnswer.objects.waiting().filter(**theirs), of),
        *(Query(each, of) for each in numbered),
        Query(rung, of | names | {"held": "held"}),
    ]


_MARK_BATCH = PreparedBatch(_build_mark_queries)
