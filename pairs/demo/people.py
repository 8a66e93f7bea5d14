"""The people of a made-up family: babies from unborn to five, those who bring them up, and where they live."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from pairs.demo import texts
from pairs.demo.places import CATEGORIES, MIXES, list_areas
from pairs.demo.scenarios.records import BabyRecord, CarerRecord
from pairs.families.choices import Relationship, Sex

TEST_NUMBERS = 1_000_000
NUMBERS_PER_FAMILY = 12
NUMBER_STEP = 379  # shares no factor with the count of numbers, so none is given twice
MAX_FAMILIES = TEST_NUMBERS // NUMBERS_PER_FAMILY


def make_id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


class NhsNumbers:
    """A family's own NHS numbers from 999, which are never issued to anybody."""

    def __init__(self, family: int) -> None:
        self._next = family * NUMBERS_PER_FAMILY

    def take(self) -> str:
        while True:
            nine = f"999{self._next * NUMBER_STEP % TEST_NUMBERS:06d}"
            self._next += 1
            check = (
                11
                - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
            )
            if check != 10:
                return nine + str(check % 11)


def choose_ethnicity(rng: Random, place: str, *, known: float = 0.9) -> str:
    """By the place's own mix; sometimes not asked yet (99), now and then declined (Z)."""
    if rng.random() > known:
        return "Z" if rng.random() < 0.2 else "99"
    return rng.choices(CATEGORIES, MIXES[place].ethnicity)[0]


def build_babies(
    rng: Random, number: int, place: str, received: date, numbers: NhsNumbers
) -> list[BabyRecord]:
    """One baby, or twins: about a quarter not yet born, most of the others in their first year."""
    count = 2 if rng.random() < 0.03 else 1
    unborn = rng.random() < 0.25
    due = received + timedelta(days=rng.randrange(14, 170)) if unborn else None
    born = (
        due + timedelta(days=round(rng.gauss(-1, 9)))
        if due
        else received - timedelta(days=_choose_age_days(rng))
    )
    surname, origin = rng.choice(texts.SURNAMES), choose_ethnicity(rng, place)
    return [
        _build_baby(rng, order, count, surname, origin, due, born, numbers) for order in range(1, count + 1)
    ]


def _choose_age_days(rng: Random) -> int:
    """Days of life at referral: most in the first year, the oldest just short of five years."""
    return int(1790 * rng.random() ** 2.6) + 4


def _build_baby(
    rng: Random,
    order: int,
    count: int,
    surname: str,
    origin: str,
    due: date | None,
    born: date,
    numbers: NhsNumbers,
) -> BabyRecord:
    sex = rng.choice(("female", "male"))
    name = rng.choice(texts.GIRLS if sex == Sex.FEMALE else texts.BOYS)
    traced = numbers.take() if rng.random() < 0.93 else None
    return BabyRecord(
        make_id(rng), make_id(rng), "", name, surname, sex, origin, due, born, order, count, traced
    )


def build_carers(rng: Random, place: str, babies: list[BabyRecord], received: date) -> list[CarerRecord]:
    """Whoever brings the babies up: a mother and often a father, or foster and kinship carers."""
    kind, unborn = rng.random(), not babies[0].born_at_referral
    if kind < 0.06 and not unborn:
        relationships = ["foster_carer"]
    elif kind < 0.11 and not unborn:
        relationships = ["kinship_carer" if rng.random() < 0.5 else "grandparent"]
    elif kind < 0.14 and not unborn:
        relationships = ["father"]
    else:
        relationships = ["mother"] + (
            ["father"] if rng.random() < 0.55 else ["partner"] if rng.random() < 0.06 else []
        )
    home = _choose_home(rng, place)
    return [
        _build_carer(rng, relationship, order == 0, babies, place, received, home)
        for order, relationship in enumerate(relationships)
    ]


def _choose_home(rng: Random, place: str) -> dict:
    """A made-up address; now and then we were not told the postcode."""
    area = rng.choice(list_areas()[place])
    lines = f"{rng.randrange(1, 180)} {rng.choice(texts.STREETS)}"
    if rng.random() < 0.04:
        return {"lines": lines}
    return {
        "lines": lines,
        "postcode": rng.choice(area.postcodes),
        "lsoa_code": area.code,
        "decile": area.decile,
    }


def _build_carer(
    rng: Random,
    relationship: str,
    main: bool,
    babies: list[BabyRecord],
    place: str,
    received: date,
    home: dict[str, Any],
) -> CarerRecord:
    origin = babies[0].ethnicity if rng.random() < 0.85 else choose_ethnicity(rng, place)
    language = texts.LANGUAGES.get(origin, "") if rng.random() < 0.35 else ""
    lives_with = True if main else rng.choice((True, True, True, False, None))
    man = relationship == Relationship.FATHER or (relationship != Relationship.MOTHER and rng.random() < 0.25)
    years = rng.randrange(45, 63) if relationship == Relationship.GRANDPARENT else rng.randrange(17, 43)
    given = rng.choice(texts.MEN if man else texts.WOMEN)
    phone = (
        f"07700 900{rng.randrange(1000):03d}" if rng.random() < 0.8 else f"01632 960{rng.randrange(1000):03d}"
    )
    surname = babies[0].family_name if rng.random() < 0.7 else rng.choice(texts.SURNAMES)
    return CarerRecord(
        id=make_id(rng), named_id=make_id(rng), address_id=make_id(rng),
        dyad_ids={baby.id: make_id(rng) for baby in babies},
        given_name=given, family_name=surname, relationship=relationship, main=main,
        pregnant=relationship == Relationship.MOTHER, lives_with=lives_with,
        ethnicity=origin,
        birth_date=received - timedelta(days=years * 365 + rng.randrange(365)) if rng.random() < 0.85 else None,
        phone=phone, email=f"{given}.{surname}{rng.randrange(100)}@example.org".lower() if rng.random() < 0.5 else "",
        language=language, interpreter=bool(language) and rng.random() < 0.5, **(home if lives_with else {}),
    )  # fmt: skip
