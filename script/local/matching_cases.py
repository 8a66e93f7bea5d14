"""Made-up families to look among, and people named anew with the slips that people make: what matching is measured on.

The families are the demo's own (pairs.demo.people), but that each carer has a phone, an e-mail and a home of
their own: the demo has two thousand numbers to deal out, and sixty thousand families would share them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from script.local.matching_names import choose_names
from script.local.name_slips import SLIPS, misspell_name

if TYPE_CHECKING:
    from pairs.demo.scenarios.records import BabyRecord, CarerRecord
    from pairs.matching.rules.evidence import PersonDescription

LATEST_DATE = date(2026, 11, 1)
YEARS = 3


@dataclass
class KnownFamily:
    """A family on record: its babies and carers as Described, with their ids."""

    babies: list[Any]
    carers: list[Any]
    group: str = ""  # of names


@dataclass(frozen=True)
class NamedPerson:
    """One person named in a referral. ``held``: the record of that very person, or None when there is none."""

    person: Any
    held: UUID | None


@dataclass(frozen=True)
class MatchingCase:
    """Who is named in it, what kind of slip was made, and the ids of the family's records when it is held."""

    kind: str
    named: list[NamedPerson]
    family: frozenset[UUID] = field(default_factory=frozenset)
    group: str = ""


# ---------------------------------------------------------------- families


def make_families(count: int, seed: int, first: int = 0) -> Iterator[KnownFamily]:
    """So many made-up families. ``first``: the number of the first, so that two lots share no phone and no home."""
    from pairs.demo.people import NhsNumbers, build_babies, build_carers
    from pairs.demo.places import list_areas

    places = sorted(list_areas())
    for number in range(first, first + count):
        rng = Random(seed * 1_000_003 + number)
        received = LATEST_DATE - timedelta(days=rng.randrange(365 * YEARS))
        place = rng.choice(places)
        babies = build_babies(rng, number, place, received, NhsNumbers(number))
        carers = build_carers(rng, place, babies, received)
        group = _name_family(babies, carers, number, rng)
        yield replace(make_family(number, babies, carers), group=group)


def _name_family(babies: "list[BabyRecord]", carers: "list[CarerRecord]", number: int, dice: Random) -> str:
    """Names of one group for all of them; two carers in three have the family name."""
    group, family_name, girls, boys = choose_names(number, dice)
    places = dice.sample(range(len(min(girls, boys, key=len))), len(babies))
    for baby, place in zip(babies, places, strict=True):
        baby.given_name, baby.family_name = (girls if baby.sex == "female" else boys)[place], family_name
    left = {name: dice.sample(names, len(names)) for name, names in (("boys", boys), ("girls", girls))}
    for carer in carers:
        carer.given_name = left["boys" if carer.relationship == "father" else "girls"].pop()
        carer.family_name = family_name if dice.random() < 0.67 else choose_names(number, dice)[1]
    return group


def make_family(number: int, babies: "list[BabyRecord]", carers: "list[CarerRecord]") -> KnownFamily:
    from pairs.families.phones import read_phone_keys
    from pairs.matching.rules.evidence import PersonDescription

    described = [
        PersonDescription(
            kind="caregiver",
            given_name=carer.given_name,
            family_name=carer.family_name,
            birth_date=carer.birth_date,
            phones=read_phone_keys(make_phone(number, order)),
            emails=frozenset(
                [f"{carer.given_name}.{number}.{order}@example.org".lower()] if carer.email else []
            ),
            postcodes=frozenset([make_postcode(number)]),
            id=carer.id,
        )
        for order, carer in enumerate(carers)
    ]
    reached = {
        name: frozenset().union(*(getattr(each, name) for each in described)) for name in CONTACT_FIELDS
    }
    return KnownFamily(
        [_describe_infant(baby, babies[0].id, described, reached) for baby in babies], described
    )


CONTACT_FIELDS = ("phones", "emails", "postcodes")


def _describe_infant(
    baby: "BabyRecord",
    pregnancy: UUID,
    carers: "list[PersonDescription]",
    reached: dict[str, Any],
) -> "PersonDescription":
    from pairs.matching.rules.evidence import PersonDescription

    born = baby.born if baby.born and baby.born <= LATEST_DATE else None
    return PersonDescription(
        kind="infant",
        given_name=baby.given_name if born else "",
        family_name=baby.family_name,
        birth_date=born,
        due_date=baby.due,
        nhs_number=(baby.nhs_number or "") if born else "",
        carers=frozenset(carer.id for carer in carers),
        pregnancy=pregnancy,
        twin=(baby.order, baby.plurality),
        id=baby.id,
        **reached,
    )


def make_phone(number: int, order: int) -> str:
    return f"0{7_000_000_000 + number * 4 + order}"


