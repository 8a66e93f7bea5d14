"""Made-up supervision: a session with each lead every two weeks, some with decisions about their families."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pairs.demo import texts
from pairs.demo.calendar import choose_working_time, get_working_day
from pairs.demo.generator import SeedPlan
from pairs.demo.people import make_id
from pairs.demo.scenarios.records import Act, DecisionRecord, FamilyScenario, SupervisionRecord

SESSION_INTERVAL = timedelta(days=14)
AFTER_LAST_OPENING = timedelta(days=168)
STILL_TO_DO = timedelta(days=10)  # what fell due in the last days is done by some, and these have not yet


def build_sessions(plan: SeedPlan, lives: list[FamilyScenario]) -> Iterator[SupervisionRecord]:
    """Sessions about the families of this batch: for each of the leads, every two weeks while they had work."""
    by_lead = defaultdict(list)
    for life in lives:
        if life.work:
            by_lead[life.work.lead, life.referral.site].append(life)
    for (lead, site), held in sorted(by_lead.items()):
        yield from _build_lead_sessions(
            Random(f"{plan.seed}/{lead}/{held[0].number}"), plan, lead, site, held
        )


def _build_lead_sessions(
    rng: Random, plan: SeedPlan, lead: str, site: str, lives: list[FamilyScenario]
) -> Iterator[SupervisionRecord]:
    day = lives[0].work.opened_on + timedelta(days=10)
    last = min(plan.until - timedelta(days=1), lives[-1].work.opened_on + AFTER_LAST_OPENING)
    while get_working_day(day) <= last:
        on = get_working_day(day)
        current = [life for life in lives if life.work.opened_on < on and not _has_ended(life, on)]
        yield _build_session(
            rng, plan, on, lead, site, rng.sample(current, min(len(current), rng.choice((0, 0, 1, 1, 1))))
        )
        day += SESSION_INTERVAL


def _has_ended(scenario: FamilyScenario, on: date) -> bool:
    return scenario.work.ending is not None and scenario.work.ending.on <= on


def _choose_done(plan: SeedPlan, lead: str, decision: DecisionRecord) -> Act | None:
    """By the agreed day, a few days late at most; what fell due in the last days is still to do."""
    rng = Random(str(decision.id))
    day = get_working_day(decision.do_by - timedelta(days=rng.choice((0, 1, 2, 5))))
    if decision.do_by > plan.until - STILL_TO_DO:
        return None
    return Act(choose_working_time(rng, day), lead)


def _build_session(rng, plan, on, lead, site, spoken_of) -> SupervisionRecord:
    decided = [
        DecisionRecord(
            make_id(rng), life.family, rng.choice(texts.DECISIONS), on + timedelta(days=rng.choice((14, 28)))
        )
        for life in spoken_of
    ]
    for decision in decided:
        decision.done = _choose_done(plan, lead, decision)
    kind = rng.choice(("clinical", "clinical", "clinical", "clinical", "reflective", "managerial"))
    act = Act(choose_working_time(rng, on), "supervisor")
    return SupervisionRecord(
        make_id(rng),
        make_id(rng),
        act,
        site,
        lead,
        kind,
        on,
        rng.choice((60, 60, 90)),
        rng.choice(texts.SUPERVISION),
        decided,
    )
