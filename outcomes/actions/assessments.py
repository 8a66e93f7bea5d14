"""Actions on measures: record an assessment, record that it was declined, rate a goal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Episode, Goal
from outcomes.measure_definitions import CARER, CODER, DONE_ONLY, Measure
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.rules import CompletionWay, RaterRole, Reliability, Timepoint, find_form_question
from outcomes.scoring import (
    SCORING_VERSION,
    find_answer_errors,
    find_total_errors,
    list_questions,
    score_measure,
)
from pairs.families.actions.alerts import raise_risk_alert
from pairs.families.ages import get_birth
from pairs.families.last_day import is_gone_by, validate_living
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all

AFTER_LOSS = (
    "This baby has died. After a loss, record only measures that ask a parent about themselves, such as "
    "their mood."
)


@dataclass(frozen=True)
class AssessmentOccasion:
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
        sheet = get_catalogue().get(self.measure)
        if sheet is None or not sheet.offered:
            raise ActionRefused({"measure": "Choose a measure from the list."})
        return sheet


@dataclass(frozen=True)
class AssessmentInput:
    """What was filled in: answers by item, numbers typed by scale, and how it came about."""

    responses: Mapping[int, float | None] = field(default_factory=dict)
    typed: Mapping[str, float] = field(default_factory=dict)
    concern: bool | None = None
    way: str = CompletionWay.PAPER
    rater_role: str = ""
    reliability: str = ""
    confirmed: bool = False  # right as entered, though it is unusual


@transaction.atomic
def record_assessment(*, by: User, filled: AssessmentInput, **occasion: Any) -> Assessment:
    """A completed measure and its scores, and on the same day an alert where an answer tells of a danger.

    A carer's own measure has the dyad's caregiver as its rater: it is about their own baby. Refused by field: an
    answer as ``q3``, a typed number as ``t_total``.
    """
    when = AssessmentOccasion(**occasion)
    sheet = when.sheet
    start = sheet.window.get_age_start(get_birth(when.dyad.infant), when.completed_on)
    refuse_all(
        lambda: _check_occasion(when),
        {"completed_on": sheet.why_not(born=start, on=when.completed_on)},
        lambda: _check_filled(sheet, filled),
        lambda: _check_rater(sheet, when, filled),
        lambda: _check_once(when, filled.rater_role),
    )
    _check_confirmed(sheet, when, filled, start)  # asked of what is otherwise right
    kept = _create_assessment(
        when, by, **_build_answer_fields(sheet, filled), **_build_rater_fields(sheet, when, filled, by)
    )
    if risky := sheet.risky(filled.responses):
        _raise_answer_alert(when, sheet, risky, by)
    return kept


@transaction.atomic
def decline_assessment(*, by: User, why: str = "", **occasion: Any) -> Assessment:
    """The family was asked and said no, with a reason or without: a fact of its own, and asked about until review."""
    when = AssessmentOccasion(**occasion)
    sheet = when.sheet
    refuse_all(lambda: _check_occasion(when), lambda: _check_once(when, ""))
    rater = {"rater_id": when.dyad.caregiver_id} if sheet.completed_by == CARER else {"rated_by_staff": by}
    return _create_assessment(when, by, declined=True, declined_why=why, **rater)


@transaction.atomic
def rate_goal(*, goal: Goal, timepoint: str, score: int, rated_on: date, by: User) -> GoalRating:
    """How near the goal feels to the family on that day, 0 to 10."""
    closed = goal.closed_on and rated_on > goal.closed_on
    refuse_all(
        {
            "timepoint": _find_timepoint_error(timepoint),
            "score": "" if 0 <= score <= 10 else "Choose a number from 0 to 10.",
            "rated_on": "This date is in the future." if rated_on > timezone.localdate() else "",
        },
        {"rated_on": "This is before the goal was set." if rated_on < goal.set_on else ""},
        lambda: validate_living("rated_on", [goal.dyad.caregiver], rated_on),
        {"rated_on": "This is after the goal was closed." if closed else ""},
    )
    return GoalRating.objects.create(
        goal=goal,
        timepoint=timepoint,
        score=score,
        rated_on=rated_on,
        rater_id=goal.dyad.caregiver_id,
        recorded_by=by,
    )


def _find_timepoint_error(timepoint: str) -> str:
    return "" if timepoint in Timepoint.values else "Choose start, review or end."


def _check_occasion(when: AssessmentOccasion) -> None:
    """The right people, a day that has come, and no questions about a baby after a loss.

    A parent's own mood, and whatever else asks about themselves alone, is recorded then as before.
    """
    strange = when.dyad.family_id != when.episode.family_id
    lost = is_gone_by(when.dyad.infant, when.completed_on) and not when.sheet.is_about_carer
    known_form = when.form in (when.sheet.forms or ("",))
    refuse_all(
        {
            "timepoint": _find_timepoint_error(when.timepoint),
            "dyad": "Choose a baby and carer of this family." if strange else "",
            "completed_on": "This date is in the future." if when.completed_on > timezone.localdate() else "",
            "form": "" if known_form else "Choose which form it was.",
        },
        {"dyad": AFTER_LOSS if lost else ""},
        lambda: validate_living("dyad", [when.dyad.caregiver], when.completed_on),
    )


def _check_filled(measure: Measure, filled: AssessmentInput) -> None:
    wrong = {f"q{item}": why for item, why in find_answer_errors(measure, filled.responses).items()}
    wrong |= {
        f"t_{id}": why for id, why in find_total_errors(measure, filled.typed, filled.responses).items()
    }
    if wrong:
        raise ActionRefused(wrong)
    if measure.kind != DONE_ONLY and not filled.responses and not filled.typed:
        raise ActionRefused("Enter at least one answer, or record that the family declined.")
    if filled.typed and not set(measure.risk_items) <= set(filled.responses):
        asked = {f"q{item}": f"Item {item} is needed beside the total." for item in measure.risk_items}
        raise ActionRefused(asked)
    unsaid = measure.asks_concern and filled.concern is None
    refuse_all(
        {
            "concern": "Choose whether there is a concern." if unsaid else "",
            "way": "" if filled.way in CompletionWay.values else "Choose how it was completed.",
        }
    )


def _check_confirmed(
    measure: Measure, when: AssessmentOccasion, filled: AssessmentInput, start: date | None
) -> None:
    """What may be right and would be unusual is asked about once: a form for another age, a total beyond its range."""
    if filled.confirmed:
        return
    questions = [
        f"{question} If it is right, tick “Right as entered”."
        for question in list_questions(measure, filled.responses, filled.typed).values()
    ]
    about_form = find_form_question(
        form=when.form, windows=measure.form_windows, start=start, on=when.completed_on
    )
    if questions or about_form:
        raise ActionRefused({"confirmed": " ".join([*filter(None, [about_form]), *questions])})


def _check_rater(measure: Measure, when: AssessmentOccasion, filled: AssessmentInput) -> None:
    if measure.completed_by != CODER:
        return
    role = "Choose who coded it: both measures of a pair need the same role."
    certificate = "Choose whether the coder has a reliability certificate."
    refuse_all(
        {
            "rater_role": "" if filled.rater_role in RaterRole.values else role,
            "reliability": "" if filled.reliability in Reliability.values else certificate,
        }
    )


def _check_once(when: AssessmentOccasion, role: str) -> None:
    """One form a day, also when two people enter it at the same moment: the episode's row is the lock."""
    Episode.objects.select_for_update().get(pk=when.episode.pk)
    same = Assessment.objects.live().filter(
        episode=when.episode, dyad=when.dyad, measure=when.measure, completed_on=when.completed_on
    )
    if same.filter(rater_role=role).exists():
        name = when.sheet.short_name
        raise ActionRefused({"completed_on": f"{name} is already recorded for them on this date."})


