"""Recent made-up referrals of people who may have records already: some return, some are only similar."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from pairs.demo import texts
from pairs.demo.calendar import choose_working_time, get_working_day, subtract_months
from pairs.demo.generator import SeedPlan, ServiceGenerator, get_site_on
from pairs.demo.people import make_id
from pairs.demo.scenarios.records import (
    Act,
    BabyRecord,
    CarerRecord,
    FamilyScenario,
    MatchRecord,
    ReferralRecord,
    StatusRecord,
)
from pairs.demo.texts_context import swap_letters
from referrals.rules.choices import EntryPoint, PermissionBasis

MAX_RETURNING = 12
# How each names the people again, how many days ago, whether somebody has said already that it is the same baby.
RETURNING_CASES = ((2, True), (3, True), (4, False))
SIMILAR_NAMING = ("misspelt", "swapped", "moved", "twin")


def select_ended(plan: SeedPlan, lives: list[FamilyScenario]) -> list[FamilyScenario]:
    """Those whose work ended within the last year, a baby living; the newest endings last."""
    since = subtract_months(plan.until, 11)
    ended = [life for life in lives if life.work and life.work.ending and life.work.ending.on > since]
    fit = [life for life in ended if _is_straightforward(life)]
    return sorted(fit, key=lambda life: (life.work.ending.on, life.number))[-MAX_RETURNING:]


def select_ongoing(lives: list[FamilyScenario]) -> list[FamilyScenario]:
    """Those we work with, whom somebody might refer a second time by mistake."""
    return [life for life in lives if life.work and not life.work.ending and _is_straightforward(life)][
        -MAX_RETURNING:
    ]


def _is_straightforward(scenario: FamilyScenario) -> bool:
    return not scenario.restricted and all(baby.born and not baby.lost_on for baby in scenario.babies)


def seed_returning(
    plan: SeedPlan, world: ServiceGenerator, ended: list[FamilyScenario], going_on: list[FamilyScenario]
) -> Iterator[FamilyScenario]:
    """Referrals that wait for a decision, each with its steps so far."""
    for (days, said), life in zip(RETURNING_CASES, ended, strict=False):
        yield _build_returning_family(plan, world, life, "return", days, said)
    for days, (how, life) in enumerate(zip(SIMILAR_NAMING, going_on, strict=False), 1):
        yield _build_returning_family(plan, world, life, how, days, False)


def _build_returning_family(
    plan: SeedPlan, world: ServiceGenerator, scenario: FamilyScenario, how: str, days: int, said: bool
) -> FamilyScenario:
    rng = Random(f"{plan.seed}/again/{scenario.number}")
    babies, carers = (
        [_build_renamed_baby(rng, baby, how) for baby in scenario.babies],
        [_build_repeated_carer(rng, c, how) for c in scenario.carers],
    )
    act = Act(choose_working_time(rng, get_working_day(plan.until - timedelta(days=days))), "visitor-1")
    referral = _build_repeat_referral(rng, world, scenario, act)
    made = FamilyScenario(scenario.number, make_id(rng), referral, babies, carers)
    read = Act(act.at + timedelta(minutes=40), "duty")
    if days > 1:
        referral.steps.append(StatusRecord(make_id(rng), "read", read))
    if said:
        matched = zip(babies, scenario.babies, strict=True)
        made.same = [MatchRecord(make_id(rng), named.named_id, held.id, read) for named, held in matched]
    return made


def _build_repeat_referral(
    rng: Random, world: ServiceGenerator, scenario: FamilyScenario, act: Act
) -> ReferralRecord:
    before = scenario.referral
    return ReferralRecord(
        id=make_id(rng),
        reference=world.reference("R", act.at.year),
        site=get_site_on(before.place, act.at.date()),
        place=before.place,
        entry_point=EntryPoint.PROFESSIONAL,
        source="A2",
        referrer=act.by,
        act=act,
        permission=PermissionBasis.PARENT_AGREES,
        permission_reason="",
        concerns=before.concerns,
        noticed=rng.choice(texts.NOTICED_AGAIN),
        parent_says="",
        hopes="",
        preferred_place="",
        safe_contact=before.safe_contact,
        steps=[StatusRecord(make_id(rng), "received", act)],
    )


def _build_renamed_baby(rng: Random, baby: BabyRecord, how: str) -> BabyRecord:
    """As they are named this time; nobody knew the NHS number."""
    named = {"given_name": baby.given_name, "family_name": baby.family_name}
    if how == "misspelt":
        named = {"given_name": swap_letters(baby.given_name), "family_name": swap_letters(baby.family_name)}
    elif how == "swapped":
        named = {"given_name": baby.family_name, "family_name": baby.given_name}
    elif how == "twin":
        bank = texts.BOYS if baby.given_name in texts.GIRLS else texts.GIRLS
        named["given_name"] = rng.choice(bank)
    unknown = {"nhs_number": None, "due": None, "birth": None, "reference": ""}
    return replace(baby, id=make_id(rng), named_id=make_id(rng), **named, **unknown)


def _build_repeated_carer(rng: Random, carer: CarerRecord, how: str) -> CarerRecord:
    found = replace(carer, id=make_id(rng), named_id=make_id(rng), address_id=make_id(rng), dyad_ids={})
    if how == "moved":
        elsewhere = {"lines": "3 Elsewhere Street", "postcode": "", "lsoa_code": "", "decile": None}
        return replace(found, phone=f"01632 960{rng.randrange(1000):03d}", **elsewhere)
    return found
