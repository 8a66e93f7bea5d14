"""Who is named in a referral, beside those who are held already: likeness from families' matching, answers from here.

Every site and every restricted family is looked through. Whom the searcher may not see is only said to exist.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, OuterRef, TextField, Value
from django.db.models.functions import Concat, JSONObject, Length, Right

from pairs.access.asking import PreparedBatch, Question
from pairs.access.scope import NOBODY, Scope
from pairs.families.models import Caregiver, Infant
from pairs.matching.duplicates import LOOKED_AT, MODELS, everybody_like, phone_key, postcode_key
from pairs.matching.models import CAREGIVER, INFANT
from pairs.matching.rules.likeness import TWIN, Described, Likeness
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.models.matches import ASKED, DIFFERENT, SAME

Named = ReferredInfant | ReferredCaregiver
Held = Infant | Caregiver
Answers = dict[tuple[UUID, UUID], str]


@dataclass(frozen=True)
class Candidate:
    """Somebody held whom the searcher may see; ``answer``: what was said of the pair last, or ''."""

    person: Held
    likeness: Likeness
    answer: str


@dataclass(frozen=True)
class Looked:
    """One named person, who may be the same, and who is of the same birth. ``elsewhere``: ids out of sight.

    ``hub``: '' (nobody elsewhere), asked, same or different: what those who may see them have answered.
    """

    named: Named
    kind: str
    here: tuple[Candidate, ...] = ()
    twins: tuple[Held, ...] = ()
    elsewhere: frozenset[UUID] = frozenset()
    hub: str = ""

    @property
    def key(self) -> str:
        return str(self.named.pk)

    @property
    def here_by_key(self) -> dict[str, Candidate]:
        return {str(each.person.pk): each for each in self.here}


def look(referral: Referral, scope: Scope) -> list[Looked]:
    """Everybody named, babies first, each with whom they may be. The referral comes with its people."""
    answers = answers_of(referral)
    carers = list(referral.caregivers.all())
    known = {named for (named, _), answer in answers.items() if answer == SAME}
    same = {held for (named, held), answer in answers.items() if answer == SAME and named in known}
    return [_looked(each, carers, same, answers, scope) for each in (*referral.infants.all(), *carers)]


def answers_of(referral: Referral) -> Answers:
    """{(named, held): the newest answer}."""
    rows = MatchAnswer.objects.live().filter(referral=referral).order_by("at")
    pairs = rows.values_list("named_infant", "named_caregiver", "infant", "caregiver", "answer")
    return {(baby or carer, infant or caregiver): said for baby, carer, infant, caregiver, said in pairs}


def _looked(
    named: Named, carers: Sequence[ReferredCaregiver], same: set[UUID], answers: Answers, scope: Scope
) -> Looked:
    person = described_named(named, carers, same)
    found = everybody_like(person) if _can_be_told(person) else {}
    alike = {pk: how for pk, how in found.items() if how.strength in LOOKED_AT}
    people = MODELS[kind_of(named)].objects.visible_to(scope).select_related("family__site")
    mine = {row.pk: row for row in people.filter(pk__in=found)} if found else {}
    elsewhere = frozenset(alike.keys() - mine.keys())
    ranked = sorted(alike.keys() & mine.keys(), key=lambda pk: (LOOKED_AT[alike[pk].strength], pk))
    return Looked(
        named=named,
        kind=kind_of(named),
        here=tuple(Candidate(mine[pk], alike[pk], answers.get((named.pk, pk), "")) for pk in ranked),
        twins=tuple(mine[pk] for pk, how in found.items() if how.strength == TWIN and pk in mine),
        elsewhere=elsewhere,
        hub=_hub([answers.get((named.pk, pk), ASKED) for pk in elsewhere]),
    )


def _hub(said: list[str]) -> str:
    """What the hub has said of those out of sight: one that is the same decides, and nothing is known till all are."""
    if not said:
        return ""
    return SAME if SAME in said else ASKED if ASKED in said else DIFFERENT


def kind_of(named: Named) -> str:
    return INFANT if isinstance(named, ReferredInfant) else CAREGIVER


def described_named(
    named: Named, carers: Iterable[ReferredCaregiver], same: Iterable[UUID] = ()
) -> Described:
    """The person as they were named, for the rule of likeness.

    ``same``: ids of held people whom somebody named was found to be. A baby is reached through the carers.
    """
    baby = isinstance(named, ReferredInfant)
    through = list(carers) if baby else [named]
    return Described(
        kind=kind_of(named),
        given_name=named.given_name,
        family_name=named.family_name,
        birth_date=named.birth_date,
        due_date=named.estimated_due_date if baby else None,
        nhs_number=named.nhs_number or "",
        phones=frozenset(filter(None, (phone_key(each.phone) for each in through))),
        emails=frozenset(filter(None, (each.email.casefold() for each in through))),
        postcodes=frozenset(filter(None, (postcode_key(each.postcode) for each in through))),
        carers=frozenset(same) if baby else frozenset(),
    )


def _can_be_told(person: Described) -> bool:
    """Is anything known that tells them from anybody else? A name alone does not."""
    known = (person.nhs_number, person.birth_date, person.due_date)
    return any(known) or bool(person.phones or person.emails or person.postcodes)


def families_of(looked: Iterable[Looked]) -> set[UUID]:
    """Ids of every family that the look came upon, those out of sight included: for the access log alone."""
    looked = list(looked)
    seen = {person.family_id for each in looked for person in (*(c.person for c in each.here), *each.twins)}
    for kind, model in MODELS.items():
        hidden = {pk for each in looked if each.kind == kind for pk in each.elsewhere}
        if hidden:
            seen.update(model.objects.filter(pk__in=hidden).values_list("family", flat=True))
    return seen


# ---------------------------------------------------------------- for a list of referrals


def maybe_held(referrals: Sequence[Referral]) -> set[UUID]:
    """Which of these may be about somebody who is held: by NHS number, by phone and given name, or asked of the hub.

    One query whatever the number: a mark for the board, not the look itself.
    """
    if not referrals:
        return set()
    asked, by_number, by_phone = _marks.rows(NOBODY, referrals=[each.pk for each in referrals])
    marked = [*asked, *by_number, *filter(_has_the_given_name, by_phone)]
    return {UUID(row["referral"]) for row in marked}


def _has_the_given_name(row):
    named, key = row["given_name"].casefold(), phone_key(row["phone"])
    return any(
        (phone_key(held["phone"]), held["given_name"].casefold()) == (key, named) for held in row["held"]
    )


def _questions(scope, referrals):
    theirs = {"referral__in": [referrals]}
    same_number = Infant.objects.live().filter(nhs_number=OuterRef("nhs_number"))
    numbered = ReferredInfant.objects.live().filter(Exists(same_number), **theirs).exclude(nhs_number="")
    carers = ReferredCaregiver.objects.live().filter(**theirs).alias(digits=Length(_DIGITS))
    rung = carers.filter(digits__gte=10).annotate(key=Func(_TEN_DIGITS, function="reverse"))
    held = ArraySubquery(_held_by_phone().values(row=JSONObject(phone="phone", given_name="given_name")))
    of = {"referral": "referral_id"}
    return [
        Question(MatchAnswer.objects.waiting().filter(**theirs), of),
        Question(numbered, of),
        Question(rung, of | {"phone": "phone", "given_name": "given_name", "held": held}),
    ]


# `phone_key` in SQL: the last ten digits; numbers that are held begin with 0 (matching_phone).
_DIGITS = Func(
    F("phone"), Value("[^0-9]"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
)
_TEN_DIGITS = Concat(Value("0"), Right(_DIGITS, 10))


def _held_by_phone():
    key = Func(Func(F("phone"), function="matching_phone"), function="reverse")
    return Caregiver.objects.live().exclude(phone="").alias(turned=key).filter(turned=OuterRef("key"))


_marks = PreparedBatch(_questions)
