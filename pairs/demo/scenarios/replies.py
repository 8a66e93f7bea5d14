"""Replies about made-up referrals, and the referrers' answers to questions."""

from datetime import timedelta
from random import Random

from pairs.demo import texts_referrals as words
from pairs.demo.people import make_id
from pairs.demo.scenarios.records import (
    Act,
    AdditionRecord,
    FamilyScenario,
    ReferralRecord,
    ReplyRecord,
    StatusRecord,
)
from pairs.demo.staff import CAST, REFERRERS
from referrals.rules.choices import DECIDED_STATUSES, PermissionBasis, ReferralState, ReplyRecipient, ReplyWay
from referrals.rules.replies import list_owed_roles
from referrals.rules.sources import SELF


def add_replies(rng: Random, scenario: FamilyScenario) -> None:
    """Replies to every decision, and what the referrer answered where more was asked."""
    referral = scenario.referral
    for step in referral.steps:
        if step.status in DECIDED_STATUSES:
            step.replies = [_build_reply(rng, scenario, step, to) for to in _list_owed_roles(referral)]
        elif step.status == ReferralState.MORE_ASKED:
            step.replies = [_build_question(rng, scenario)]
        if step.status == ReferralState.NOT_ACCEPTED:
            step.listed = rng.randrange(1000)
    referral.additions = [
        AdditionRecord(
            make_id(rng), Act(after.act.at - timedelta(minutes=2), referral.referrer), rng.choice(words.ADDED)
        )
        for before, after in zip(referral.steps, referral.steps[1:], strict=False)
        if before.status == ReferralState.MORE_ASKED and referral.referrer
    ]


def _list_owed_roles(referral: ReferralRecord) -> tuple[str, ...]:
    asked = referral.source == SELF
    return list_owed_roles(
        entry_point=referral.entry_point,
        has_referrer=bool(referral.referrer or referral.asker),
        family_asked=asked,
    )


def _build_question(rng: Random, scenario: FamilyScenario) -> ReplyRecord:
    """One question to one person: whoever referred, else the main carer."""
    carer = scenario.carers[0]
    if "referrer" not in _list_owed_roles(scenario.referral):
        name = f"{carer.given_name} {carer.family_name}"
        return ReplyRecord(make_id(rng), "family", name, "phone", words.QUESTION, carer=carer.named_id)
    return ReplyRecord(
        make_id(rng), "referrer", _get_referrer_details(scenario.referral)[0], "phone", words.QUESTION
    )


def _build_reply(rng: Random, scenario: FamilyScenario, step: StatusRecord, to: str) -> ReplyRecord:
    to_referrer, to_family = words.ANSWERS[step.status]
    if to == ReplyRecipient.REFERRER:
        return _build_reply_to_referrer(rng, scenario.referral, to_referrer)
    return _build_reply_to_family(rng, scenario, to_family)


def _build_reply_to_referrer(rng: Random, referral: ReferralRecord, text: str) -> ReplyRecord:
    name, email = _get_referrer_details(referral)
    way = rng.choice(("phone", "phone", "email")) if email else "phone"
    return ReplyRecord(
        make_id(rng), "referrer", name, way, text, email=email if way == ReplyWay.EMAIL else ""
    )


def _get_referrer_details(referral: ReferralRecord) -> tuple[str, str]:
    if referral.asker:
        return referral.asker.name, referral.asker.email
    known = CAST.get(referral.referrer) or REFERRERS[referral.referrer]
    return known[0], f"{referral.referrer}@pairs.example"


def _build_reply_to_family(rng: Random, scenario: FamilyScenario, text: str) -> ReplyRecord:
    """The main carer hears it; where nobody may tell them yet, it is written why."""
    carer = scenario.carers[0]
    name = f"{carer.given_name} {carer.family_name}"
    if scenario.referral.permission == PermissionBasis.LAWFUL_BASIS and rng.random() < 0.5:
        why = rng.choice(words.NOT_TOLD)
        return ReplyRecord(make_id(rng), "family", name, "none", why_none=why, carer=carer.named_id)
    way = rng.choice(("phone", "phone", "letter", "in_person")) if carer.lines else "phone"
    lines = f"{name}\n{carer.lines}\n{carer.postcode}".strip() if way == ReplyWay.LETTER else ""
    carer.may_post = carer.may_post or (way == ReplyWay.LETTER) or None
    return ReplyRecord(make_id(rng), "family", name, way, text, carer=carer.named_id, address_lines=lines)
