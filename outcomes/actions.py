"""What is done with measures: recorded, declined by the family, and a goal rated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Episode, Goal
from outcomes.measures import catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.rules import RATER_ROLES, RELIABILITY, TIMEPOINTS, WAYS
from outcomes.scoring import SCORING_VERSION, score, wrong_answers, wrong_totals
from outcomes.sheets import CARER, CODER, DONE, Measure
from pairs.families.actions.alerts import raise_risk_alert
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import Refused


@dataclass(frozen=True)
class Occasion:
    """Which measure, of whom, when and at which time of the work."""

    episode: Episode
    dyad: Dyad
    measure: str
    timepoint: str
    completed_on: date
    form: str = ""

    @property
    def sheet(self) -> Measure:
        """Raises Refused for a measure that is not offered."""
        sheet = catalogue().get(self.measure)
        if sheet is None or not sheet.offered:
            raise Refused({"measure": "Choose a measure from the list."})
        return sheet


@dataclass(frozen=True)
class Filled:
    """What was filled in: answers by item, numbers typed by scale, and how it came about."""

    responses: Mapping[int, float | None] = field(default_factory=dict)
    typed: Mapping[str, float] = field(default_factory=dict)
    concern: bool | None = None
    way: str = "paper"
    rater_role: str = ""
    reliability: str = ""


@transaction.atomic
def record_assessment(*, by: User, filled: Filled, **occasion: Any) -> Assessment:
    """A completed measure and its scores, and on the same day an alert where an answer tells of a danger.

    A carer's own measure has the dyad's caregiver as its rater: it is about their own baby. Refused by field: an
    answer as ``q3``, a typed number as ``t_total``.
    """
    when = Occasion(**occasion)
    sheet = when.sheet
    _check_occasion(when)
    if why := sheet.why_not(born=when.dyad.infant.birth_date, on=when.completed_on):
        raise Refused({"completed_on": why})
    _check_filled(sheet, filled)
    _check_rater(sheet, when, filled)
    _check_once(when, filled.rater_role)
    kept = _keep(when, by, **_kept(sheet, filled), **_rater(sheet, when, filled, by))
    if risky := sheet.risky(filled.responses):
        _alert(when, sheet, risky, by)
    return kept


@transaction.atomic
def decline_assessment(*, by: User, why: str = "", **occasion: Any) -> Assessment:
    """The family was asked and said no, with a reason or without: a fact of its own, and asked about until review."""
    when = Occasion(**occasion)
    sheet = when.sheet
    _check_occasion(when)
    _check_once(when, "")
    rater = {"rater_id": when.dyad.caregiver_id} if sheet.completed_by == CARER else {"rated_by_staff": by}
    return _keep(when, by, declined=True, declined_why=why, **rater)


@transaction.atomic
def rate_goal(*, goal: Goal, timepoint: str, score: int, rated_on: date, by: User) -> GoalRating:
    """How near the goal feels to the family on that day, 0 to 10."""
    _check_timepoint(timepoint)
    if not 0 <= score <= 10:
        raise Refused({"score": "Choose a number from 0 to 10."})
    if rated_on > timezone.localdate():
        raise Refused({"rated_on": "This day is still to come."})
    if rated_on < goal.set_on:
        raise Refused({"rated_on": "This is before the goal was set."})
    if goal.closed_on and rated_on > goal.closed_on:
        raise Refused({"rated_on": "This is after the goal was closed."})
    return GoalRating.objects.create(
        goal=goal,
        timepoint=timepoint,
        score=score,
        rated_on=rated_on,
        rater_id=goal.dyad.caregiver_id,
        recorded_by=by,
    )


def _check_timepoint(timepoint: str) -> None:
    if timepoint not in dict(TIMEPOINTS):
        raise Refused({"timepoint": "Choose start, review or end."})


def _check_occasion(when: Occasion) -> None:
    """The right people, a day that has come, and no questions about a baby after a loss."""
    _check_timepoint(when.timepoint)
    if when.dyad.family_id != when.episode.family_id:
        raise Refused({"dyad": "Choose a baby and carer of this family."})
    if when.completed_on > timezone.localdate():
        raise Refused({"completed_on": "This day is still to come."})
    lost_on = when.dyad.infant.lost_on
    if lost_on and when.completed_on >= lost_on:
        raise Refused({"dyad": "This baby has died. No measure is asked for after a loss."})
    if when.form not in (when.sheet.forms or ("",)):
        raise Refused({"form": "Choose which form it was."})


def _check_filled(sheet: Measure, filled: Filled) -> None:
    wrong = {f"q{item}": why for item, why in wrong_answers(sheet, filled.responses).items()}
    wrong |= {f"t_{id}": why for id, why in wrong_totals(sheet, filled.typed, filled.responses).items()}
    if wrong:
        raise Refused(wrong)
    if sheet.kind != DONE and not filled.responses and not filled.typed:
        raise Refused("Enter at least one answer, or say that the family declined.")
    if filled.typed and not set(sheet.risk_items) <= set(filled.responses):
        asked = {f"q{item}": f"Item {item} is needed beside the total." for item in sheet.risk_items}
        raise Refused(asked)
    if sheet.asks_concern and filled.concern is None:
        raise Refused({"concern": "Say whether there is a concern."})
    if filled.way not in dict(WAYS):
        raise Refused({"way": "Say how it was filled in."})


def _check_rater(sheet: Measure, when: Occasion, filled: Filled) -> None:
    if sheet.completed_by != CODER:
        return
    if filled.rater_role not in dict(RATER_ROLES):
        raise Refused({"rater_role": "Say who coded it: a pair is made by the same role."})
    if filled.reliability not in dict(RELIABILITY):
        raise Refused({"reliability": "Say whether the coder holds a reliability certificate."})


def _check_once(when: Occasion, role: str) -> None:
    """One form a day, also when two people enter it at the same moment: the episode's row is the lock."""
    Episode.objects.select_for_update().get(pk=when.episode.pk)
    same = Assessment.objects.live().filter(
        episode=when.episode, dyad=when.dyad, measure=when.measure, completed_on=when.completed_on
    )
    if same.filter(rater_role=role).exists():
        name = when.sheet.short_name
        raise Refused({"completed_on": f"{name} is already recorded for them on this day."})


