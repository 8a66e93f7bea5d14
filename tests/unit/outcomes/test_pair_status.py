"""The status of a pair, as the caseload shows it: paired, what is missing, until when; all in one query."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from outcomes.actions.assessments import AssessmentInput, decline_assessment, record_assessment
from outcomes.models import ChosenMeasure
from outcomes.pair_status import PairStatus, query_pair_statuses
from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.families.ages import add_months
from reporting.dashboards.episode_status import combine_statuses


@pytest.fixture
def list_statuses(world):
    def list_pair_statuses(username="blackburn"):
        return run_queries([query_pair_statuses(load_scope(world.cast[username]), [world.family.pk])])

    return list_pair_statuses


@pytest.fixture
def record_in_world(world, equal_answers):
    def record_measure(days, dyad=None, measure="prfq", **filled):
        return record_assessment(
            episode=world.episode,
            dyad=dyad or world.dyad,
            measure=measure,
            timepoint="start",
            completed_on=world.get_days_ago(days),
            filled=AssessmentInput(**(filled or {"responses": equal_answers(4)})),
            by=world.cast["blackburn"],
        )

    return record_measure


def test_status_before_any_measure(world, list_statuses):
    [found] = list_statuses()
    assert (found.paired, found.measure, found.why, found.until) == (
        False,
        "",
        "No core measure yet.",
        None,
    )


def test_what_is_missing_and_until_when(world, list_statuses, record_in_world):
    world.add_contact(60)
    record_in_world(50)
    [found] = list_statuses()
    last = add_months(world.maya.birth_date, 60) - timedelta(days=1)
    assert (found.paired, found.measure, found.until) == (False, "PRFQ", last)
    assert found.why == "1 of 2 completed."


def test_a_pair_is_made(world, list_statuses, record_in_world):
    world.add_contact(60)
    world.add_contact(30)
    record_in_world(60)
    record_in_world(20)
    record_in_world(10, dyad=world.father)
    [found] = list_statuses()
    assert (found.paired, found.measure, found.why) == (True, "PRFQ", "")


def test_a_refusal_is_shown(world, list_statuses):
    world.add_contact(60)
    about = {"episode": world.episode, "dyad": world.dyad, "measure": "prfq", "timepoint": "start"}
    decline_assessment(
        completed_on=world.get_days_ago(5), by=world.cast["blackburn"], why="Too tired", **about
    )
    [found] = list_statuses()
    assert found.why == "The family declined."


def test_only_the_services_own_core_counts(world, list_statuses, record_in_world):
    world.add_contact(60)
    world.add_contact(30)
    for days in (60, 20):
        record_in_world(days, measure="mors_sf", typed={"warmth": 20, "invasion": 9})
    assert [each.measure for each in list_statuses()] == [""]
    ChosenMeasure.objects.create(measure="mors_sf", core_for=["under_3"])
    [found] = list_statuses()
    assert (found.paired, found.measure) == (True, "MORS-SF")


def test_where_no_core_measure_fits_the_age_it_says_so(world, list_statuses):
    world.add_contact(60)
    assert [each.why for each in list_statuses()] == ["No core measure yet."]
    world.maya.change(birth_date=None, estimated_due_date=world.today)
    assert [each.why for each in list_statuses()] == ["No core measure fits this age."]
    ChosenMeasure.objects.create(measure="maas", core_for=["pregnancy"])
    assert [each.why for each in list_statuses()] == ["No core measure yet."]
    world.maya.change(birth_date=add_months(world.today, -37))
    assert [each.why for each in list_statuses()] == ["No core measure fits this age."]
    world.maya.change(lost_on=world.today, loss="death")
    assert [each.why for each in list_statuses()] == ["No measure is requested after a loss."]


def test_nobody_out_of_scope_sees_it(world, list_statuses, record_in_world):
    record_in_world(10)
    assert list_statuses("hyndburn") == []


@pytest.mark.parametrize(
    ("until", "words"),
    [(date(2027, 11, 30), "30 Nov 2027"), (date(2027, 12, 2), "the ending"), (None, "")],
)
def test_a_day_that_is_years_away_is_not_when_to_repeat_it(until, words):
    pair = PairStatus(uuid4(), False, "PRFQ", "", until, family=uuid4())
    (status,) = combine_statuses([pair], date(2026, 12, 1))
    assert status.pair["until"] == words


def test_the_caseload_shows_it(world, record_in_world, sign_in_as):
    world.add_contact(60)
    world.add_contact(30)
    record_in_world(60)
    page = sign_in_as("blackburn").get(reverse("caseload")).content.decode()
    assert "Measured once" in page
    assert "Repeat by" in page
    record_in_world(20)
    assert "Measured twice" in sign_in_as("blackburn").get(reverse("caseload")).content.decode()
