"""What the episode page is given, in one query, and how it is drawn."""

from types import SimpleNamespace

import pytest
from django.template import engines

from outcomes.actions import Filled, decline_assessment, rate_goal, record_assessment
from outcomes.models import Assessment, GoalRating
from outcomes.summary import of_dyad, of_episode, parts_of_outcomes
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import scope_of

PARTS = PreparedRecords(lambda scope, episode: parts_of_outcomes(episode))


@pytest.fixture
def full(world, answers):
    """Start and end with both contacts, Tom's no, two ratings."""
    by = world.cast["blackburn"]
    world.contact(95, "not_brought")
    world.contact(90)
    world.contact(80, mechanism="11")
    about = {"episode": world.episode, "measure": "prfq", "by": by}
    for value, days, timepoint in ((5, 90, "start"), (3, 2, "end")):
        record_assessment(
            dyad=world.dyad,
            timepoint=timepoint,
            completed_on=world.ago(days),
            filled=Filled(responses=answers(value)),
            **about,
        )
    decline_assessment(dyad=world.father, timepoint="start", completed_on=world.ago(50), **about)
    for score, days in ((2, 80), (6, 1)):
        rate_goal(goal=world.goal, timepoint="review", score=score, rated_on=world.ago(days), by=by)
    return world


def seen_by(world, username):
    parts = PARTS.rows(scope_of(world.cast[username]), episode=world.episode.pk)
    return of_episode(parts, world.episode)


def test_measures_and_goals_in_one_query(full, django_assert_num_queries):
    with django_assert_num_queries(2):  # the other one is the scope's
        found = seen_by(full, "blackburn")
    mother, father = found["measures"]
    assert (mother["paired"], mother["why_no_pair"], mother["whose"]) == (True, "", "Maya and Sara (mother)")
    assert mother["chart"][0] == ("Pre-mentalising", 5.0, 3.0, 1, 7)
    assert [time["status"] for time in mother["times"]] == ["complete", "complete"]
    assert (father["paired"], father["why_no_pair"], father["chart"]) == (False, "The family declined.", [])
    [goal] = found["goals"]
    assert [rating["score"] for rating in goal["ratings"]] == [2, 6]
    assert goal["change"].reached


def test_a_contact_not_attended_or_by_letter_does_not_count(full):
    full.episode.contacts.filter(mechanism="11").update(mechanism="05", kind="message")
    assert "second contact" in seen_by(full, "blackburn")["measures"][0]["why_no_pair"]


def test_a_rating_in_error_is_gone_and_its_goal_stays(full):
    GoalRating.objects.update(entered_in_error_at="2026-01-01T00:00Z")
    [goal] = seen_by(full, "blackburn")["goals"]
    assert (goal["ratings"], goal["change"], goal["chart"]) == ([], None, [])


def test_out_of_scope_there_is_nothing(full):
    assert of_dyad(scope_of(full.cast["hyndburn"]), full.dyad) == {"measures": [], "goals": []}


@pytest.mark.parametrize("empty", [True, False])
def test_it_is_drawn(full, empty):
    found = {"measures": [], "goals": []} if empty else seen_by(full, "blackburn")
    template = engines["jinja2"].get_template("outcomes/_on_episode.html")
    episode = SimpleNamespace(pk=full.episode.pk, ended_on=None)
    drawn = template.render({"outcomes": found, "episode": episode, "may_write": True})
    assert ("No measure yet" in drawn) is empty
    assert ("4 points nearer" in drawn) is not empty


@pytest.mark.parametrize(
    "past",
    [
        lambda full: full.maya.change(birth_date=full.ago(36 * 31)),
        lambda full: full.maya.change(lost_on=full.ago(1), loss="death"),
        lambda full: full.episode.change(ended_on=full.today, ending_reason="02"),
        lambda full: Assessment.objects.filter(dyad=full.dyad).update(
            declined=True, responses={}, scores={}, typed={}
        ),
    ],
    ids=["too old", "a loss", "ended", "a no"],
)
def test_no_day_is_named_where_none_is_left(full, past):
    Assessment.objects.filter(timepoint="end").update(entered_in_error_at="2026-01-01T00:00Z")
    past(full)
    full.episode.refresh_from_db()
    assert [each["until"] for each in seen_by(full, "blackburn")["measures"]] == [None, None]
