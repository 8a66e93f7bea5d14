"""Who waits: each step in days, what the four weeks still miss, day 21; in one query however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import agree_plan, end_episode, set_goal
from interventions.episodes.models import Intervention
from outcomes.actions.assessments import AssessmentInput, rate_goal, record_assessment
from pairs.access.batch_query import run_queries
from pairs.access.scope import load_scope
from pairs.audit.models import AccessEntry
from pairs.families.actions import mark_entered_in_error, record_loss
from pairs.families.models import Caregiver, Family
from referrals.models import Consultation, Referral, ReferredInfant
from referrals.rules.clocks import (
    BASELINE_TEXT,
    BIRTH_DATE_UNKNOWN,
    FIRST_CONTACT_TEXT,
    HELP_TEXT,
    NO_INFANT_NAMED,
    STARTED_BEFORE_BIRTH,
)
from reporting.dashboards.due_items import list_all_due_items
from reporting.dashboards.waits import build_due_queries, build_family_due_queries, build_waiting_query
from tests.unit.episodes.factories import VIG_CODE, make_accepted_referral, make_contact, make_episode
from tests.unit.families.factories import make_family
from tests.unit.referrals.factories import make_test_referral

pytestmark = pytest.mark.django_db


def name_babies(referral):
    """The family's babies, as the referral named them."""
    for order, infant in enumerate(referral.family.infants.all(), 1):
        ReferredInfant.objects.create(
            referral=referral, order=order, became=infant, given_name=infant.given_name,
            birth_date=infant.birth_date, estimated_due_date=infant.estimated_due_date,
        )  # fmt: skip
    return referral


def make_named_episode(by, **details):
    episode = make_episode(by, **details)
    name_babies(episode.referral)
    return episode


def rate_first_goal(episode, by):
    goal = set_goal(episode=episode, dyad=episode.focus.first(), words="Bath time", by=by)
    return rate_goal(goal=goal, timepoint="start", score=3, rated_on=timezone.localdate(), by=by)


def list_clocks(user):
    rows = run_queries([build_waiting_query(load_scope(user), timezone.localdate())])
    return {row.reference: row for row in rows}


def list_waits_due(user, families=None):
    scope, on = load_scope(user), timezone.localdate()
    return run_queries(
        [*build_due_queries(scope, on, families), *build_family_due_queries(scope, on, families)]
    )


def test_each_part_of_the_four_weeks_is_missed_until_it_is_there(me):
    episode = make_named_episode(me, days_ago=24)
    assert list(list_clocks(me)["R-T"].clock.missing) == [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT]
    make_contact(episode, me, days_ago=10)
    assert list(list_clocks(me)["R-T"].clock.missing) == [BASELINE_TEXT, HELP_TEXT]
    rate_first_goal(episode, me)
    assert list(list_clocks(me)["R-T"].clock.missing) == [HELP_TEXT]
    agree_plan(episode=episode, agreed_on=timezone.localdate(), by=me)
    assert not list_clocks(me)


def test_a_measure_that_is_not_on_the_list_and_a_way_of_working_without_a_code_stop_nothing(me):
    episode = make_named_episode(me, days_ago=24)
    answered = dict.fromkeys(range(1, 19), 4)
    what = {
        "measure": "prfq",
        "timepoint": "start",
        "completed_on": timezone.localdate(),
        "filled": AssessmentInput(responses=answered),
    }
    record_assessment(episode=episode, dyad=episode.focus.get(), by=me, **what)
    row = list_clocks(me)["R-T"]
    assert list(row.clock.missing) == [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT]
    assert {step.name: step.days for step in row.steps}["assessment"] == 24
    Intervention.objects.filter(code=VIG_CODE).update(snomed_code="999999999")
    assert list(list_clocks(me)["R-T"].clock.missing) == [FIRST_CONTACT_TEXT, BASELINE_TEXT]


@pytest.mark.parametrize(
    ("how", "counts"),
    [
        ({}, True),
        ({"mechanism": "09", "location": "X01"}, False),
        ({"infant": "not_brought"}, False),
        ({"infant": "not_brought", "carer": "did_not_attend"}, False),
        ({"infant": "late_seen"}, True),
    ],
)
def test_which_contact_is_the_first(me, how, counts):
    episode = make_named_episode(me, days_ago=24)
    make_contact(episode, me, days_ago=5, **how)
    assert (list_clocks(me)["R-T"].clock.contact is not None) == counts


def test_of_twins_the_one_who_waits_longer_is_counted(me):
    episode = make_named_episode(me, days_ago=24, infants=2)
    contact = make_contact(episode, me, days_ago=5)
    assert list_clocks(me)["R-T"].clock.contact
    contact.participants.filter(infant__twin_order=2).update(attendance="not_brought")
    assert list_clocks(me)["R-T"].clock.contact is None
    assert list_clocks(me)["R-T"].who == "Baby1 and Baby2"


