"""Recording and declining a measure, rating a goal: what is kept and what is refused."""

from datetime import timedelta

import pytest

from outcomes.actions import Filled, decline_assessment, rate_goal, record_assessment
from outcomes.models import Assessment, GoalRating
from pairs.families.models import Caregiver, Dyad, Family
from pairs.service.refusals import Refused


@pytest.fixture
def record(world, answers):
    def do(**changes):
        plain = {
            "episode": world.episode,
            "dyad": world.dyad,
            "measure": "prfq",
            "timepoint": "start",
            "completed_on": world.today,
            "responses": answers(4),
            "by": world.cast["blackburn"],
        } | changes
        return record_assessment(filled=Filled(responses=plain.pop("responses")), **plain)

    return do


def test_a_measure_is_kept_with_its_scores_and_its_rater(record, world):
    made = Assessment.objects.get(pk=record(responses={1: 2, 4: 2, 7: 2, 10: 2, 13: 2, 16: 2, 2: 7}).pk)
    assert made.responses == {"1": 2, "2": 7, "4": 2, "7": 2, "10": 2, "13": 2, "16": 2}
    assert made.scores == {
        "pre_mentalising": 2.0,
        "certainty_mental_states": None,
        "interest_curiosity": None,
    }
    assert (made.measure_version, made.scoring_version, made.rater) == ("1", "2", world.sara)


def other_family_dyad(world):
    family = Family.objects.create(site=world.family.site)
    return Dyad.objects.create(
        family=family,
        infant=world.maya,
        caregiver=Caregiver.objects.create(family=family),
        relationship="mother",
    )


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        (lambda world: {"completed_on": world.ago(-1)}, "completed_on", "still to come"),
        (lambda world: {"completed_on": world.ago(201)}, "completed_on", "has been born"),
        (lambda world: {"dyad": other_family_dyad(world)}, "dyad", "of this family"),
        (lambda world: {"measure": "gbo"}, "measure", "Choose a measure"),
        (lambda world: {"measure": "lsim"}, "measure", "Choose a measure"),
        (lambda world: {"timepoint": "later"}, "timepoint", "Choose start"),
        (lambda world: {"responses": {19: 1}}, "q19", "no item 19"),
        (lambda world: {"responses": {3: 8}}, "q3", "from 1 to 7"),
        (lambda world: {"responses": {}}, "", "at least one answer"),
    ],
)
def test_what_is_refused(record, world, changes, field, words):
    with pytest.raises(Refused) as refused:
        record(**changes(world))
    assert words in refused.value.errors[field]
    assert not Assessment.objects.exists()


def test_a_child_past_the_window_is_refused_with_the_reason(record, world):
    world.maya.birth_date = world.today - timedelta(days=3 * 366)
    with pytest.raises(Refused, match="under 36 months"):
        record(dyad=Dyad(pk=world.dyad.pk, family=world.family, infant=world.maya, caregiver=world.sara))


def test_no_measure_is_asked_after_a_loss_but_an_earlier_one_is_kept(record, world):
    world.maya.lost_on, world.maya.loss = world.ago(5), "death"
    world.maya.save()
    world.dyad.refresh_from_db()
    with pytest.raises(Refused, match="after a loss"):
        record()
    assert record(completed_on=world.ago(6))


def test_one_form_a_day_for_each_dyad(record, world):
    record()
    with pytest.raises(Refused, match="already recorded"):
        record()
    assert record(dyad=world.father)
    assert record(completed_on=world.ago(1))


def test_entered_in_error_makes_room_for_the_right_one(record, world):
    Assessment.objects.filter(pk=record().pk).update(entered_in_error_at="2026-01-01T00:00Z")
    assert record()


def test_a_familys_no_is_a_row_of_its_own(world):
    made = decline_assessment(
        episode=world.episode,
        dyad=world.dyad,
        measure="prfq",
        timepoint="start",
        completed_on=world.today,
        by=world.cast["blackburn"],
    )
    assert (made.declined, made.responses, made.scores) == (True, {}, {})


@pytest.mark.parametrize("score", [0, 10])
def test_a_goal_is_rated(world, score):
    made = rate_goal(
        goal=world.goal, timepoint="start", score=score, rated_on=world.today, by=world.cast["blackburn"]
    )
    assert GoalRating.objects.get() == made
    assert (made.rater, made.score) == (world.sara, score)


@pytest.mark.parametrize(
    ("score", "ago", "timepoint", "field"),
    [
        (11, 0, "start", "score"),
        (-1, 0, "start", "score"),
        (5, -1, "start", "rated_on"),
        (5, 91, "start", "rated_on"),
        (5, 0, "soon", "timepoint"),
    ],
)
def test_a_goal_rating_is_refused(world, score, ago, timepoint, field):
    with pytest.raises(Refused) as refused:
        rate_goal(
            goal=world.goal,
            timepoint=timepoint,
            score=score,
            rated_on=world.ago(ago),
            by=world.cast["blackburn"],
        )
    assert set(refused.value.errors) == {field}


def test_a_measure_leaves_its_history(record):
    made = record()
    assert Assessment.pgh_event_model.objects.filter(id=made.pk).count() == 1