def _kept(sheet: Measure, filled: Filled) -> dict[str, Any]:
    answers = {str(item): filled.responses[item] for item in sorted(filled.responses)}
    made = {"responses": answers, "typed": dict(filled.typed), "way": filled.way}
    made["concern"] = filled.concern if sheet.asks_concern else None
    return made | {"scores": score(sheet, filled.responses, filled.typed)}


def _rater(sheet: Measure, when: Occasion, filled: Filled, by: User) -> dict[str, Any]:
    if sheet.completed_by == CARER:
        return {"rater_id": when.dyad.caregiver_id}
    if sheet.completed_by != CODER:
        return {"rated_by_staff": by}
    return {"rated_by_staff": by, "rater_role": filled.rater_role, "reliability": filled.reliability}


def _keep(when: Occasion, by: User, **made: Any) -> Assessment:
    return Assessment.objects.create(
        episode=when.episode,
        dyad=when.dyad,
        measure=when.measure,
        measure_version=when.sheet.version,
        form=when.form,
        timepoint=when.timepoint,
        completed_on=when.completed_on,
        scoring_version=SCORING_VERSION,
        recorded_by=by,
        **made,
    )


def _alert(when: Occasion, sheet: Measure, items: list[int], by: User) -> None:
    """Whatever the total says: somebody looks at it today."""
    which = ", ".join(map(str, items))
    noun = "item" if len(items) == 1 else "items"
    raise_risk_alert(
        site=when.episode.site,
        family=when.episode.family,
        what=f"An answer to {noun} {which} of {sheet.short_name} needs somebody to look at it today",
        by=by,
        lead=when.episode.lead,
    )