def test_who_stayed_a_mention_at_triage_waits_for_nothing(me):
    episode = make_named_episode(me, days_ago=24)
    ReferredInfant.objects.create(referral=episode.referral, order=2, given_name="Mentioned")
    make_contact(episode, me, days_ago=5)
    row = list_clocks(me)["R-T"]
    assert (row.who, row.clock.contact) == ("Baby1", timezone.localdate() - timedelta(days=5))


@pytest.mark.parametrize(("who", "counts"), [("patient", True), ("other", False)])
def test_a_carers_own_help_begins_with_their_own_contact(me, who, counts):
    episode = make_episode(me, days_ago=24)
    patient = episode.family.caregivers.get()
    Caregiver.objects.create(family=episode.family, given_name="Dan")
    Referral.objects.filter(pk=episode.referral_id).update(patient=patient)
    contact = make_contact(episode, me, days_ago=5)
    if who == "other":
        contact.participants.filter(caregiver=patient).update(attendance="did_not_attend")
    row = list_clocks(me)["R-T"]
    assert row.clock.outside == BIRTH_DATE_UNKNOWN
    assert (row.clock.contact is not None) == counts


def test_what_was_entered_in_error_stops_nothing(me):
    episode = make_named_episode(me, days_ago=24)
    contact = make_contact(episode, me, days_ago=5)
    mark_entered_in_error(record=contact, reason="Another family", by=me)
    assert list_clocks(me)["R-T"].clock.contact is None


def test_thinking_about_the_family_with_a_professional_is_indirect_activity(me):
    episode = make_named_episode(me, days_ago=24)
    Consultation.objects.create(
        reference="C-1", site=episode.site, place=episode.referral.place, family=episode.family,
        referral=episode.referral, asked_at=timezone.now(), named=True, permission="parent_agrees", who="Baby",
        about="Sleep", status="held", held_on=timezone.localdate(), outcome="advice",
    )  # fmt: skip
    assert list_clocks(me)["R-T"].clock.contact == timezone.localdate()


def test_before_the_birth_one_clock_that_is_not_counted_nationally(me):
    episode = make_named_episode(me, days_ago=24, born=None)
    assert list_clocks(me)["R-T"].clock.outside == STARTED_BEFORE_BIRTH
    make_contact(episode, me, days_ago=5)
    agree_plan(episode=episode, agreed_on=timezone.localdate(), by=me)
    assert not list_clocks(me)


def test_somebody_who_named_nobody_waits_too(cast):
    referral = make_test_referral(cast["healthvisitor"])
    ReferredInfant.objects.filter(referral=referral).update(sealed_at=timezone.now())
    row = list_clocks(cast["duty"])[referral.reference]
    assert (row.clock.outside, row.who) == (NO_INFANT_NAMED, "")


def test_nobody_waits_for_a_baby_who_has_died(me):
    episode = make_named_episode(me, days_ago=24)
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    assert not list_clocks(me)
    assert not list_waits_due(me)


def test_ended_work_waits_no_longer(me):
    episode = make_named_episode(me, days_ago=24)
    end_episode(
        episode=episode, ended_on=timezone.localdate(), reason="09", summary="x", held_next_by="x", by=me
    )
    assert not list_clocks(me)


def test_a_second_referral_within_five_days_goes_on_with_the_first_clock(me):
    first = make_named_episode(me, days_ago=60)
    make_contact(first, me, days_ago=50)
    ended = timezone.localdate() - timedelta(days=25)
    end_episode(episode=first, ended_on=ended, reason="02", summary="x", held_next_by="x", by=me)
    again = make_accepted_referral(first.family, reference="R-again", days_ago=20)
    name_babies(again)
    row = list_clocks(me)["R-again"]
    assert row.clock.days(timezone.localdate()) == 60
    assert row.clock.contact == timezone.localdate() - timedelta(days=50)
    first.change(ended_on=ended - timedelta(days=1))
    assert list_clocks(me)["R-again"].clock.days(timezone.localdate()) == 20


def test_from_day_21_on_it_is_due_and_says_what_is_missing(me):
    early, late = (
        make_named_episode(me, reference="E", days_ago=20),
        make_named_episode(me, reference="L", days_ago=21),
    )
    items = {item.subject_id: item for item in list_waits_due(me)}
    assert set(items) == {late.referral_id}
    item = items[late.referral_id]
    assert (item.code, item.due_on, item.owner_id) == (
        "day_21",
        timezone.localdate() + timedelta(days=7),
        me.pk,
    )
    assert item.why == f"Day 21. Still missing: {FIRST_CONTACT_TEXT}; {BASELINE_TEXT}; {HELP_TEXT}."
    assert item.href == reverse("episode", args=[late.pk])
    assert late.referral_id in {
        each.subject_id for each in list_all_due_items(load_scope(me), timezone.localdate())
    }
    assert not list_waits_due(me, [early.family_id])


