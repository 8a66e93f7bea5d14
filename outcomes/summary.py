"""What pages show of outcomes, of an episode or a dyad: measures and pairs, goals and ratings, in two queries."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FilteredRelation, OuterRef, QuerySet
from django.utils import timezone

from interventions.episodes.models import Episode, Goal
from interventions.episodes.models.episodes import GoalQuerySet
from outcomes.attended_days import query_attended_days
from outcomes.completed_measures import build_completed_measure
from outcomes.dyad_choices import format_dyad
from outcomes.goals_in_short import GoalInShort, GoalRatingRow, build_goal_in_short
from outcomes.measure_charts import (
    ScoreInShort,
    build_score_charts,
    build_score_table,
    describe_missing_items,
)
from outcomes.measure_definitions import Measure
from outcomes.measures import get_catalogue
from outcomes.models import Assessment, AssessmentQuerySet
from outcomes.pair_status import describe_pair_deadline
from outcomes.pairing import (
    CompletedMeasure,
    calculate_changes,
    explain_missing_pair,
    find_pair,
)
from outcomes.presenters import get_rater_key, is_assessment_complete, parse_answers
from outcomes.rules import Timepoint, get_pair_deadline
from pairs.access.batch_query import Query, parse_date
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.ages import get_birth
from pairs.families.last_day import has_died
from pairs.families.models.people import list_dyad_name_fields
from pairs.web.formats import format_day, format_short_day

ABOUT_RELATIONS = ("episode", "dyad__infant", "dyad__caregiver")
# What is shown of them on the episode's page.
ASSESSMENT_FIELDS = (
    "measure", "measure_version", "form", "timepoint", "rater", "rated_by_staff", "rater_role", "completed_on",
    "declined", "responses", "scores", "typed",
)  # fmt: skip
GOAL_FIELDS = ("words", "set_on", "closed_on", "closed_as")
DYAD_FIELDS = (
    "dyad__relationship",
    "dyad__infant__birth_date",
    "dyad__infant__gestation_weeks",
    "dyad__infant__estimated_due_date",
    "dyad__infant__lost_on",
    "dyad__caregiver__died_on",
    *list_dyad_name_fields("dyad"),
)


def build_measure_parts(episode: Any) -> dict[str, Any]:
    """{part: QuerySet or Query} by the id of an episode that was fetched in scope: for one prepared statement."""
    return {
        "assessments": _filter_by_episode(Assessment.objects, episode)
        .in_time_order()
        .only(*ASSESSMENT_FIELDS, *DYAD_FIELDS),
        "contact_days": Query(
            query_attended_days(episode), {"day": "day"}, lambda row: [parse_date(row["day"])]
        ),
    }


def build_goal_parts(episode: Any) -> dict[str, Any]:
    """The same of its goals."""
    goals = _annotate_ratings(_filter_by_episode(Goal.objects, episode))
    return {"goals": goals.only(*GOAL_FIELDS, *DYAD_FIELDS)}


def _filter_by_episode(records: Any, episode: UUID) -> Any:
    return records.live().filter(episode=episode).select_related("dyad__infant", "dyad__caregiver")


def present_episode_outcomes(
    parts: dict[str, list[Any]], episode: Episode
) -> dict[str, list[dict[str, Any]]]:
    """{"measures": [...], "goals": [...]} of an episode, whichever of the two kinds of parts there are."""
    found = {}
    for row in parts.get("assessments", ()):
        row.episode, row.contact_days = episode, parts["contact_days"]
    for row in parts.get("goals", ()):
        row.episode = episode
    if "assessments" in parts:
        found["measures"] = _present_measures(parts["assessments"])
    if "goals" in parts:
        found["goals"] = _present_goals(parts["goals"])
    return found


def present_dyad_outcomes(scope: Scope, dyad: Any) -> dict[str, list[dict[str, Any]]]:
    """The same of a dyad that the caller has fetched in scope, over all its episodes."""
    return _load_outcomes(scope, dyad=dyad)


def present_caregiver_outcomes(scope: Scope, caregiver: Any) -> dict[str, list[dict[str, Any]]]:
    """The same of one carer with each of their babies: nothing of another carer's."""
    return _load_outcomes(scope, dyad__caregiver=caregiver)


def _load_outcomes(scope: Scope, **whose: Any) -> dict[str, list[dict[str, Any]]]:
    rows = (
        Assessment.objects.visible_to(scope).filter(**whose).select_related(*ABOUT_RELATIONS).in_time_order()
    )
    goals = Goal.objects.visible_to(scope).filter(**whose).select_related(*ABOUT_RELATIONS)
    return {
        "measures": _present_measures(annotate_contact_days(rows)),
        "goals": _present_goals(_annotate_ratings(goals)),
    }


def annotate_contact_days(assessments: AssessmentQuerySet) -> AssessmentQuerySet:
    """Annotate ``contact_days``: the local day of each attended direct contact of the episode, in order."""
    return assessments.annotate(contact_days=ArraySubquery(query_attended_days(OuterRef("episode"))))


def to_completed_measure(row: Assessment) -> CompletedMeasure:
    """An Assessment (with its dyad's infant) as pairing sees it."""
    measure = get_catalogue()[row.measure]
    return build_completed_measure(
        id=row.pk,
        measure=row.measure,
        version=row.measure_version,
        dyad=row.dyad_id,
        rater=get_rater_key(row),
        completed_on=row.completed_on,
        born=measure.window.get_age_start(get_birth(row.dyad.infant), row.completed_on),
        scores=row.scores,
        declined=row.declined,
        form=row.form,
    )


