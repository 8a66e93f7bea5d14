"""Made-up moves between sites: a family of Hyndburn offered to Blackburn, and one that was declined before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from pairs.demo.calendar import choose_working_time, get_working_day
from pairs.demo.generator import SeedPlan
from pairs.demo.people import make_id
from pairs.demo.scenario_rows import ReferenceIds
from pairs.demo.scenarios.records import Act, FamilyScenario
from pairs.demo.writer import BulkWriter, make_row
from pairs.families.choices import MoveStatus
from pairs.families.models import FamilyMove

FROM_SITE, TO_SITE = "hyndburn", "blackburn-with-darwen"
# How many days ago, why, and what was answered how many days later.
OFFER_CASES = (
    (3, "They have moved in with grandparents near the Darwen hub (example).", None),
    (21, "The other carer works in Blackburn (example).", (4, "We are full until the new year (example).")),
)


@dataclass(frozen=True)
class MoveScenario:
    """One offer of a family: by whom it was made, and what was said to it."""

    id: UUID
    family: UUID
    act: Act
    reason: str
    declined: Act | None = None
    why: str = ""


def build_moves(plan: SeedPlan, lives: list[FamilyScenario]) -> Iterator[MoveScenario]:
    """The offers about the families of this batch: of those in whose work nothing is yet at its end."""
    held = [life for life in lives if life.work and not life.work.ending and not life.restricted]
    held = [life for life in held if life.referral.site == FROM_SITE]
    longest_first = sorted(held, key=lambda life: (life.work.opened_on, life.number))
    for life, (days, reason, answer) in zip(longest_first, OFFER_CASES, strict=False):
        rng = Random(f"{plan.seed}/move/{life.number}")
        day = plan.until - timedelta(days=days)
        if get_working_day(day) > life.work.opened_on:
            yield _build_move(rng, life, day, reason, answer)


def _build_move(
    rng: Random, life: Any, day: date, reason: str, answer: tuple[int, str] | None
) -> MoveScenario:
    act = Act(choose_working_time(rng, get_working_day(day)), life.work.lead)
    offer = MoveScenario(make_id(rng), life.family, act, reason)
    if answer is None:
        return offer
    later, why = answer
    declined = Act(choose_working_time(rng, get_working_day(day + timedelta(days=later))), "duty")
    return MoveScenario(offer.id, offer.family, act, reason, declined, why)


def write_move(ids: ReferenceIds, writer: BulkWriter, moved: MoveScenario) -> None:
    """The row as offering and declining would have left it."""
    row = make_row(
        FamilyMove,
        id=moved.id,
        created_at=moved.act.at,
        family_id=moved.family,
        from_site_id=ids.sites[FROM_SITE],
        to_site_id=ids.sites[TO_SITE],
        reason=moved.reason,
        offered_by_id=ids.user(moved.act.by),
        offered_at=moved.act.at,
    )
    writer.add(row, moved.act)
    if moved.declined:
        answer = {"answered_by_id": ids.user(moved.declined.by), "answered_at": moved.declined.at}
        writer.change(row, moved.declined, status=MoveStatus.DECLINED, answer=moved.why, **answer)