def test_a_referral_is_asked_about_once_whoever_may_read_its_family(me, cast):
    """By whoever reads the family, or by whoever triages where nobody reads one: never by both questions."""
    episode = make_named_episode(me, days_ago=30)
    episode.referral.change(site=episode.site)
    for user, by_scope, by_family in ((me, 0, 1), (cast["duty"], 0, 1)):
        scope, on = load_scope(user), timezone.localdate()
        found = (
            len(run_queries(build_due_queries(scope, on))),
            len(run_queries(build_family_due_queries(scope, on))),
        )
        assert found == (by_scope, by_family)
    episode.family.change(restricted=True, restricted_because="Staff")
    assert list_waits_due(cast["duty"]) == []


def test_an_undecided_referral_at_day_21_leads_to_its_decision(cast):
    make_test_referral(cast["healthvisitor"])
    old = make_accepted_referral(make_family(reference="O"), reference="R-old", days_ago=22)
    Referral.objects.filter(pk=old.pk).update(status="read", family=None, decided_at=None)
    items = {item.subject_id: item for item in list_waits_due(cast["duty"])}
    assert set(items) == {old.pk}
    assert items[old.pk].href == reverse("decide-referral", args=[old.pk])


@pytest.fixture
def show_waits(client):
    def get_waits_page(**asked):
        answer = client.get(reverse("waits"), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return get_waits_page


def test_the_board_says_it_in_words_and_lists_the_families(me, show_waits):
    episode = make_named_episode(me, days_ago=24)
    text = show_waits()
    for words in (
        "R-T",
        "Baby1",
        "Waiting 24 days",
        "Act now: day 21 passed",
        FIRST_CONTACT_TEXT[2:],
        reverse("episode", args=[episode.pk]),
    ):
        assert words in text
    assert AccessEntry.objects.get(view="waits").listed == [episode.family_id]


def test_an_empty_board_says_so(me, show_waits):
    assert "No families are waiting" in show_waits()


def test_the_oldest_comes_first_and_a_site_can_be_chosen(cast, client, show_waits):
    client.force_login(cast["supervisor"])
    young = make_named_episode(cast["blackburn"], reference="Y", days_ago=3)
    old = make_named_episode(cast["hyndburn"], reference="O", days_ago=30, site="hyndburn")
    text = show_waits()
    assert text.index("R-O") < text.index("R-Y")
    assert "R-O" not in show_waits(site=str(young.site_id))
    assert "R-Y" not in show_waits(site=str(old.site_id))
    assert "No families are waiting" in show_waits(site="nonsense")


def test_those_over_the_limit_and_those_not_seen_are_views_of_their_own(me, client, show_waits):
    seen = make_named_episode(me, reference="S", days_ago=40)
    make_contact(seen, me, days_ago=30)
    make_named_episode(me, reference="N", days_ago=5)
    pages = {view: show_waits(view=view) for view in ("", "over", "unseen", "nonsense")}
    listed = {view: [name for name in ("R-S", "R-N") if name in page] for view, page in pages.items()}
    assert listed == {"": ["R-S", "R-N"], "over": ["R-S"], "unseen": ["R-N"], "nonsense": ["R-S", "R-N"]}
    file = client.get(reverse("waits-csv"), {"view": "over"}).content.decode()
    assert ("R-S" in file, "R-N" in file) == (True, False)
    assert "No families in this view" in show_waits(view="over", site="nonsense")


@pytest.mark.parametrize(("who", "sees"), [("blackburn", True), ("hyndburn", False), ("supervisor", True)])
def test_only_ones_own_sites(cast, who, sees):
    make_named_episode(cast["blackburn"])
    assert bool(list_clocks(cast[who])) == sees


def test_a_restricted_family_is_hidden_on_the_board(me, cast):
    episode = make_named_episode(me)
    Family.objects.filter(pk=episode.family_id).update(restricted=True)
    assert not list_clocks(cast["supervisor"])


@pytest.mark.parametrize(("who", "status"), [("healthvisitor", 403), ("manager", 403), ("duty", 200)])
def test_who_may_see_the_board(cast, client, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("waits")).status_code == status
    assert client.get(reverse("api-waits")).status_code == status


def test_the_api_gives_the_same_without_a_name(me, client):
    episode = make_named_episode(me, days_ago=24)
    answer = client.get(reverse("api-waits")).json()
    row = answer["results"][0]
    assert (answer["count"], row["referral"], row["reference"]) == (1, str(episode.referral_id), "R-T")
    assert row["missing"] == [FIRST_CONTACT_TEXT, BASELINE_TEXT, HELP_TEXT]
    assert [step["name"] for step in row["steps"]] == ["decision", "contact", "assessment", "help"]
    assert "Baby1" not in str(answer)


def count_waits_queries(client, name):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(name)).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("name", "most"), [("waits", 9), ("api-waits", 9)])
def test_more_who_wait_cost_no_more_queries(me, client, name, most):
    make_named_episode(me, reference="A")
    count_waits_queries(client, name)
    few = count_waits_queries(client, name)
    for number in range(10):
        make_named_episode(me, reference=f"B{number}")
    assert count_waits_queries(client, name) == few <= most
