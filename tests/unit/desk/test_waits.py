"""Who waits: each step in days, what the four weeks still miss, day 21; in one query however many there are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from interventions.episodes.actions import agree_plan, end_episode, set_goal
from interventions.episodes.models import Intervention
from outcomes.actions import Filled, rate_goal, record_assessment
from pairs.access.asking import answers
from pairs.access.scope import scope_of
from pairs.audit.models import AccessEntry
from pairs.families.actions import mark_entered_in_error, record_loss
from pairs.families.models import Caregiver, Family
from referrals.models import Consultation, Referral, ReferredInfant
from referrals.rules.clocks import BASELINE, BEFORE_BIRTH, CONTACT, HELP, NO_BIRTHDAY, NOBODY_NAMED
from reporting.desk.due_items import everything_due
from reporting.desk.waits import family_questions, questions, waiting
from tests.unit.episodes.work import VIG, accepted, make_contact, make_episode
from tests.unit.families.people import make_family
from tests.unit.referrals.requests import refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(cast, client):
    client.force_login(cast["blackburn"])
    return cast["blackburn"]


def name_babies(referral):
    """The family's babies, as the referral named them."""
    for order, infant in enumerate(referral.family.infants.all(), 1):
        ReferredInfant.objects.create(
            referral=referral, order=order, became=infant, given_name=infant.given_name,
            birth_date=infant.birth_date, estimated_due_date=infant.estimated_due_date,
        )  # fmt: skip
    return referral


def episode_of(by, **details):
    episode = make_episode(by, **details)
    name_babies(episode.referral)
    return episode


def rate(episode, by):
    goal = set_goal(episode=episode, dyad=episode.focus.first(), words="Bath time", by=by)
    return rate_goal(goal=goal, timepoint="start", score=3, rated_on=timezone.localdate(), by=by)


def clocks(user):
    rows = answers([waiting(scope_of(user), timezone.localdate())])
    return {row.reference: row for row in rows}


def due(user, families=None):
    scope, on = scope_of(user), timezone.localdate()
    return answers([*questions(scope, on, families), *family_questions(scope, on, families)])


def test_each_part_of_the_four_weeks_is_missed_until_it_is_there(me):
    episode = episode_of(me, days_ago=24)
    assert list(clocks(me)["R-T"].clock.missing) == [CONTACT, BASELINE, HELP]
    make_contact(episode, me, days_ago=10)
    assert list(clocks(me)["R-T"].clock.missing) == [BASELINE, HELP]
    rate(episode, me)
    assert list(clocks(me)["R-T"].clock.missing) == [HELP]
    agree_plan(episode=episode, agreed_on=timezone.localdate(), by=me)
    assert not clocks(me)


def test_a_measure_that_is_not_on_the_list_and_a_way_of_working_without_a_code_stop_nothing(me):
    episode = episode_of(me, days_ago=24)
    answered = dict.fromkeys(range(1, 19), 4)
    what = {
        "measure": "prfq",
        "timepoint": "start",
        "completed_on": timezone.localdate(),
        "filled": Filled(responses=answered),
    }
    record_assessment(episode=episode, dyad=episode.focus.get(), by=me, **what)
    row = clocks(me)["R-T"]
    assert list(row.clock.missing) == [CONTACT, BASELINE, HELP]
    assert {step.name: step.days for step in row.steps}["assessment"] == 24
    Intervention.objects.filter(code=VIG).update(snomed_code="999999999")
    assert list(clocks(me)["R-T"].clock.missing) == [CONTACT, BASELINE]


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
    episode = episode_of(me, days_ago=24)
    make_contact(episode, me, days_ago=5, **how)
    assert (clocks(me)["R-T"].clock.contact is not None) == counts


def test_of_twins_the_one_who_waits_longer(me):
    episode = episode_of(me, days_ago=24, infants=2)
    contact = make_contact(episode, me, days_ago=5)
    assert clocks(me)["R-T"].clock.contact
    contact.participants.filter(infant__twin_order=2).update(attendance="not_brought")
    assert clocks(me)["R-T"].clock.contact is None
    assert clocks(me)["R-T"].who == "Baby1 and Baby2"