def make_postcode(number: int) -> str:
    """A street of fifteen homes or so to each."""
    street = number // 15
    letters = "ABDEFGHJLN"
    unit = f"{letters[street // 810 % 10]}{letters[street // 8100 % 10]}"
    return f"ZQ{street % 90 + 1}{street // 90 % 9 + 1}{unit}"


def write_families(held: list[KnownFamily], sites: list[UUID]) -> None:
    """Put them into the tables at these sites, as fast as it goes: no order of events."""
    from pairs.families.models import Address, Caregiver, Dyad, Family, Infant

    made: dict[Any, list[Any]] = {model: [] for model in (Family, Caregiver, Infant, Dyad, Address)}
    for number, home in enumerate(held):
        family = Family(site_id=sites[number % len(sites)])
        made[Family].append(family)
        for carer in home.carers:
            made[Caregiver].append(
                Caregiver(
                    family=family,
                    phone=f"+{min(carer.phones)}",
                    **_get_person_fields(carer),
                    email=min(carer.emails, default=""),
                )
            )
            made[Address].append(
                Address(family=family, caregiver_id=carer.id, postcode=_format_postcode(min(carer.postcodes)))
            )
        for baby in home.babies:
            made[Infant].append(
                Infant(
                    family=family,
                    **_get_person_fields(baby),
                    nhs_number=baby.nhs_number or None,
                    estimated_due_date=baby.due_date,
                    reference=f"PI-1999-{len(made[Infant]):06}",
                    pregnancy=baby.pregnancy,
                    twin_order=baby.twin[0],
                    plurality=baby.twin[1],
                )
            )
            made[Dyad] += [
                Dyad(family=family, infant_id=baby.id, caregiver_id=carer.id, relationship="mother")
                for carer in home.carers
            ]
    for model, rows in made.items():
        model.objects.bulk_create(rows, batch_size=2000)


def _get_person_fields(person: "PersonDescription") -> dict[str, Any]:
    return {name: getattr(person, name) for name in ("id", "given_name", "family_name", "birth_date")}


def _format_postcode(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}"


# ---------------------------------------------------------------- referrals


def make_case(family: KnownFamily, kind: str, dice: Random, number: int) -> MatchingCase | None:
    """A referral of the same family with that slip, or None when the slip cannot be made of it."""
    if kind in SLIPS:
        return _make_case_with_slip(family, kind, SLIPS[kind], dice)
    return OTHER_KINDS[kind](family, kind, dice, number)


def _make_case_with_slip(
    family: KnownFamily,
    kind: str,
    slip: Callable[..., Any],
    dice: Random,
    keep: tuple[str, ...] = ("phones", "emails", "postcodes"),
) -> MatchingCase | None:
    """The slip is made of one person; where it says nothing of a person it is none."""
    people = [*family.babies, family.carers[0]]
    able = [(each, slipped) for each in people if (slipped := slip(each, dice)) is not None]
    if not able:
        return None
    chosen, slipped = dice.choice(able)
    named = [_make_named_person(slipped if each is chosen else each, each.id, dice) for each in people]
    return MatchingCase(kind, named, _collect_ids(family))


def _make_named_person(
    person: "PersonDescription", held: UUID | None, dice: Random, **changes: Any
) -> NamedPerson:
    """As a referral has it: no id, no pregnancy, no carers' ids; the NHS number is known to every third referrer."""
    from pairs.families.placeholder_names import read_newborn_name_to_compare

    number = person.nhs_number if dice.random() < 0.33 else ""
    if person.kind == "infant":  # as triage reads it
        name = read_newborn_name_to_compare(person.given_name, person.family_name)
        changes = {"given_name": name.given_name, "family_name": name.family_name} | changes
    bare = {"id": None, "carers": frozenset(), "pregnancy": None, "twin": (1, 1), "nhs_number": number}
    return NamedPerson(replace(person, **bare | changes), held)


def _collect_ids(family: KnownFamily) -> frozenset[UUID]:
    return frozenset(each.id for each in (*family.babies, *family.carers))


def _make_other_contact_fields(number: int) -> dict[str, frozenset[str]]:
    from pairs.families.phones import read_phone_keys

    return {
        "phones": read_phone_keys(f"0{7_900_000_000 + number}"),
        "emails": frozenset(),
        "postcodes": frozenset([f"ZZ{number % 9 + 1}{number % 7 + 1}AB"]),
    }


def _make_moved_case(family: KnownFamily, kind: str, dice: Random, number: int) -> MatchingCase:
    """Another home and another phone."""
    away = _make_other_contact_fields(number)
    return MatchingCase(
        kind,
        [_make_named_person(each, each.id, dice, **away) for each in (*family.babies, family.carers[0])],
        _collect_ids(family),
    )


