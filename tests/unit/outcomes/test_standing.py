"""How a pair stands, as the caseload says it: made, what is missing, until when; all in one query."""

from datetime import timedelta

import pytest
from django.urls import reverse

from outcomes.actions import Filled, decline_assessment, record_assessment
from outcomes.models import ChosenMeasure
from outcomes.rules import add_months
from outcomes.standing import standing
from pairs.access.asking import answers
from pairs.access.scope import scope_of


@pytest.fixture
def ask(world):
    def do(username="blackburn"):
        return answers([standing(scope_of(world.cast[username]), [world.family.pk])])

    return do


@pytest.fixture
def record(world, answers):
    def do(days, dyad=None, measure="prfq", **filled):
        return record_assessment(
            episode=world.episode,
            dyad=dyad or world.dyad,
            measure=measure,
            timepoint="start",
            completed_on=world.ago(days),
            filled=Filled(**(filled or {"responses": answers(4)})),
            by=world.cast["blackburn"],
        )

    return do


def test_nothing_yet(world, ask):
    [found] = ask()
    assert (found.paired, found.measure, found.why, found.until) == (
        False,
        "",
        "No measure of the core yet.",
        None,
    )


def test_what_is_missing_and_until_when(world, ask, record):
    world.contact(60)
    record(50)
    [found] = ask()
    last = add_months(world.maya.birth_date, 36) - timedelta(days=1)
    assert (found.paired, found.measure, found.until) == (False, "PRFQ", last)
    assert "second time" in found.why


def test_a_pair_is_made(world, ask, record):
    world.contact(60)
    world.contact(30)
    record(60)
    record(20)
    record(10, dyad=world.father)
    [found] = ask()
    assert (found.paired, found.measure, found.why) == (True, "PRFQ", "")


def test_a_no_is_said(world, ask):
    world.contact(60)
    about = {"episode": world.episode, "dyad": world.dyad, "measure": "prfq", "timepoint": "start"}
    decline_assessment(completed_on=world.ago(5), by=world.cast["blackburn"], why="Too tired", **about)
    [found] = ask()
    assert found.why == "The family declined."


def test_only_the_services_own_core_counts(world, ask, record):
    world.contact(60)
    world.contact(30)
    for days in (60, 20):
        record(days, measure="mors_sf", typed={"warmth": 20, "invasion": 9})
    assert [each.measure for each in ask()] == [""]
    ChosenMeasure.objects.create(measure="mors_sf", core=True)
    [found] = ask()
    assert (found.paired, found.measure) == (True, "MORS-SF")


def test_nobody_outside_is_told(world, ask, record):
    record(10)
    assert ask("hyndburn") == []


def test_the_caseload_says_it(world, record, signed_in):
    world.contact(60)
    world.contact(30)
    record(60)
    page = signed_in("blackburn").get(reverse("caseload")).content.decode()
    assert "PRFQ: Completed once: it needs a second time." in page
    record(20)
    assert "PRFQ paired" in signed_in("blackburn").get(reverse("caseload")).content.decode()
