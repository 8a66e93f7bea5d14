"""Made-up moves between sites: a family of Hyndburn offered to Blackburn, and one that was declined before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from pairs.families.models import FamilyMove
from reporting.demo.calendar import at_work, working_day
from reporting.demo.lives import Act, Life
from reporting.demo.people import new_id
from reporting.demo.rows import Known
from reporting.demo.world import Plan
from reporting.demo.writer import Writer, new_row

FROM, TO = "hyndburn", "blackburn-with-darwen"
# How many days ago, why, and what was answered how many days later.
OFFERS = (
    (3, "They have moved in with grandparents near the Darwen hub (example).", None),
    (21, "The other carer works in Blackburn (example).", (4, "We are full until the new year (example).")),
)


@dataclass(frozen=True)
class Moved:
    """One offer of a family: by whom it was made, and what was said to it."""

    id: UUID
    family: UUID
    act: Act
    reason: str
    declined: Act | None = None
    why: str = ""


def moves(plan: Plan, lives: list[Life]) -> Iterator[Moved]:
    """The offers about the families of this batch: of those in whose work nothing is yet at its end."""
    held = [life for life in lives if life.work and not life.work.ending and not life.restricted]
    held = [life for life in held if life.referral.site == FROM]
    longest_first = sorted(held, key=lambda life: (life.work.opened_on, life.number))
    for life, (days, reason, answer) in zip(longest_first, OFFERS, strict=False):
        rng = Random(f"{plan.seed}/move/{life.number}")
        day = plan.until - timedelta(days=days)
        if working_day(day) > life.work.opened_on:
            yield _offer(rng, life, day, reason, answer)


def _offer(rng, life, day, reason, answer) -> Moved:
    act = Act(at_work(rng, working_day(day)), life.work.lead)
    offer = Moved(new_id(rng), life.family, act, reason)
    if answer is None:
        return offer
    later, why = answer
    declined = Act(at_work(rng, working_day(day + timedelta(days=later))), "duty")
    return Moved(offer.id, offer.family, act, reason, declined, why)


def write_move(known: Known, writer: Writer, moved: Moved) -> None:
    """The row as offering and declining would have left it."""
    row = new_row(
        FamilyMove,
        id=moved.id,
        created_at=moved.act.at,
        family_id=moved.family,
        from_site_id=known.sites[FROM],
        to_site_id=known.sites[TO],
        reason=moved.reason,
        offered_by_id=known.user(moved.act.by),
        offered_at=moved.act.at,
    )
    writer.add(row, moved.act)
    if moved.declined:
        answer = {"answered_by_id": known.user(moved.declined.by), "answered_at": moved.declined.at}
        writer.change(row, moved.declined, status=FamilyMove.DECLINED, answer=moved.why, **answer)
