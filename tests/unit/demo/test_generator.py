"""The demo generator: the same seed gives the same families, of every kind, and within the apps' rules."""

import itertools
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from interventions.episodes.rules import Attendance, EndingReason, find_attendance_error
from outcomes.measures import get_catalogue
from pairs.code_lists.reference import ETHNIC_CATEGORIES, PLACES
from pairs.demo.calendar import to_local_date
from pairs.demo.generator import SeedPlan, ServiceGenerator
from pairs.demo.people import MAX_FAMILIES, NhsNumbers
from pairs.demo.places import MIXES, list_areas
from pairs.families.rules import find_nhs_number_error
from pairs.geography.rules import normalise_postcode
from referrals.initial_concerns import INITIAL_CONCERNS
from referrals.rules.choices import ReferralResponse, ReferralState
from referrals.rules.status_transitions import NEEDS_DESTINATION, NEEDS_REASON, may_change_status

PLAN = SeedPlan(families=600, months=30, seed=1, until=date(2026, 11, 20))


@pytest.fixture(scope="module")
def lives():
    return list(ServiceGenerator(PLAN).generate_families())


def compute_checksum(plan):
    found = sha256()
    for life in ServiceGenerator(plan).generate_families():
        found.update(repr(life).encode())
    return found.hexdigest()


def test_the_same_seed_makes_the_same_lives_and_another_seed_others():
    plan = SeedPlan(families=80, months=8, seed=1, until=date(2026, 11, 20))
    other = SeedPlan(families=80, months=8, seed=2, until=date(2026, 11, 20))
    assert compute_checksum(plan) == compute_checksum(plan) != compute_checksum(other)


def test_every_status_of_a_referral_and_an_episode_is_there(lives):
    assert {life.referral.steps[-1].status for life in lives} == set(ReferralState.values)
    assert {life.referral.response for life in lives} - {""} == set(ReferralResponse.values)
    waiting = [life for life in lives if life.referral.accepted and not life.work]
    going_on = [life for life in lives if life.work and not life.work.ending]
    assert waiting
    assert len(going_on) > 30
    endings = [life.work.ending for life in lives if life.work and life.work.ending]
    assert {ending.reason for ending in endings} == set(EndingReason.values)


def test_duty_and_the_cast_find_work_on_the_first_day(lives):
    undecided = [
        life for life in lives if life.referral.steps[-1].status in ("received", "read", "more_asked")
    ]
    assert 5 <= len(undecided) <= 20
    leads = Counter(life.work.lead for life in lives if life.work and not life.work.ending)
    assert 14 <= leads["blackburn"] <= 30
    assert leads["hub"] >= 5
    assert leads["hyndburn"] >= 3
    for name in ("healthvisitor", "healthvisitor2"):
        states = {life.referral.steps[-1].status for life in lives if life.referral.referrer == name}
        assert len(states) >= 3, name
    peers = [life for life in lives if any(grant.purpose == "peer_support" for grant in life.grants)]
    assert len(peers) == 3


def test_some_alerts_are_not_seen_yet_some_are_open_and_most_are_closed(lives):
    alarms = Counter(alarm.answers[-1].kind for life in lives for alarm in life.alarms)
    assert alarms["closed"] > alarms["action"] > 0
    assert alarms["raised"] > 0


def test_blackburn_has_a_family_not_brought_twice_running(lives):
    mine = [
        life.work for life in lives if life.work and life.work.lead == "blackburn" and not life.work.ending
    ]
    twice = [
        work for work in mine if len(work.contacts) > 3 and all(map(was_not_brought, work.contacts[-2:]))
    ]
    assert twice


def was_not_brought(contact):
    return any(attendance == "not_brought" for *_, attendance in contact.came)


def test_families_are_as_varied_as_in_life(lives):
    babies = [baby for life in lives for baby in life.babies]
    contacts = [contact for life in lives if life.work for contact in life.work.contacts]
    share = Counter()
    for life in lives:
        share["twins"] += len(life.babies) > 1
        share["father"] += any(carer.relationship == "father" for carer in life.carers)
        share["no postcode"] += not life.carers[0].postcode
        share["interpreter"] += any(carer.interpreter for carer in life.carers)
    assert 6 <= share["twins"] <= 36
    assert 0.4 <= share["father"] / len(lives) <= 0.65
    assert 10 <= share["no postcode"] <= 40
    assert share["interpreter"] > 10
    assert 0.04 <= sum(baby.ethnicity == "99" for baby in babies) / len(babies) <= 0.12
    assert sum(baby.ethnicity == "Z" for baby in babies) > 2
    assert 0.05 <= sum(map(was_not_brought, contacts)) / len(contacts) <= 0.14
    assert {attendance for c in contacts for *_, attendance in c.came} >= set(Attendance.values) - {
        "late_seen"
    }
    assert 1 <= sum(bool(baby.loss) for baby in babies) <= 4
    assert sum(life.restricted is not None for life in lives) >= 2
    assert sum(baby.due is not None and baby.born is None for baby in babies) > 10


