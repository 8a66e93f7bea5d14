"""Made-up consultations in each of their states: what a professional would like to think about, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from pairs.demo import texts_referrals as words
from pairs.demo.calendar import choose_working_time, get_working_day, to_local_date
from pairs.demo.people import make_id
from pairs.demo.scenario_rows import ReferenceIds
from pairs.demo.scenarios.records import Act
from pairs.demo.staff import CAST
from pairs.demo.writer import BulkWriter, make_row
from referrals.models import Consultation, ConsultationStep
from referrals.rules.choices import ConsultationOutcome, ConsultationStatus

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
class ConsultationScenario:
    """One consultation: who asked about what, and its steps (id, status, act, reason)."""

    id: UUID
    reference: str
    asked_by: str
    named: bool
    about: str
    who: str
    steps: list[tuple[UUID, str, Act, str]] = field(default_factory=list)


def build_consultations(plan: Any, world: Any) -> Iterator[ConsultationScenario]:
    """A few of the last weeks, one after the other."""
    for number, (status, named, about, who) in enumerate(words.CONSULTATIONS):
        rng = Random(f"{plan.seed}/consultation/{number}")
        asked = get_working_day(
            plan.until - timedelta(days=40 - 5 * number if status != ConsultationStatus.ASKED else 3 - number)
        )
        act = Act(choose_working_time(rng, asked), ASKERS[number])
        made = ConsultationScenario(
            make_id(rng), world.reference("C", act.at.year), act.by, named, about, who
        )
        made.steps = [(make_id(rng), "asked", act, "")]
        for later, (step, by) in enumerate(_list_later_steps(status, act.by), 2):
            at = choose_working_time(
                rng, get_working_day(min(asked + timedelta(days=3 * later), plan.until - timedelta(days=1)))
            )
            at = max(at, made.steps[-1][2].at + timedelta(minutes=30))
            made.steps.append((make_id(rng), step, Act(at, by), _build_step_reason(step, at)))
        yield made


def _build_step_reason(step: str, at: datetime) -> str:
    """With whom and when it is arranged, or why it is not needed any more."""
    if step == "arranged":
        return f"{CAST[CLINICIAN][0]}, {_get_arranged_time(at):%-d %B %Y at %H:%M}"
    return words.CONSULTATION_WITHDRAWN if step == "withdrawn" else ""


def _get_arranged_time(at: datetime) -> datetime:
    """Three days after it was arranged, at the hour."""
    return (at + timedelta(days=3)).replace(minute=0, second=0)


def _list_later_steps(status: str, asker: str) -> list[tuple[str, str]]:
    return {
        "asked": [],
        "arranged": [("arranged", "duty")],
        "held": [("arranged", "duty"), ("held", CLINICIAN)],
        "withdrawn": [("withdrawn", asker)],
    }[status]


def write_consultation(ids: ReferenceIds, writer: BulkWriter, made: ConsultationScenario) -> None:
    """The request as it was made, then each step and what it adds."""
    act = made.steps[0][2]
    row = make_row(
        Consultation,
        id=made.id,
        created_at=act.at,
        reference=made.reference,
        site_id=ids.sites[SITE],
        place_id=ids.places[PLACE],
        asked_by_id=ids.user(made.asked_by),
        team_id=ids.teams[made.asked_by],
        asked_at=act.at,
        named=made.named,
        permission="parent_agrees" if made.named else "",
        who=made.who,
        about=made.about,
    )
    writer.add(row, act)
    for id, status, step, reason in made.steps:
        details = {"reason": reason, "by_id": ids.user(step.by)}
        row_of_step = make_row(
            ConsultationStep,
            id=id,
            created_at=step.at,
            consultation_id=made.id,
            status=status,
            at=step.at,
            **details,
        )
        writer.add(row_of_step, step)
        if status != ConsultationStatus.ASKED:
            writer.change(row, step, status=status, **_build_step_values(ids, status, step))


def _build_step_values(ids: ReferenceIds, status: str, act: Act) -> dict:
    """What a step adds to the request."""
    if status == ConsultationStatus.ARRANGED:
        return {"clinician_id": ids.user(CLINICIAN), "arranged_for": _get_arranged_time(act.at)}
    if status == ConsultationStatus.HELD:
        return {
            "held_on": to_local_date(act.at),
            "minutes": 50,
            "thoughts": words.THOUGHTS,
            "outcome": ConsultationOutcome.ADVICE,
        }
    return {}
