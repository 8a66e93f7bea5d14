"""What the episode page is given, in one query, and how it is drawn."""

from types import SimpleNamespace

import pytest
from django.template import engines

from outcomes.actions.assessments import AssessmentInput, decline_assessment, rate_goal, record_assessment
from outcomes.models import Assessment, GoalRating
from outcomes.summary import (
    build_goal_parts,
    build_measure_parts,
    present_dyad_outcomes,
    present_episode_outcomes,
)
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import load_scope

OUTCOME_PARTS = PreparedRecords(
    lambda scope, episode: build_measure_parts(episode) | build_goal_parts(episode)
)


@pytest.fixture
def full_world(world, equal_answers):
    """Start and end with both contacts, Tom's no, two ratings."""
    by = world.cast["blackburn"]
    world.add_contact(95, "not_brought")
    world.add_contact(90)
    world.add_contact(80, mechanism="11")
    about = {"episode": world.episode, "measure": "prfq", "by": by}
    for value, days, timepoint in ((5, 90, "start"), (3, 2, "end")):
        record_assessment(
            dyad=world.dyad,
            timepoint=timepoint,
            completed_on=world.get_days_ago(days),
            filled=AssessmentInput(responses=equal_answers(value)),
            **about,
        )
    decline_assessment(dyad=world.father, timepoint="start", completed_on=world.get_days_ago(50), **about)
    for score, days in ((2, 80), (6, 1)):
        rate_goal(goal=world.goal, timepoint="review", score=score, rated_on=world.get_days_ago(days), by=by)
    return world


def read_as(world, username):
    parts = OUTCOME_PARTS.rows(load_scope(world.cast[username]), episode=world.episode.pk)
    return present_episode_outcomes(parts, world.episode)


def test_measures_and_goals_in_one_query(full_world, django_assert_num_queries):
    with django_assert_num_queries(2):  # the other one is the scope's
        found = read_as(full_world, "blackburn")
    mother, father = found["measures"]
    assert (mother["paired"], mother["why_no_pair"], mother["whose"]) == (True, "", "Maya and Sara (mother)")
    first = mother["scores"][0]
    assert (first.name, first.change, first.direction) == (
        "Pre-mentalising",
        "5 to 3: better",
        "Lower is better",
    )
    assert [dot.paired for dot in first.chart.dots] == [True, True]
    assert len(mother["table"]) == 6
    assert [time["status"] for time in mother["times"]] == ["complete", "complete"]
    assert (father["paired"], father["why_no_pair"], father["scores"]) == (False, "The family declined.", [])
    [goal] = found["goals"]
    assert [rating["score"] for rating in goal["ratings"]] == [2, 6]
    assert (goal["short"].direction, goal["short"].rater) == ("2 to 6: closer", "Sara")


def test_a_contact_not_attended_or_by_letter_does_not_count(full_world):
    full_world.episode.contacts.filter(mechanism="11").update(mechanism="05", kind="message")
    assert "second attended contact" in read_as(full_world, "blackburn")["measures"][0]["why_no_pair"]


def test_a_rating_in_error_is_gone_and_its_goal_stays(full_world):
    GoalRating.objects.update(entered_in_error_at="2026-01-01T00:00Z")
    [goal] = read_as(full_world, "blackburn")["goals"]
    assert (goal["ratings"], goal["short"].direction, goal["short"].chart) == ([], "Not rated yet", None)


def test_out_of_scope_there_is_nothing(full_world):
    assert present_dyad_outcomes(load_scope(full_world.cast["hyndburn"]), full_world.dyad) == {
        "measures": [],
        "goals": [],
    }


@pytest.mark.parametrize("empty", [True, False])
def test_it_is_rendered(full_world, empty):
    found = {"measures": [], "goals": []} if empty else read_as(full_world, "blackburn")
    template = engines["jinja2"].get_template("outcomes/_on_episode.html")
    episode = SimpleNamespace(pk=full_world.episode.pk, ended_on=None)
    drawn = template.render({"outcomes": found, "episode": episode, "may_write": True, "asks": []})
    assert ("No measure yet" in drawn) is empty
    assert ("2 to 6: closer" in drawn) is not empty


@pytest.mark.parametrize(
    "past",
    [
        lambda full: full.maya.change(birth_date=full.get_days_ago(60 * 31)),
        lambda full: full.maya.change(lost_on=full.get_days_ago(1), loss="death"),
        lambda full: full.episode.change(ended_on=full.today, ending_reason="02"),
        lambda full: Assessment.objects.filter(dyad=full.dyad).update(
            declined=True, responses={}, scores={}, typed={}
        ),
    ],
    ids=["too old", "a loss", "ended", "a no"],
)
def test_no_deadline_is_shown_where_none_is_left(full_world, past):
    Assessment.objects.filter(timepoint="end").update(entered_in_error_at="2026-01-01T00:00Z")
    past(full_world)
    full_world.episode.refresh_from_db()
    assert [each["repeat_by"] for each in read_as(full_world, "blackburn")["measures"]] == ["", ""]