def test_who_stayed_a_mention_at_triage_waits_for_nothing(me):
    episode = episode_of(me, days_ago=24)
    ReferredInfant.objects.create(referral=episode.referral, order=2, given_name="Mentioned")
    make_contact(episode, me, days_ago=5)
    row = clocks(me)["R-T"]
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
    row = clocks(me)["R-T"]
    assert row.clock.outside == NO_BIRTHDAY
    assert (row.clock.contact is not None) == counts


def test_what_was_entered_in_error_stops_nothing(me):
    episode = episode_of(me, days_ago=24)
    contact = make_contact(episode, me, days_ago=5)
    mark_entered_in_error(record=contact, reason="Another family", by=me)
    assert clocks(me)["R-T"].clock.contact is None


def test_thinking_about_the_family_with_a_professional_is_indirect_activity(me):
    episode = episode_of(me, days_ago=24)
    Consultation.objects.create(
        reference="C-1", site=episode.site, place=episode.referral.place, family=episode.family,
        referral=episode.referral, asked_at=timezone.now(), named=True, permission="parent_agrees", who="Baby",
        about="Sleep", status="held", held_on=timezone.localdate(), outcome="advice",
    )  # fmt: skip
    assert clocks(me)["R-T"].clock.contact == timezone.localdate()


def test_before_the_birth_one_clock_that_is_not_counted_nationally(me):
    episode = episode_of(me, days_ago=24, born=None)
    assert clocks(me)["R-T"].clock.outside == BEFORE_BIRTH
    make_contact(episode, me, days_ago=5)
    agree_plan(episode=episode, agreed_on=timezone.localdate(), by=me)
    assert not clocks(me)


def test_somebody_who_named_nobody_waits_too(cast):
    referral = refer(cast["healthvisitor"])
    ReferredInfant.objects.filter(referral=referral).update(sealed_at=timezone.now())
    row = clocks(cast["duty"])[referral.reference]
    assert (row.clock.outside, row.who) == (NOBODY_NAMED, "")


def test_nobody_is_asked_after_who_has_died(me):
    episode = episode_of(me, days_ago=24)
    record_loss(infant=episode.family.infants.get(), loss="death", lost_on=timezone.localdate(), by=me)
    assert not clocks(me)
    assert not due(me)


def test_ended_work_waits_no_longer(me):
    episode = episode_of(me, days_ago=24)
    end_episode(
        episode=episode, ended_on=timezone.localdate(), reason="09", summary="x", held_next_by="x", by=me
    )
    assert not clocks(me)


def test_a_second_referral_within_five_days_goes_on_with_the_first_clock(me):
    first = episode_of(me, days_ago=60)
    make_contact(first, me, days_ago=50)
    ended = timezone.localdate() - timedelta(days=25)
    end_episode(episode=first, ended_on=ended, reason="02", summary="x", held_next_by="x", by=me)
    again = accepted(first.family, reference="R-again", days_ago=20)
    name_babies(again)
    row = clocks(me)["R-again"]
    assert row.clock.days(timezone.localdate()) == 60
    assert row.clock.contact == timezone.localdate() - timedelta(days=50)
    first.change(ended_on=ended - timedelta(days=1))
    assert clocks(me)["R-again"].clock.days(timezone.localdate()) == 20


def test_from_day_21_on_it_is_due_and_says_what_is_missing(me):
    early, late = episode_of(me, reference="E", days_ago=20), episode_of(me, reference="L", days_ago=21)
    items = {item.subject_id: item for item in due(me)}
    assert set(items) == {late.referral_id}
    item = items[late.referral_id]
    assert (item.code, item.due_on, item.owner_id) == ("day_21", timezone.localdate(), me.pk)
    assert item.why == f"Day 21. Still missing: {CONTACT}; {BASELINE}; {HELP}."
    assert item.href == reverse("episode", args=[late.pk])
    assert late.referral_id in {
        each.subject_id for each in everything_due(scope_of(me), timezone.localdate())
    }
    assert not due(me, [early.family_id])


