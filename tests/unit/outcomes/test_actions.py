"""Recording and declining a measure, rating a goal: what is kept and what is refused."""

from datetime import timedelta

import pytest

from outcomes.actions.assessments import AssessmentInput, decline_assessment, rate_goal, record_assessment
from outcomes.models import Assessment, GoalRating
from pairs.families.models import Caregiver, Dyad, Family
from pairs.service.refusals import ActionRefused


@pytest.fixture
def record_measure(world, equal_answers):
    def record_prfq(**changes):
        plain = {
            "episode": world.episode,
            "dyad": world.dyad,
            "measure": "prfq",
            "timepoint": "start",
            "completed_on": world.today,
            "responses": equal_answers(4),
            "by": world.cast["blackburn"],
        } | changes
        return record_assessment(filled=AssessmentInput(responses=plain.pop("responses")), **plain)

    return record_prfq


def test_a_measure_is_stored_with_its_scores_and_its_rater(record_measure, world):
    made = Assessment.objects.get(
        pk=record_measure(responses={1: 2, 4: 2, 7: 2, 10: 2, 13: 2, 16: 2, 2: 7}).pk
    )
    assert made.responses == {"1": 2, "2": 7, "4": 2, "7": 2, "10": 2, "13": 2, "16": 2}
    assert made.scores == {
        "pre_mentalising": 2.0,
        "certainty_mental_states": None,
        "interest_curiosity": None,
    }
    assert (made.measure_version, made.scoring_version, made.rater) == ("1", "3", world.sara)


def make_other_family_dyad(world):
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
        (
            lambda world: {"completed_on": world.get_days_ago(-1)},
            "completed_on",
            "This date is in the future",
        ),
        (lambda world: {"completed_on": world.get_days_ago(201)}, "completed_on", "has been born"),
        (lambda world: {"dyad": make_other_family_dyad(world)}, "dyad", "of this family"),
        (lambda world: {"measure": "gbo"}, "measure", "Choose a measure"),
        (lambda world: {"measure": "lsim"}, "measure", "Choose a measure"),
        (lambda world: {"timepoint": "later"}, "timepoint", "Choose start"),
        (lambda world: {"responses": {19: 1}}, "q19", "no item 19"),
        (lambda world: {"responses": {3: 8}}, "q3", "from 1 to 7"),
        (lambda world: {"responses": {}}, "", "at least one answer"),
    ],
)
def test_invalid_measures_are_refused(record_measure, world, changes, field, words):
    with pytest.raises(ActionRefused) as refused:
        record_measure(**changes(world))
    assert words in refused.value.errors[field]
    assert not Assessment.objects.exists()


def test_a_child_past_the_window_is_refused_with_the_reason(record_measure, world):
    world.maya.birth_date = world.today - timedelta(days=5 * 366)
    with pytest.raises(ActionRefused, match="under 60 months"):
        record_measure(
            dyad=Dyad(pk=world.dyad.pk, family=world.family, infant=world.maya, caregiver=world.sara)
        )


def test_no_measure_is_accepted_after_a_loss_but_an_earlier_one_is_stored(record_measure, world):
    world.maya.lost_on, world.maya.loss = world.get_days_ago(5), "death"
    world.maya.save()
    world.dyad.refresh_from_db()
    with pytest.raises(ActionRefused, match="After a loss"):
        record_measure()
    assert record_measure(completed_on=world.get_days_ago(6))


def test_one_form_a_day_for_each_dyad(record_measure, world):
    record_measure()
    with pytest.raises(ActionRefused, match="already recorded"):
        record_measure()
    assert record_measure(dyad=world.father)
    assert record_measure(completed_on=world.get_days_ago(1))


def test_a_measure_entered_in_error_can_be_replaced(record_measure, world):
    Assessment.objects.filter(pk=record_measure().pk).update(entered_in_error_at="2026-01-01T00:00Z")
    assert record_measure()


def test_a_familys_refusal_is_a_row_of_its_own(world):
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
    with pytest.raises(ActionRefused) as refused:
        rate_goal(
            goal=world.goal,
            timepoint=timepoint,
            score=score,
            rated_on=world.get_days_ago(ago),
            by=world.cast["blackburn"],
        )
    assert set(refused.value.errors) == {field}


def test_a_measure_leaves_its_history(record_measure):
    made = record_measure()
    assert Assessment.pgh_event_model.objects.filter(id=made.pk).count() == 1
