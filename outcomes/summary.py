"""What pages show of outcomes, of an episode or a dyad: measures and pairs, goals and ratings, in two queries."""

from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FilteredRelation, OuterRef
from django.utils import timezone

from interventions.episodes.models import Goal
from outcomes.contact_days import attended_days
from outcomes.measures import catalogue
from outcomes.models import Assessment
from outcomes.pairing import Completed, changes, goal_change, pair_of, why_no_pair
from outcomes.people import dyad_label
from outcomes.reading import DIRECTIONS, answers_of, chart_rows, is_complete, range_of, rater_of
from outcomes.rules import TIMEPOINTS, still_had_until
from pairs.access.asking import Question, day
from pairs.access.records import live_q
from pairs.families.models.people import dyad_names

ABOUT = ("episode", "dyad__infant", "dyad__caregiver")
# What is shown of them on the episode's page.
ASSESSMENT = (
    "measure", "measure_version", "form", "timepoint", "rater", "rated_by_staff", "rater_role", "completed_on",
    "declined", "responses", "scores",
)  # fmt: skip
GOAL = ("words", "set_on", "closed_on", "closed_as")
DYAD = ("dyad__relationship", "dyad__infant__birth_date", "dyad__infant__lost_on", *dyad_names("dyad"))


def parts_of_outcomes(episode):
    """{part: QuerySet or Question} by the id of an episode that was fetched in scope: for one prepared statement."""
    return {
        "assessments": _about(Assessment.objects, episode).in_time_order().only(*ASSESSMENT, *DYAD),
        "contact_days": Question(attended_days(episode), {"day": "day"}, lambda row: [day(row["day"])]),
        "goals": _rated(_about(Goal.objects, episode)).only(*GOAL, *DYAD),
    }


def _about(records, episode):
    return records.live().filter(episode=episode).select_related("dyad__infant", "dyad__caregiver")


def of_episode(parts, episode):
    """{"measures": [...], "goals": [...]} of an episode: plain data, of the rows of ``parts_of_outcomes``."""
    for row in parts["assessments"]:
        row.episode, row.contact_days = episode, parts["contact_days"]
    for row in parts["goals"]:
        row.episode = episode
    return {"measures": _measures(parts["assessments"]), "goals": _goals(parts["goals"])}


def of_dyad(scope, dyad):
    """The same of a dyad that the caller has fetched in scope, over all its episodes."""
    return _outcomes(scope, dyad=dyad)


def of_caregiver(scope, caregiver):
    """The same of one carer with each of their babies: nothing of another carer's."""
    return _outcomes(scope, dyad__caregiver=caregiver)


def _outcomes(scope, **whose):
    rows = Assessment.objects.visible_to(scope).filter(**whose).select_related(*ABOUT).in_time_order()
    goals = Goal.objects.visible_to(scope).filter(**whose).select_related(*ABOUT)
    return {"measures": _measures(with_contact_days(rows)), "goals": _goals(_rated(goals))}


def with_contact_days(assessments):
    """Annotate ``contact_days``: the local day of each attended direct contact of the episode, in order."""
    return assessments.annotate(contact_days=ArraySubquery(attended_days(OuterRef("episode"))))


def as_completed(row):
    """An Assessment (with its dyad's infant) as pairing sees it."""
    measure = catalogue()[row.measure]
    return Completed(
        id=row.pk,
        measure=row.measure,
        version=row.measure_version,
        dyad=row.dyad_id,
        rater=rater_of(row),
        completed_on=row.completed_on,
        in_window=not measure.why_not(born=row.dyad.infant.birth_date, on=row.completed_on),
        scores=row.scores,
        declined=row.declined,
        form=row.form,
    )


def _measures(rows):
    return [_measure(group) for group in _groups(rows)]


def _groups(rows):
    """The rows of each episode, measure and dyad, in the order they were first asked: a pair is of one episode."""
    groups = {}
    for row in rows:
        groups.setdefault((row.episode_id, row.measure, row.dyad_id), []).append(row)
    return list(groups.values())


def _measure(rows):
    measure, days, episode = catalogue()[rows[0].measure], rows[0].contact_days, rows[0].episode
    known = [as_completed(row) for row in rows]
    pair = pair_of(known, days)
    answered = [row for row in rows if not row.declined]
    by_id = {row.pk: row for row in answered}
    first = by_id[pair.first.id] if pair else (answered[0] if answered else None)
    last = by_id[pair.last.id] if pair else (answered[-1] if len(answered) > 1 else None)
    return {
        "id": measure.id,
        "name": measure.short_name,
        "about": measure.construct,
        "whose": dyad_label(rows[0].dyad),
        "dyad": rows[0].dyad_id,
        "paired": bool(pair),
        "why_no_pair": why_no_pair(known, days),
        "until": None if pair or episode.ended_on else _until(measure, rows[-1]),
        "changes": changes(measure, pair) if pair else [],
        "chart": chart_rows(measure, first, last) if first else [],
        "table": _table(measure, first, last) if first else [],
        "times": [_time(measure, row) for row in rows],
    }


def _until(measure, newest):
    """The last day for a pair; None after a no, after a loss, and where the day has gone."""
    infant, asked = newest.dyad.infant, not newest.declined and newest.dyad.infant.lost_on is None
    return still_had_until(measure.window, infant.birth_date, answered=asked, on=timezone.localdate())


def _table(measure, first, last):
    """What stands behind the picture: (scale, first score, latest, range, direction in words)."""
    return [
        (
            scale.name,
            first.scores.get(scale.id),
            last.scores.get(scale.id) if last else None,
            range_of(scale),
            DIRECTIONS[scale.better],
        )
        for scale in measure.scales
    ]


def _time(measure, row):
    whole = is_complete(measure, row.scores, answers_of(row))
    status = "declined" if row.declined else ("complete" if whole else "incomplete")
    return {
        "id": row.pk,
        "timepoint": row.get_timepoint_display(),
        "completed_on": row.completed_on,
        "status": status,
        "scores": row.scores,
    }


def _rated(goals):
    """One row a live rating (or one without), goals in the order they were set, ratings in time order."""
    return (
        goals.annotate(live=FilteredRelation("ratings", condition=live_q("ratings__")))
        .annotate(rated=F("live__score"), rated_on=F("live__rated_on"), rated_at=F("live__timepoint"))
        .order_by("set_on", "created_at", "pk", "live__rated_on", "live__created_at")
    )


def _goals(rows):
    return [_goal(list(group)) for _, group in groupby(rows, key=lambda row: row.pk)]


def _goal(rows):
    goal, rated = rows[0], [row for row in rows if row.rated is not None]
    change = goal_change([row.rated for row in rated])
    return {
        "id": goal.pk,
        "infant": goal.dyad.infant_id,
        "words": goal.words,
        "set_on": goal.set_on,
        "whose": dyad_label(goal.dyad),
        "open": goal.episode.ended_on is None and goal.closed_on is None,
        "closed": goal.get_closed_as_display(),
        "closed_on": goal.closed_on,
        "ratings": [_rating(row) for row in rated],
        "change": change,
        "chart": [(row.rated_on, row.rated) for row in rated],
    }


def _rating(row):
    return {"score": row.rated, "rated_on": row.rated_on, "timepoint": dict(TIMEPOINTS)[row.rated_at]}
