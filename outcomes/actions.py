"""What is done with measures: recorded, declined by the family, and a goal rated."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import Episode, Goal
from outcomes.measures import Measure, catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.rules import TIMEPOINTS
from outcomes.scoring import SCORING_VERSION, score, wrong_answers
from pairs.families.models import Dyad
from pairs.service.models import User
from pairs.service.refusals import Refused


@transaction.atomic
def record_assessment(
    *,
    episode: Episode,
    dyad: Dyad,
    measure: str,
    timepoint: str,
    completed_on: date,
    responses: Mapping[int, int],
    by: User,
) -> Assessment:
    """A completed measure and its scores. The dyad's caregiver is the rater: it is about their own baby."""
    sheet = _item_measure(measure)
    _check_occasion(episode, dyad, timepoint, completed_on)
    if why := sheet.why_not(born=dyad.infant.birth_date, on=completed_on):
        raise Refused({"completed_on": why})
    if wrong := wrong_answers(sheet, responses):
        raise Refused({f"q{item}": message for item, message in wrong.items()})
    if not responses:
        raise Refused("Enter at least one answer, or say that the family declined.")
    _check_once(episode, dyad, sheet, completed_on)
    return _keep(episode, dyad, sheet, timepoint, completed_on, by, responses=responses)


@transaction.atomic
def decline_assessment(
    *, episode: Episode, dyad: Dyad, measure: str, timepoint: str, completed_on: date, by: User
) -> Assessment:
    """The family was asked and said no: a fact of its own, and nothing more is due for it."""
    sheet = _item_measure(measure)
    _check_occasion(episode, dyad, timepoint, completed_on)
    _check_once(episode, dyad, sheet, completed_on)
    return _keep(episode, dyad, sheet, timepoint, completed_on, by, declined=True)


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


def _item_measure(measure: str) -> Measure:
    sheet = catalogue().get(measure)
    if sheet is None or sheet.kind != "items":
        raise Refused({"measure": "Choose a measure from the list."})
    return sheet


def _check_timepoint(timepoint: str) -> None:
    if timepoint not in dict(TIMEPOINTS):
        raise Refused({"timepoint": "Choose start, review or end."})


def _check_occasion(episode: Episode, dyad: Dyad, timepoint: str, day: date) -> None:
    """The right people, a day that has come, and no questions about a baby after a loss."""
    _check_timepoint(timepoint)
    if dyad.family_id != episode.family_id:
        raise Refused({"dyad": "Choose a baby and carer of this family."})
    if day > timezone.localdate():
        raise Refused({"completed_on": "This day is still to come."})
    if dyad.infant.lost_on and day >= dyad.infant.lost_on:
        raise Refused({"dyad": "This baby has died. No measure is asked for after a loss."})


def _check_once(episode: Episode, dyad: Dyad, sheet: Measure, day: date) -> None:
    """One form a day, also when two people enter it at the same moment: the episode's row is the lock."""
    Episode.objects.select_for_update().get(pk=episode.pk)
    same = Assessment.objects.live().filter(episode=episode, dyad=dyad, measure=sheet.id, completed_on=day)
    if same.exists():
        raise Refused({"completed_on": f"{sheet.short_name} is already recorded for them on this day."})


def _keep(
    episode: Episode,
    dyad: Dyad,
    sheet: Measure,
    timepoint: str,
    day: date,
    by: User,
    *,
    responses: Mapping[int, int] | None = None,
    declined: bool = False,
) -> Assessment:
    answers = responses or {}
    return Assessment.objects.create(
        episode=episode,
        dyad=dyad,
        rater_id=dyad.caregiver_id,
        measure=sheet.id,
        measure_version=sheet.version,
        timepoint=timepoint,
        completed_on=day,
        declined=declined,
        responses={str(item): answers[item] for item in sorted(answers)},
        scores={} if declined else score(sheet, answers),
        scoring_version=SCORING_VERSION,
        recorded_by=by,
    )
