"""Made-up consultations in each of their states: what a professional would like to think about, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from referrals.models import Consultation, ConsultationStep
from reporting.demo import words_of_referral as words
from reporting.demo.calendar import at_work, day_of, working_day
from reporting.demo.lives import Act
from reporting.demo.people import new_id
from reporting.demo.rows import Known
from reporting.demo.staff import CAST
from reporting.demo.writer import Writer, new_row

ASKERS = (
    "healthvisitor",
    "midwife",
    "social-worker",
    "nursery-nurse",
    "visitor-2",
    "family-worker",
    "ward-sister",
)
SITE, PLACE = "blackburn-with-darwen", "blackburn-with-darwen"
CLINICIAN = "blackburn"


@dataclass
class Consulted:
    """One consultation: who asked about what, and its steps (id, status, act, reason)."""

    id: UUID
    reference: str
    asked_by: str
    named: bool
    about: str
    who: str
    steps: list[tuple[UUID, str, Act, str]] = field(default_factory=list)


def consultations(plan, world) -> Iterator[Consulted]:
    """A few of the last weeks, one after the other."""
    for number, (status, named, about, who) in enumerate(words.CONSULTATIONS):
        rng = Random(f"{plan.seed}/consultation/{number}")
        asked = working_day(plan.until - timedelta(days=40 - 5 * number if status != "asked" else 3 - number))
        act = Act(at_work(rng, asked), ASKERS[number])
        made = Consulted(new_id(rng), world.reference("C", act.at.year), act.by, named, about, who)
        made.steps = [(new_id(rng), "asked", act, "")]
        for later, (step, by) in enumerate(_path(status, act.by), 2):
            at = at_work(
                rng, working_day(min(asked + timedelta(days=3 * later), plan.until - timedelta(days=1)))
            )
            at = max(at, made.steps[-1][2].at + timedelta(minutes=30))
            made.steps.append((new_id(rng), step, Act(at, by), _reason(step, at)))
        yield made


def _reason(step: str, at: datetime) -> str:
    """With whom and when it is arranged, or why it is not needed any more."""
    if step == "arranged":
        return f"{CAST[CLINICIAN][0]}, {_when(at):%-d %B %Y at %H:%M}"
    return words.CONSULTATION_WITHDRAWN if step == "withdrawn" else ""


def _when(at: datetime) -> datetime:
    """Three days after it was arranged, at the hour."""
    return (at + timedelta(days=3)).replace(minute=0, second=0)


def _path(status: str, asker: str) -> list[tuple[str, str]]:
    return {
        "asked": [],
        "arranged": [("arranged", "duty")],
        "held": [("arranged", "duty"), ("held", CLINICIAN)],
        "withdrawn": [("withdrawn", asker)],
    }[status]


def write_consultation(known: Known, writer: Writer, made: Consulted) -> None:
    """The request as it was made, then each step and what it adds."""
    act = made.steps[0][2]
    row = new_row(
        Consultation,
        id=made.id,
        created_at=act.at,
        reference=made.reference,
        site_id=known.sites[SITE],
        place_id=known.places[PLACE],
        asked_by_id=known.user(made.asked_by),
        team_id=known.teams[made.asked_by],
        asked_at=act.at,
        named=made.named,
        permission="parent_agrees" if made.named else "",
        who=made.who,
        about=made.about,
    )
    writer.add(row, act)
    for id, status, step, reason in made.steps:
        details = {"reason": reason, "by_id": known.user(step.by)}
        row_of_step = new_row(
            ConsultationStep,
            id=id,
            created_at=step.at,
            consultation_id=made.id,
            status=status,
            at=step.at,
            **details,
        )
        writer.add(row_of_step, step)
        if status != "asked":
            writer.change(row, step, status=status, **_added(known, status, step))


def _added(known: Known, status: str, act: Act) -> dict:
    """What a step adds to the request."""
    if status == "arranged":
        return {"clinician_id": known.user(CLINICIAN), "arranged_for": _when(act.at)}
    if status == "held":
        return {"held_on": day_of(act.at), "minutes": 50, "thoughts": words.THOUGHTS, "outcome": "advice"}
    return {}