def test_measures_mostly_but_not_always_improve(lives):
    starts = {(life.number, "start"): life for life in lives if life.work}
    better = worse = 0
    for life in starts.values():
        full = [m.responses for m in life.work.measures if m.measure == "prfq" and len(m.responses) == 18]
        if len(full) == 2:
            first, last = (
                sum(answers[item] for item in ("1", "4", "7", "10", "13", "16")) for answers in full
            )
            better, worse = better + (last < first), worse + (last > first)
    assert better > 2 * worse > 0


def test_beside_the_prfq_there_is_about_one_more_measure_in_two_families(lives):
    more = [m for life in lives if life.work for m in life.work.measures if m.measure != "prfq"]
    assert 0.35 <= len(more) / len(lives) <= 0.6
    assert {m.measure for m in more} == {"mors_sf", "epds", "pbq", "kpcs", "piios", "maas"}
    assert {(m.role, m.reliability) for m in more if m.measure == "piios" and not m.declined} >= {
        ("coder", "reliable"),
        ("practitioner", "training"),
    }
    assert any(m.declined and m.why for m in more)
    asked = {alarm.asked_by for life in lives for alarm in life.alarms if alarm.asked_by}
    assert asked <= {m.id for m in more}
    assert asked


def test_the_service_grows_and_its_last_whole_month_is_busy(lives):
    by_month = Counter(life.referral.act.at.strftime("%Y-%m") for life in lives)
    assert by_month["2026-10"] > 1.5 * by_month["2024-06"]
    assert (
        sum(
            c.starts_at.month == 10 and c.starts_at.year == 2026
            for life in lives
            if life.work
            for c in life.work.contacts
        )
        > 100
    )


def test_nothing_breaks_the_apps_rules(lives):
    for life in lives:
        moves = [step.status for step in life.referral.steps]
        assert all(may_change_status(one, next_one) for one, next_one in itertools.pairwise(moves)), moves
        assert all(step.reason for step in life.referral.steps if step.status in NEEDS_REASON)
        assert all(step.destination for step in life.referral.steps if step.status in NEEDS_DESTINATION)
        assert set(life.referral.concerns) <= {code for code, *_ in INITIAL_CONCERNS}
        assert all(baby.ethnicity in dict(ETHNIC_CATEGORIES) for baby in life.babies)
        for carer in life.carers:
            assert carer.postcode == "" or normalise_postcode(carer.postcode) == carer.postcode
            assert carer.phone.startswith(("07700 900", "01632 960"))
        if life.work:
            check_work(life)


def check_work(life):
    work, end = life.work, life.work.ending
    for contact in work.contacts:
        day = to_local_date(contact.starts_at)
        assert work.opened_on <= day <= (end.on if end else PLAN.until)
        assert day < PLAN.until
        assert contact.act.at > contact.starts_at
        for _, kind, _, attendance in contact.came:
            assert not find_attendance_error(is_infant=kind == "infant", attendance=attendance)
    for measured in work.measures:
        assert not get_catalogue()[measured.measure].why_not(born=life.babies[0].born, on=measured.on)


def test_acts_of_a_life_come_one_after_the_other_and_before_today(lives):
    for life in lives:
        times = [step.act.at for step in life.referral.steps]
        times += [life.work.act.at] if life.work else []
        assert times == sorted(times)
        assert all(to_local_date(at) < PLAN.until for at in times)
        for alarm in life.alarms:
            answered = [answer.act.at for answer in alarm.answers]
            assert answered == sorted(answered)
            assert to_local_date(answered[-1]) < PLAN.until


def test_nhs_numbers_are_made_up_valid_and_never_given_twice():
    numbers = [number for family in range(3000) for number in _take_six(family)]
    assert all(number.startswith("999") for number in numbers)
    assert not any(find_nhs_number_error(number, test_numbers=True) for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert set(_take_six(MAX_FAMILIES - 1)).isdisjoint(numbers)


def _take_six(family):
    numbers = NhsNumbers(family)
    return [numbers.take() for _ in range(6)]


def test_places_have_as_many_neighbourhoods_as_there_are_and_no_postcode_twice():
    assert list(list_areas()) == [code for code, *_ in PLACES]
    assert {place: len(found) for place, found in list_areas().items()}["blackburn-with-darwen"] == 91
    assert all(len(found) == sum(MIXES[place].areas) for place, found in list_areas().items())
    postcodes = [code for found in list_areas().values() for area in found for code in area.postcodes]
    assert len(set(postcodes)) == len(postcodes)
    assert all(normalise_postcode(code) == code and code.startswith("ZQ") for code in postcodes)
    assert all(len(area.code) == 9 for found in list_areas().values() for area in found)