def test_a_referral_is_asked_about_once_whoever_may_read_its_family(me, cast):
    """By whoever reads the family, or by whoever triages where nobody reads one: never by both questions."""
    episode = episode_of(me, days_ago=30)
    episode.referral.change(site=episode.site)
    for user, by_scope, by_family in ((me, 0, 1), (cast["duty"], 0, 1)):
        scope, on = scope_of(user), timezone.localdate()
        found = len(answers(questions(scope, on))), len(answers(family_questions(scope, on)))
        assert found == (by_scope, by_family)
    episode.family.change(restricted=True, restricted_because="Staff")
    assert due(cast["duty"]) == []


def test_an_undecided_referral_at_day_21_leads_to_its_decision(cast):
    refer(cast["healthvisitor"])
    old = accepted(make_family(reference="O"), reference="R-old", days_ago=22)
    Referral.objects.filter(pk=old.pk).update(status="read", family=None, decided_at=None)
    items = {item.subject_id: item for item in due(cast["duty"])}
    assert set(items) == {old.pk}
    assert items[old.pk].href == reverse("decide-referral", args=[old.pk])


@pytest.fixture
def shown(client):
    def ask(**asked):
        answer = client.get(reverse("waits"), asked)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def test_the_board_says_it_in_words_and_lists_the_families(me, shown):
    episode = episode_of(me, days_ago=24)
    text = shown()
    for words in (
        "R-T",
        "Baby1",
        "Waiting 24 days",
        "Day 21 has come",
        CONTACT[2:],
        reverse("episode", args=[episode.pk]),
    ):
        assert words in text
    assert AccessEntry.objects.get(view="waits").listed == [episode.family_id]


def test_an_empty_board_says_so(me, shown):
    assert "Nobody waits" in shown()


def test_the_oldest_comes_first_and_a_site_can_be_chosen(cast, client, shown):
    client.force_login(cast["supervisor"])
    young = episode_of(cast["blackburn"], reference="Y", days_ago=3)
    old = episode_of(cast["hyndburn"], reference="O", days_ago=30, site="hyndburn")
    text = shown()
    assert text.index("R-O") < text.index("R-Y")
    assert "R-O" not in shown(site=str(young.site_id))
    assert "R-Y" not in shown(site=str(old.site_id))
    assert "Nobody waits" in shown(site="nonsense")


@pytest.mark.parametrize(("who", "sees"), [("blackburn", True), ("hyndburn", False), ("supervisor", True)])
def test_only_ones_own_sites(cast, who, sees):
    episode_of(cast["blackburn"])
    assert bool(clocks(cast[who])) == sees


def test_a_restricted_family_waits_out_of_sight(me, cast):
    episode = episode_of(me)
    Family.objects.filter(pk=episode.family_id).update(restricted=True)
    assert not clocks(cast["supervisor"])


@pytest.mark.parametrize(("who", "status"), [("healthvisitor", 403), ("manager", 403), ("duty", 200)])
def test_who_may_see_the_board(cast, client, who, status):
    client.force_login(cast[who])
    assert client.get(reverse("waits")).status_code == status
    assert client.get(reverse("api-waits")).status_code == status


def test_the_api_gives_the_same_without_a_name(me, client):
    episode = episode_of(me, days_ago=24)
    answer = client.get(reverse("api-waits")).json()
    row = answer["results"][0]
    assert (answer["pages"], row["referral"], row["reference"]) == (1, str(episode.referral_id), "R-T")
    assert row["missing"] == [CONTACT, BASELINE, HELP]
    assert [step["name"] for step in row["steps"]] == ["decision", "contact", "assessment", "help"]
    assert "Baby1" not in str(answer)


def queries(client, name):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(name)).status_code == 200
    return len(seen)


@pytest.mark.parametrize(("name", "most"), [("waits", 9), ("api-waits", 9)])
def test_more_who_wait_cost_no_more_queries(me, client, name, most):
    episode_of(me, reference="A")
    queries(client, name)
    few = queries(client, name)
    for number in range(10):
        episode_of(me, reference=f"B{number}")
    assert queries(client, name) == few <= most