def _make_moved_and_misspelt_case(family: KnownFamily, kind: str, dice: Random, number: int) -> MatchingCase:
    away = _make_other_contact_fields(number)
    people = [(misspell_name(each, dice) or each, each) for each in (*family.babies, family.carers[0])]
    return MatchingCase(
        kind,
        [_make_named_person(wrong, each.id, dice, **away) for wrong, each in people],
        _collect_ids(family),
    )


def _make_born_since_case(family: KnownFamily, kind: str, dice: Random, number: int) -> MatchingCase | None:
    """Held before the birth; named now, with a name and a date of birth."""
    unborn = [baby for baby in family.babies if baby.birth_date is None]
    if not unborn or len(family.babies) > 1:
        return None
    born = unborn[0].due_date + timedelta(days=round(dice.gauss(-1, 9)))
    baby = replace(unborn[0], given_name="Robyn", birth_date=born, due_date=None)
    return MatchingCase(
        kind,
        [
            _make_named_person(baby, baby.id, dice),
            _make_named_person(family.carers[0], family.carers[0].id, dice),
        ],
        _collect_ids(family),
    )


def _make_other_twin_case(family: KnownFamily, kind: str, dice: Random, number: int) -> MatchingCase | None:
    """The brother or sister born the same day, whom we do not hold: never the one we do."""
    if family.babies[0].birth_date is None or len(family.babies) > 1:
        return None
    twin = replace(family.babies[0], given_name="Lennox", nhs_number="")
    return MatchingCase(
        kind,
        [
            _make_named_person(twin, None, dice),
            _make_named_person(family.carers[0], family.carers[0].id, dice),
        ],
        _collect_ids(family),
    )


def _make_sibling_case(family: KnownFamily, kind: str, dice: Random, number: int) -> MatchingCase | None:
    """A younger brother or sister of a child we hold."""
    if family.babies[0].birth_date is None:
        return None
    born = family.babies[0].birth_date + timedelta(days=dice.randrange(290, 900))
    younger = replace(family.babies[0], given_name="Lennox", birth_date=born, due_date=None, nhs_number="")
    return MatchingCase(
        kind,
        [
            _make_named_person(younger, None, dice),
            _make_named_person(family.carers[0], family.carers[0].id, dice),
        ],
        _collect_ids(family),
    )


OTHER_KINDS = {
    "moved house, new phone": _make_moved_case,
    "moved house, and a letter wrong in each name": _make_moved_and_misspelt_case,
    "held unborn, named born": _make_born_since_case,
    "the other twin": _make_other_twin_case,
    "a younger sibling": _make_sibling_case,
}
REFERRAL_KINDS = (*SLIPS, *OTHER_KINDS)
UNKNOWN_FAMILY = "a family we do not hold"


def make_unknown_cases(count: int, seed: int, first: int) -> Iterator[MatchingCase]:
    """Families like ours that we do not hold: whoever is offered is offered wrongly."""
    dice = Random(seed)
    for home in make_families(count, seed + 1, first):
        yield MatchingCase(
            UNKNOWN_FAMILY, [_make_named_person(each, None, dice) for each in (*home.babies, home.carers[0])]
        )


def make_known_cases(held: list[KnownFamily], each_kind: int, seed: int) -> Iterator[MatchingCase]:
    """So many referrals of every kind, of families drawn by lot."""
    dice = Random(seed)
    for kind in REFERRAL_KINDS:
        made = 0
        for number in range(each_kind * 40):
            if made == each_kind:
                break
            family = dice.choice(held)
            if referral := make_case(family, kind, dice, number):
                made += 1
                yield replace(referral, group=family.group)


# ---------------------------------------------------------------- looking


@dataclass
class MatchingTally:
    """What came of the look-ups of one kind of referral."""

    referrals: int = 0
    lookups: int = 0
    held: int = 0  # look-ups of somebody we hold
    found: int = 0  # of those, with the right record among what is offered
    families: int = 0  # referrals of a family we hold
    families_found: int = 0
    wrong: int = 0  # records offered that are of somebody else
    wrong_lookups: int = 0

    def add(self, other: "MatchingTally") -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def run_case(referral: MatchingCase, look_up: Callable[[Any], set[UUID]]) -> MatchingTally:
    """``look_up`` answers the ids offered for one person."""
    offered = [(each, look_up(each.person)) for each in referral.named]
    wrong = [found - {each.held} for each, found in offered]
    return MatchingTally(
        referrals=1,
        lookups=len(offered),
        held=sum(each.held is not None for each, _ in offered),
        found=sum(each.held in found for each, found in offered),
        families=bool(referral.family),
        families_found=any(found & referral.family for _, found in offered),
        wrong=sum(map(len, wrong)),
        wrong_lookups=sum(map(bool, wrong)),
    )