def _present_measures(rows: Iterable[Assessment]) -> list[dict[str, Any]]:
    return [_present_measure(group) for group in _group_rows(rows)]


def _group_rows(rows: Iterable[Assessment]) -> list[list[Assessment]]:
    """The rows of each episode, measure and dyad, in the order they were first asked: a pair is of one episode."""
    groups = {}
    for row in rows:
        groups.setdefault((row.episode_id, row.measure, row.dyad_id), []).append(row)
    return list(groups.values())


def _present_measure(rows: list[Any]) -> dict[str, Any]:
    measure, days, episode = get_catalogue()[rows[0].measure], rows[0].contact_days, rows[0].episode
    known = [to_completed_measure(row) for row in rows]
    pair = find_pair(known, days)
    answered = [row for row in rows if not row.declined]
    return {
        "id": measure.id,
        "name": measure.short_name,
        "about": measure.construct,
        "whose": format_dyad(rows[0].dyad),
        "dyad": rows[0].dyad_id,
        "paired": bool(pair),
        "bereaved": has_died(rows[0].dyad),
        "why_no_pair": explain_missing_pair(known, days),
        "repeat_by": "" if pair or episode.ended_on else _describe_deadline(measure, rows[-1]),
        "changes": calculate_changes(measure, pair) if pair else [],
        "scores": build_score_charts(measure, answered, pair),
        "table": build_score_table(measure, rows),
        "missing_rule": measure.missing_rule,
        "times": [_present_time(measure, row) for row in rows],
    }


def present_scores(rows: list[Any]) -> list[ScoreInShort]:
    """The scores of answered assessments of one measure, dyad and episode, in time order, with their contact days."""
    if not rows:
        return []
    pair = find_pair(map(to_completed_measure, rows), rows[0].contact_days)
    return build_score_charts(get_catalogue()[rows[0].measure], rows, pair)


def _describe_deadline(measure: Measure, newest: Assessment) -> str:
    """By when a pair is possible; "" after a no, after a loss, and where the day has gone."""
    infant, asked, today = (
        newest.dyad.infant,
        not newest.declined and not has_died(newest.dyad),
        timezone.localdate(),
    )
    until = get_pair_deadline(measure.window, infant.birth_date, answered=asked, on=today)
    return describe_pair_deadline(until, today, format_day)


def _present_time(measure: Measure, row: Assessment) -> dict[str, Any]:
    whole = is_assessment_complete(measure, row.scores, parse_answers(row))
    status = "declined" if row.declined else ("complete" if whole else "incomplete")
    return {
        "id": row.pk,
        "time": row.timepoint,
        "timepoint": row.get_timepoint_display(),
        "completed_on": row.completed_on,
        "status": status,
        "scores": row.scores,
        "missing": describe_missing_items(measure, row),
    }


def _annotate_ratings(goals: QuerySet[Any]) -> GoalQuerySet:
    """One row a live rating (or one without), goals in the order they were set, ratings in time order."""
    return (
        goals.annotate(live=FilteredRelation("ratings", condition=live_q("ratings__")))
        .annotate(rated=F("live__score"), rated_on=F("live__rated_on"), rated_at=F("live__timepoint"))
        .order_by("set_on", "created_at", "pk", "live__rated_on", "live__created_at")
    )


def _present_goals(rows: Iterable[Goal]) -> list[dict[str, Any]]:
    return [_present_goal(list(group)) for _, group in groupby(rows, key=lambda row: row.pk)]


def _present_goal(rows: list[Any]) -> dict[str, Any]:
    goal, rated = rows[0], [row for row in rows if row.rated is not None]
    return {
        "id": goal.pk,
        "words": goal.words,
        "set_on": goal.set_on,
        "open": _is_open(goal),
        "ratings": [_present_rating(row) for row in rated],
        "short": _build_goal_in_short(goal, rated),
    }


def _build_goal_in_short(goal: Goal, rated: list[Any]) -> GoalInShort:
    return build_goal_in_short(
        id=goal.pk,
        words=goal.words,
        whose=format_dyad(goal.dyad),
        rater=goal.dyad.caregiver.name or "carer not yet named",
        ratings=[GoalRatingRow(row.rated_on, row.rated, Timepoint(row.rated_at).label) for row in rated],
        closed=f"{goal.get_closed_as_display()}, {format_short_day(goal.closed_on)}"
        if goal.closed_on
        else "",
        open=_is_open(goal),
        asked=_is_asked(goal),
    )


def _is_asked(goal: Goal) -> bool:
    """As ``GoalQuerySet.of_the_living``: a goal that was set after a loss is the parent's own."""
    lost_on = goal.dyad.infant.lost_on
    return not has_died(goal.dyad.caregiver) and (lost_on is None or goal.set_on >= lost_on)


def _is_open(goal: Goal) -> bool:
    return goal.episode.ended_on is None and goal.closed_on is None


def _present_rating(row: Any) -> dict[str, Any]:
    time = Timepoint(row.rated_at)
    return {"score": row.rated, "rated_on": row.rated_on, "time": time.value, "timepoint": time.label}
