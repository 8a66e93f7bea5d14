"""Finds existing records of people named in a referral: likeness from pairs.matching, answers from this app.

Searches every site and restricted families. Of records outside the scope only their existence is revealed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, OuterRef, TextField, Value
from django.db.models.functions import Concat, JSONObject, Length, Right

from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.records import RecordQuerySet
from pairs.access.scope import NOBODY, Scope, TemplateScope
from pairs.families.models import Caregiver, Infant
from pairs.matching.duplicates import (
    MODELS_BY_KIND,
    REVIEWED_STRENGTHS,
    find_all_similar,
    make_phone_key,
    make_postcode_key,
)
from pairs.matching.rules.kinds import PersonKind
from pairs.matching.rules.likeness import TWIN, Likeness, PersonDescription
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import MatchResult

NamedPerson = ReferredInfant | ReferredCaregiver
ExistingPerson = Infant | Caregiver
AnswersByPerson = dict[tuple[UUID, UUID], str]


@dataclass(frozen=True)
class Candidate:
    """An existing person within scope; ``answer``: the last match answer, or ''."""

    person: ExistingPerson
    likeness: Likeness
    answer: str


@dataclass(frozen=True)
class CandidateSet:
    """One named person with candidates and twins. ``elsewhere``: ids of candidates outside the scope.

    ``hub``: the hub's answer about those: '' (there are none), asked, same or different.
    """

    named: NamedPerson
    kind: str
    here: tuple[Candidate, ...] = ()
    twins: tuple[ExistingPerson, ...] = ()
    elsewhere: frozenset[UUID] = frozenset()
    hub: str = ""

    @property
    def key(self) -> str:
        return str(self.named.pk)

    @property
    def candidates_by_key(self) -> dict[str, Candidate]:
        return {str(each.person.pk): each for each in self.here}


def find_candidate_sets(referral: Referral, scope: Scope) -> list[CandidateSet]:
    """Candidates for each named person, babies first. The referral's people are prefetched."""
    answers = load_match_answers(referral)
    carers = list(referral.caregivers.all())
    known = {named for (named, _), answer in answers.items() if answer == MatchResult.SAME}
    same = {
        held for (named, held), answer in answers.items() if answer == MatchResult.SAME and named in known
    }
    return [
        _find_candidates(each, carers, same, answers, scope) for each in (*referral.infants.all(), *carers)
    ]


def load_match_answers(referral: Referral) -> AnswersByPerson:
    """{(named, held): the newest answer}."""
    rows = MatchAnswer.objects.live().filter(referral=referral).order_by("at")
    values = rows.values_list("named_infant", "named_caregiver", "infant", "caregiver", "answer")
    return {(baby or carer, infant or caregiver): said for baby, carer, infant, caregiver, said in values}


