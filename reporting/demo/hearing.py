"""What everybody heard of a made-up referral: a reply to each one who is owed one, and answers to questions."""

from datetime import timedelta
from random import Random

from referrals.rules.replying import owed_to
from referrals.rules.sources import SELF
from referrals.rules.words import DECIDED
from reporting.demo import words_of_referral as words
from reporting.demo.lives import Act, Added, Life, Referred, Step, Told
from reporting.demo.people import new_id
from reporting.demo.staff import CAST, REFERRERS


def hear(rng: Random, life: Life) -> None:
    """Replies to every decision, and what the referrer answered where more was asked."""
    referral = life.referral
    for step in referral.steps:
        if step.status in DECIDED:
            step.replies = [_told(rng, life, step, to) for to in _owed(referral)]
        elif step.status == "more_asked":
            step.replies = [_asked(rng, life)]
        if step.status == "not_accepted":
            step.listed = rng.randrange(1000)
    referral.additions = [
        Added(
            new_id(rng), Act(after.act.at - timedelta(minutes=2), referral.referrer), rng.choice(words.ADDED)
        )
        for before, after in zip(referral.steps, referral.steps[1:], strict=False)
        if before.status == "more_asked" and referral.referrer
    ]


def _owed(referral: Referred) -> tuple[str, ...]:
    asked = referral.source == SELF
    return owed_to(
        door=referral.door, has_referrer=bool(referral.referrer or referral.asker), family_asked=asked
    )


def _asked(rng: Random, life: Life) -> Told:
    """One question to one person: whoever referred, else the main carer."""
    carer = life.carers[0]
    if "referrer" not in _owed(life.referral):
        name = f"{carer.given_name} {carer.family_name}"
        return Told(new_id(rng), "family", name, "phone", words.QUESTION, carer=carer.named_id)
    return Told(new_id(rng), "referrer", _who_referred(life.referral)[0], "phone", words.QUESTION)


def _told(rng: Random, life: Life, step: Step, to: str) -> Told:
    to_referrer, to_family = words.ANSWERS[step.status]
    if to == "referrer":
        return _to_referrer(rng, life.referral, to_referrer)
    return _to_family(rng, life, to_family)


def _to_referrer(rng: Random, referral: Referred, text: str) -> Told:
    name, email = _who_referred(referral)
    way = rng.choice(("phone", "phone", "email")) if email else "phone"
    return Told(new_id(rng), "referrer", name, way, text, email=email if way == "email" else "")


def _who_referred(referral: Referred) -> tuple[str, str]:
    if referral.asker:
        return referral.asker.name, referral.asker.email
    known = CAST.get(referral.referrer) or REFERRERS[referral.referrer]
    return known[0], f"{referral.referrer}@pairs.example"


def _to_family(rng: Random, life: Life, text: str) -> Told:
    """The main carer hears it; where nobody may tell them yet, it is written why."""
    carer = life.carers[0]
    name = f"{carer.given_name} {carer.family_name}"
    if life.referral.permission == "lawful_basis" and rng.random() < 0.5:
        why = rng.choice(words.NOT_TOLD)
        return Told(new_id(rng), "family", name, "none", why_none=why, carer=carer.named_id)
    way = rng.choice(("phone", "phone", "letter", "in_person")) if carer.lines else "phone"
    lines = f"{name}\n{carer.lines}\n{carer.postcode}".strip() if way == "letter" else ""
    carer.may_post = carer.may_post or (way == "letter") or None
    return Told(new_id(rng), "family", name, way, text, carer=carer.named_id, address_lines=lines)
