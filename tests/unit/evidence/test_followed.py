"""The ladder's cohort: who is in it, by which referral, and what counts by the year's last day."""

from datetime import date

import pytest

from outcomes.models import Assessment, GoalRating
from pairs.service.models import Place
from pairs.web.local_days import get_start_of_day
from referrals.models import Consultation
from reporting.evidence.definitions import FOLLOWED_COUNTS
from reporting.evidence.indicators import compute_indicators, load_places
from reporting.evidence.rules import build_last_year, build_month_period
from tests.unit.evidence.babies import NUMBERS, at, see, work_with
from tests.unit.evidence.random_service import PRFQ_SCORES
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
YEAR = build_last_year(date(2027, 3, 1))  # April 2026 to March 2027


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def follow(period=YEAR):
    """[referred, accepted, first contact, two contacts, with a pair, judged, better]."""
    counts = compute_indicators(period, load_places()).counts
    return [counts[name].total() for name in ("referred", *FOLLOWED_COUNTS)]


def refer(me, received, **family):
    return work_with(make_family(reference=f"N{next(NUMBERS)}", **family), me, received=received)


@pytest.fixture
def ended_work(me):
    """Referred in September, seen twice, ended in October with a pair of the relationship measure."""
    episode = refer(me, at(1, month=9))
    (infant,) = episode.family.infants.live()
    for day in (2, 20):
        see(episode, at(day), infant)
    dyad = infant.dyads.get()
    for timepoint, day in (("start", 2), ("end", 21)):
        Assessment.objects.create(
            episode=episode, dyad=dyad, measure="prfq", measure_version="1", timepoint=timepoint, rater=dyad.caregiver,
            completed_on=date(2026, 10, day), scores=PRFQ_SCORES, scoring_version="1", recorded_by=me,
        )  # fmt: skip
    episode.change(ended_on=date(2026, 10, 22), ending_reason="02")
    return episode


def rate_goal(episode, me, *scores):
    dyad = episode.focus.get()
    goal = episode.goals.create(dyad=dyad, words="Calmer evenings", set_on=date(2026, 10, 2))
    for day, score in enumerate(scores, 2):
        GoalRating.objects.create(
            goal=goal, timepoint="review", score=score, rated_on=date(2026, 10, day), rater=dyad.caregiver,
            recorded_by=me,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "judged", "better"),
    [((), 0, 0), ((4,), 0, 0), ((4, 6), 1, 0), ((4, 7), 1, 1), ((7, 4), 1, 0)],
)
def test_better_is_counted_of_those_whose_change_can_be_judged(me, ended_work, scores, judged, better):
    rate_goal(ended_work, me, *scores)
    assert follow() == [1, 1, 1, 1, 1, judged, better]


def test_a_goal_nearer_without_a_pair_is_no_step(me, ended_work):
    rate_goal(ended_work, me, 4, 9)
    Assessment.objects.all().delete()
    assert follow() == [1, 1, 1, 1, 0, 0, 0]


def test_what_happens_after_the_years_last_day_is_not_of_this_year(me):
    midnight = get_start_of_day(date(2027, 4, 1))
    late = refer(me, at(20, month=9))
    (infant,) = late.family.infants.live()
    see(late, at(2), infant)
    see(late, midnight, infant)
    assert follow() == [1, 1, 1, 0, 0, 0, 0]
    late.referral.change(decided_at=midnight)
    assert follow() == [1, 0, 0, 0, 0, 0, 0]


def test_a_month_follows_no_one(me, ended_work):
    assert follow(build_month_period(date(2026, 9, 1))) == [1, 0, 0, 0, 0, 0, 0]


def test_a_baby_referred_twice_is_followed_from_the_newest_referral(me, ended_work):
    """What came of the older one is not the newer one's; the place is the newer one's too."""
    again = work_with(ended_work.family, me, received=at(25))
    again.referral.change(place=Place.objects.get(code="hyndburn"))
    assert follow() == [1, 1, 0, 0, 0, 0, 0]
    see(again, at(27), *ended_work.family.infants.live())
    assert follow() == [1, 1, 1, 0, 0, 0, 0]
    counts = compute_indicators(YEAR, load_places()).counts["followed_accepted"]
    assert [cell.place for cell in counts] == ["Hyndburn"]


def test_twins_are_followed_each_by_themselves(me):
    episode = refer(me, at(1, month=9), infants=2)
    one, two = episode.family.infants.live()
    see(episode, at(2), one)
    see(episode, at(9), one)
    assert follow() == [2, 2, 1, 1, 0, 0, 0]
    see(episode, at(16), two)
    assert follow() == [2, 2, 2, 2, 0, 0, 0]


def test_a_consultation_alone_leaves_the_ladder_before_accepted(me):
    episode = refer(me, at(2))
    episode.referral.change(status="received", decided_at=None)
    Consultation.objects.create(
        reference="C-1", site=episode.site, place=episode.referral.place, referral=episode.referral, asked_at=at(3),
        named=True, permission="parent_agrees", who="Baby", about="Sleep", status="held", held_on=date(2026, 10, 9),
        outcome="advice",
    )  # fmt: skip
    assert follow() == [1, 0, 0, 0, 0, 0, 0]