def _find_candidates(
    named: NamedPerson,
    carers: Sequence[ReferredCaregiver],
    same: set[UUID],
    answers: AnswersByPerson,
    scope: Scope,
) -> CandidateSet:
    person = describe_named_person(named, carers, same)
    found = find_all_similar(person) if _has_identifying_details(person) else {}
    alike = {pk: how for pk, how in found.items() if how.strength in REVIEWED_STRENGTHS}
    people = MODELS_BY_KIND[get_person_kind(named)].objects.visible_to(scope).select_related("family__site")
    mine = {row.pk: row for row in people.filter(pk__in=found)} if found else {}
    elsewhere = frozenset(alike.keys() - mine.keys())
    ranked = sorted(alike.keys() & mine.keys(), key=lambda pk: (REVIEWED_STRENGTHS[alike[pk].strength], pk))
    return CandidateSet(
        named=named,
        kind=get_person_kind(named),
        here=tuple(Candidate(mine[pk], alike[pk], answers.get((named.pk, pk), "")) for pk in ranked),
        twins=tuple(mine[pk] for pk, how in found.items() if how.strength == TWIN and pk in mine),
        elsewhere=elsewhere,
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


def describe_named_person(
    named: NamedPerson, carers: Iterable[ReferredCaregiver], same: Iterable[UUID] = ()
) -> PersonDescription:
    """The person as they were named, for the rule of likeness.

    ``same``: ids of held people whom somebody named was found to be. A baby is reached through the carers.
    """
    baby = isinstance(named, ReferredInfant)
    through = list(carers) if baby else [named]
    return PersonDescription(
        kind=get_person_kind(named),
        given_name=named.given_name,
        family_name=named.family_name,
        birth_date=named.birth_date,
        due_date=named.estimated_due_date if baby else None,
        nhs_number=named.nhs_number or "",
        phones=frozenset(filter(None, (make_phone_key(each.phone) for each in through))),
        emails=frozenset(filter(None, (each.email.casefold() for each in through))),
        postcodes=frozenset(filter(None, (make_postcode_key(each.postcode) for each in through))),
        carers=frozenset(same) if baby else frozenset(),
    )


def _has_identifying_details(person: PersonDescription) -> bool:
    """Is there anything to identify them by besides the name?"""
    known = (person.nhs_number, person.birth_date, person.due_date)
    return any(known) or bool(person.phones or person.emails or person.postcodes)


def collect_candidate_families(looked: Iterable[CandidateSet]) -> set[UUID]:
    """Ids of all families found, including those outside the scope: for the access log only."""
    looked = list(looked)
    seen = {person.family_id for each in looked for person in (*(c.person for c in each.here), *each.twins)}
    for kind, model in MODELS_BY_KIND.items():
        hidden = {pk for each in looked if each.kind == kind for pk in each.elsewhere}
        if hidden:
            seen.update(model.objects.filter(pk__in=hidden).values_list("family", flat=True))
    return seen


# ---------------------------------------------------------------- for a list of referrals


def find_possibly_known(referrals: Sequence[Referral]) -> set[UUID]:
    """Ids of referrals possibly about an existing person: by NHS number, phone and name, or open check.

    One query, whatever their number: a flag for the triage board, not the full search.
    """
    if not referrals:
        return set()
    asked, by_number, by_phone = _MARK_BATCH.rows(NOBODY, referrals=[each.pk for each in referrals])
    marked = [*asked, *by_number, *filter(_has_the_given_name, by_phone)]
    return {UUID(row["referral"]) for row in marked}


def _has_the_given_name(row: dict[str, Any]) -> bool:
    named, key = row["given_name"].casefold(), make_phone_key(row["phone"])
    return any(
        (make_phone_key(held["phone"]), held["given_name"].casefold()) == (key, named) for held in row["held"]
    )


def _build_mark_queries(scope: TemplateScope, referrals: UUID) -> list[Query]:
    theirs = {"referral__in": [referrals]}
    same_number = Infant.objects.live().filter(nhs_number=OuterRef("nhs_number"))
    numbered = ReferredInfant.objects.live().filter(Exists(same_number), **theirs).exclude(nhs_number="")
    carers = ReferredCaregiver.objects.live().filter(**theirs).alias(digits=Length(_DIGITS))
    rung = carers.filter(digits__gte=10).annotate(key=Func(_TEN_DIGITS, function="reverse"))
    held = ArraySubquery(
        _query_known_by_phone().values(row=JSONObject(phone="phone", given_name="given_name"))
    )
    of = {"referral": "referral_id"}
    return [
        Query(MatchAnswer.objects.waiting().filter(**theirs), of),
        Query(numbered, of),
        Query(rung, of | {"phone": "phone", "given_name": "given_name", "held": held}),
    ]


# `make_phone_key` in SQL: the last ten digits; numbers that are held begin with 0 (matching_phone).
_DIGITS = Func(
    F("phone"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
)
_TEN_DIGITS = Concat(Value("0"), Right(_DIGITS, 10))


def _query_known_by_phone() -> RecordQuerySet:
    key = Func(Func(F("phone"), function="matching_phone"), function="reverse")
    return Caregiver.objects.live().exclude(phone="").alias(turned=key).filter(turned=OuterRef("key"))


_MARK_BATCH = PreparedBatch(_build_mark_queries)
