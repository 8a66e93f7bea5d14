"""Made-up supervision: monthly sessions with each lead, some with decisions about their families."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from reporting.demo import words
from reporting.demo.calendar import at_work, working_day
from reporting.demo.lives import Act, Life, Supervised
from reporting.demo.people import new_id
from reporting.demo.world import Plan

EVERY = timedelta(days=28)


def sessions(plan: Plan, lives: list[Life]) -> Iterator[Supervised]:
    """Sessions about the families of this batch: for each of the leads, every four weeks while they had work."""
    by_lead = defaultdict(list)
    for life in lives:
        if life.work:
            by_lead[life.work.lead, life.referral.site].append(life)
    for (lead, site), held in sorted(by_lead.items()):
        yield from _of(Random(f"{plan.seed}/{lead}/{held[0].number}"), plan, lead, site, held)


def _of(rng: Random, plan: Plan, lead: str, site: str, lives: list[Life]) -> Iterator[Supervised]:
    day = lives[0].work.opened_on + timedelta(days=10)
    last = min(plan.until - timedelta(days=1), lives[-1].work.opened_on + 6 * EVERY)
    while working_day(day) <= last:
        on = working_day(day)
        current = [life for life in lives if life.work.opened_on < on and not _ended(life, on)]
        yield _session(rng, on, lead, site, rng.sample(current, min(len(current), rng.choice((0, 1, 1, 2)))))
        day += EVERY


def _ended(life: Life, on) -> bool:
    return life.work.ending is not None and life.work.ending.on <= on


def _session(rng, on, lead, site, spoken_of) -> Supervised:
    decided = [
        (new_id(rng), life.family, rng.choice(words.DECISIONS), on + timedelta(days=rng.choice((14, 28))))
        for life in spoken_of
    ]
    kind = rng.choice(("clinical", "clinical", "reflective", "managerial"))
    act = Act(at_work(rng, on), "supervisor")
    return Supervised(
        new_id(rng),
        act,
        site,
        lead,
        kind,
        on,
        rng.choice((60, 60, 90)),
        rng.choice(words.SUPERVISION),
        decided,
    )
