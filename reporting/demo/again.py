"""Made-up referrals of the last days that name people we may hold already: some come back, some are only alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from reporting.demo import words
from reporting.demo.calendar import at_work, months_before, working_day
from reporting.demo.lives import Act, Baby, Carer, Life, Referred, Same, Step
from reporting.demo.people import new_id
from reporting.demo.words_around import slip
from reporting.demo.world import Plan, World, site_on

MOST = 12
# How each names the people again, how many days ago, whether somebody has said already that it is the same baby.
RETURNS = ((2, True), (3, True), (4, False))
ALIKE = ("misspelt", "swapped", "moved", "twin")


def who_ended(plan: Plan, lives: list[Life]) -> list[Life]:
    """Those whose work ended within the last year, a baby living; the newest endings last."""
    since = months_before(plan.until, 11)
    ended = [life for life in lives if life.work and life.work.ending and life.work.ending.on > since]
    fit = [life for life in ended if _is_plain(life)]
    return sorted(fit, key=lambda life: (life.work.ending.on, life.number))[-MOST:]


def who_goes_on(lives: list[Life]) -> list[Life]:
    """Those we work with, whom somebody might refer a second time by mistake."""
    return [life for life in lives if life.work and not life.work.ending and _is_plain(life)][-MOST:]


def _is_plain(life: Life) -> bool:
    return not life.restricted and all(baby.born and not baby.lost_on for baby in life.babies)


def again(plan: Plan, world: World, ended: list[Life], going_on: list[Life]) -> Iterator[Life]:
    """Referrals that wait for a decision, each with its steps so far."""
    for (days, said), life in zip(RETURNS, ended, strict=False):
        yield _again(plan, world, life, "return", days, said)
    for days, (how, life) in enumerate(zip(ALIKE, going_on, strict=False), 1):
        yield _again(plan, world, life, how, days, False)


def _again(plan: Plan, world: World, life: Life, how: str, days: int, said: bool) -> Life:
    rng = Random(f"{plan.seed}/again/{life.number}")
    babies, carers = (
        [_baby(rng, baby, how) for baby in life.babies],
        [_carer(rng, c, how) for c in life.carers],
    )
    act = Act(at_work(rng, working_day(plan.until - timedelta(days=days))), "visitor-1")
    referral = _referral(rng, world, life, act)
    made = Life(life.number, new_id(rng), referral, babies, carers)
    read = Act(act.at + timedelta(minutes=40), "duty")
    if days > 1:
        referral.steps.append(Step(new_id(rng), "read", read))
    if said:
        pairs = zip(babies, life.babies, strict=True)
        made.same = [Same(new_id(rng), named.named_id, held.id, read) for named, held in pairs]
    return made


def _referral(rng: Random, world: World, life: Life, act: Act) -> Referred:
    before = life.referral
    return Referred(
        id=new_id(rng),
        reference=world.reference("R", act.at.year),
        site=site_on(before.place, act.at.date()),
        place=before.place,
        door="professional",
        source="A2",
        referrer=act.by,
        act=act,
        permission="parent_agrees",
        permission_reason="",
        concerns=before.concerns,
        noticed=rng.choice(words.NOTICED_AGAIN),
        parent_says="",
        hopes="",
        preferred_place="",
        safe_contact=before.safe_contact,
        steps=[Step(new_id(rng), "received", act)],
    )


def _baby(rng: Random, baby: Baby, how: str) -> Baby:
    """As they are named this time; nobody knew the NHS number."""
    named = {"given_name": baby.given_name, "family_name": baby.family_name}
    if how == "misspelt":
        named = {"given_name": slip(baby.given_name), "family_name": slip(baby.family_name)}
    elif how == "swapped":
        named = {"given_name": baby.family_name, "family_name": baby.given_name}
    elif how == "twin":
        bank = words.BOYS if baby.given_name in words.GIRLS else words.GIRLS
        named["given_name"] = rng.choice(bank)
    unknown = {"nhs_number": None, "due": None, "birth": None, "reference": ""}
    return replace(baby, id=new_id(rng), named_id=new_id(rng), **named, **unknown)


def _carer(rng: Random, carer: Carer, how: str) -> Carer:
    found = replace(carer, id=new_id(rng), named_id=new_id(rng), address_id=new_id(rng), dyad_ids={})
    if how == "moved":
        elsewhere = {"lines": "3 Elsewhere Street", "postcode": "", "lsoa_code": "", "decile": None}
        return replace(found, phone=f"01632 960{rng.randrange(1000):03d}", **elsewhere)
    return found
