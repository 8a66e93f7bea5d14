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


def seed_safeguarding(each: FamilyContext) -> None:
    """Whatever this family has, by its number."""
    if each.number % 4 == 1:
        _seed_other_child(each)
    if each.number % 7 == 2 and each.infants[0].birth_date:
        _seed_status(each, STATUSES[each.number // 7 % len(STATUSES)])
    if each.number in CONCERN_BY_FAMILY:
        _seed_concern(each, said.CONCERNS[CONCERN_BY_FAMILY[each.number]])
    if each.number % 20 == 7:
        _seed_kept_apart(each)
    if each.number % 20 == 10:
        _seed_caution(each, "lone_worker", None, said.LONE, said.LONE_DO)


def _seed_other_child(each: FamilyContext) -> None:
    years = each.rng.randrange(3, 12)
    add_household_child(
        family=each.family,
        by=each.by,
        name=f"{each.rng.choice(said.CHILDREN)} {each.infants[0].family_name}".strip(),
        birth_date=each.ago(years * 365 + each.rng.randrange(300)),
        lives_with="The family",
        school=said.SCHOOL if years > 4 else "",
        note="",
    )


def _seed_status(each: FamilyContext, kind: str) -> None:
    born = each.infants[0].birth_date
    record_status(
        family=each.family,
        person=each.infants[0],
        kind=kind,
        since=max(born, each.ago(each.rng.randrange(10, 120))),
        by=each.by,
        categories=[each.rng.choice(("neglect", "emotional"))] if kind == StatusKind.PROTECTION_PLAN else [],
        review_on=each.on + timedelta(days=each.rng.choice((-4, 6, 20, 60))),
        social_worker=said.SOCIAL_WORKER,
        social_worker_phone=said.SOCIAL_WORKER_PHONE,
        social_worker_of=said.SOCIAL_WORKER_OF,
        note=said.STATUS_NOTE,
    )


def _seed_concern(each: FamilyContext, words: dict) -> None:
    referred = words["decision"] == ConcernDecision.REFERRED
    concern = record_concern(
        family=each.family,
        person=each.infants[0],
        noticed_on=each.ago(3),
        chase_by=each.on + timedelta(days=2) if referred else None,
        by=each.by,
        **words,
    )
    steps = [("note", said.NOTE, "")]
    if referred and words["family_told"] == FamilyTold.AGREED:
        steps.append(("outcome", said.OUTCOME, ""))
    elif referred:
        steps.append(("challenge", said.CHALLENGE, said.CHALLENGED))
    for kind, text, whom in steps:
        add_concern_step(concern=concern, kind=kind, text=text, to_whom=whom, chase_by=None, by=each.by)


def _seed_kept_apart(each: FamilyContext) -> None:
    """From the other carer, or from somebody without a record here."""
    other = each.carers[1] if len(each.carers) > 1 else None
    known = {
        "kept_from": other,
        "kept_from_name": "" if other else said.NOT_TO,
        "court_order": said.APART_ORDER,
    }
    _seed_caution(each, "keep_apart", each.carers[0], said.APART, said.APART_DO, **known)


def _seed_caution(each: FamilyContext, kind: str, person, what: str, what_to_do: str, **known) -> None:
    nobody = {"kept_from": None, "kept_from_name": "", "court_order": ""}
    record_caution(
        family=each.family,
        kind=kind,
        person=person,
        by=each.by,
        what=what,
        what_to_do=what_to_do,
        since=each.ago(15),
        **(nobody | known),
    )