def _build_answer_fields(measure: Measure, filled: AssessmentInput) -> dict[str, Any]:
    answers = {str(item): filled.responses[item] for item in sorted(filled.responses)}
    made = {"responses": answers, "typed": dict(filled.typed), "way": filled.way}
    made["concern"] = filled.concern if measure.asks_concern else None
    return made | {"scores": score_measure(measure, filled.responses, filled.typed)}


def _build_rater_fields(
    measure: Measure, when: AssessmentOccasion, filled: AssessmentInput, by: User
) -> dict[str, Any]:
    if measure.completed_by == CARER:
        return {"rater_id": when.dyad.caregiver_id}
    if measure.completed_by != CODER:
        return {"rated_by_staff": by}
    return {"rated_by_staff": by, "rater_role": filled.rater_role, "reliability": filled.reliability}


def _create_assessment(when: AssessmentOccasion, by: User, **made: Any) -> Assessment:
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


def _raise_answer_alert(when: AssessmentOccasion, measure: Measure, items: list[int], by: User) -> None:
    """Raise a risk alert for the same day, whatever the total score."""
    which = ", ".join(map(str, items))
    noun = "item" if len(items) == 1 else "items"
    raise_risk_alert(
        site=when.episode.site,
        family=when.episode.family,
        what=f"An answer to {noun} {which} of {measure.short_name} needs review today",
        by=by,
        lead=when.episode.lead,
    )
