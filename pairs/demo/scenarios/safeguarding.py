"""Safeguarding of some made-up families: statuses with their reviews, concerns with steps, cautions, other children."""

from datetime import timedelta

from pairs.demo import texts_context as said
from pairs.demo.scenarios.village import FamilyContext
from pairs.safeguarding.actions import (
    add_concern_step,
    add_household_child,
    record_caution,
    record_concern,
    record_status,
)
from pairs.safeguarding.rules import ConcernDecision, FamilyTold, StatusKind

CONCERN_BY_FAMILY = {1: 0, 8: 1, 19: 2}  # number of the family: which concern
STATUSES = ("in_need", "protection_plan", "looked_after", "early_help")


def seed_safeguarding(context: FamilyContext) -> None:
    """Whatever this family has, by its number."""
    if context.number % 4 == 1:
        _seed_other_child(context)
    if context.number % 7 == 2 and context.infants[0].birth_date:
        _seed_status(context, STATUSES[context.number // 7 % len(STATUSES)])
    if context.number in CONCERN_BY_FAMILY:
        _seed_concern(context, said.CONCERNS[CONCERN_BY_FAMILY[context.number]])
    if context.number % 20 == 7:
        _seed_kept_apart(context)
    if context.number % 20 == 10:
        _seed_caution(context, "lone_worker", None, said.LONE, said.LONE_DO)


def _seed_other_child(context: FamilyContext) -> None:
    years = context.rng.randrange(3, 12)
    add_household_child(
        family=context.family,
        by=context.by,
        name=f"{context.rng.choice(said.CHILDREN)} {context.infants[0].family_name}".strip(),
        birth_date=context.ago(years * 365 + context.rng.randrange(300)),
        lives_with="The family",
        school=said.SCHOOL if years > 4 else "",
        note="",
    )


def _seed_status(context: FamilyContext, kind: str) -> None:
    born = context.infants[0].birth_date
    record_status(
        family=context.family,
        person=context.infants[0],
        kind=kind,
        since=max(born, context.ago(context.rng.randrange(10, 120))),
        by=context.by,
        categories=[context.rng.choice(("neglect", "emotional"))]
        if kind == StatusKind.PROTECTION_PLAN
        else [],
        review_on=context.on + timedelta(days=context.rng.choice((-4, 6, 20, 60))),
        social_worker=said.SOCIAL_WORKER,
        social_worker_phone=said.SOCIAL_WORKER_PHONE,
        social_worker_of=said.SOCIAL_WORKER_OF,
        note=said.STATUS_NOTE,
    )


def _seed_concern(context: FamilyContext, words: dict) -> None:
    referred = words["decision"] == ConcernDecision.REFERRED
    concern = record_concern(
        family=context.family,
        person=context.infants[0],
        noticed_on=context.ago(3),
        chase_by=context.on + timedelta(days=2) if referred else None,
        by=context.by,
        **words,
    )
    steps = [("note", said.NOTE, "")]
    if referred and words["family_told"] == FamilyTold.AGREED:
        steps.append(("outcome", said.OUTCOME, ""))
    elif referred:
        steps.append(("challenge", said.CHALLENGE, said.CHALLENGED))
    for kind, text, whom in steps:
        add_concern_step(concern=concern, kind=kind, text=text, to_whom=whom, chase_by=None, by=context.by)


def _seed_kept_apart(context: FamilyContext) -> None:
    """From the other carer, or from somebody without a record here."""
    other = context.carers[1] if len(context.carers) > 1 else None
    known = {
        "kept_from": other,
        "kept_from_name": "" if other else said.NOT_TO,
        "court_order": said.APART_ORDER,
    }
    _seed_caution(context, "keep_apart", context.carers[0], said.APART, said.APART_DO, **known)


def _seed_caution(context: FamilyContext, kind: str, person, what: str, what_to_do: str, **known) -> None:
    nobody = {"kept_from": None, "kept_from_name": "", "court_order": ""}
    record_caution(
        family=context.family,
        kind=kind,
        person=person,
        by=context.by,
        what=what,
        what_to_do=what_to_do,
        since=context.ago(15),
        **(nobody | known),
    )
