"""A child is counted once in the published report: entered twice and merged, or adopted and known by another name."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from outcomes.models import Assessment
from pairs.families.actions import record_adoption
from pairs.families.models import Adoption, Caregiver, Dyad, Infant
from pairs.matching.actions import merge_people, unmerge
from pairs.service.models import Site
from referrals.models import ReferredInfant
from reporting.evidence.indicators import compute_indicators, load_places
from reporting.evidence.rules import Period, build_month_period
from tests.unit.evidence.babies import at, babies, enter_again, see, work_with
from tests.unit.evidence.random_service import PRFQ_SCORES

pytestmark = pytest.mark.django_db
OCTOBER = build_month_period(date(2026, 10, 1))
YEAR = Period("year", "2026", date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def counted(*names, period=OCTOBER):
    found = compute_indicators(period, load_places())
    return [found.counts[name].total() for name in names]


def merge(kept, merged, by):
    return merge_people(kept=kept, merged=merged, choices={}, reason="One baby", by=by, families_too=True)


def adopt(infant, by, site="hyndburn"):
    return record_adoption(
        infant=infant, adopted_on=infant.birth_date, given_name="Wilfred", family_name="Newname",
        site=Site.objects.get(code=site), by=by,
    ).new_infant  # fmt: skip


# ---------------------------------------------------------------- entered twice, and merged


def test_a_baby_entered_twice_and_merged_is_counted_once(me):
    """Ninety babies seen, two of them at more visits: 182 attendances; eighteen seen for the first time."""
    known = babies(72, me, first_seen=at(2, month=9), attended=2)
    babies(16, me, first_seen=at(10), attended=2)
    one, _ = babies(2, me, first_seen=at(10), attended=3)
    assert len(known) == 72
    assert counted("seen", "expected", "first_contact") == [90, 182, 18]
    again = enter_again(one)
    assert counted("seen", "expected", "first_contact") == [91, 183, 19]
    done = merge(one, again, me)
    assert counted("seen", "expected", "first_contact") == [90, 182, 18]
    unmerge(merge=done, reason="Two after all", by=me)
    assert counted("seen", "expected", "first_contact") == [91, 183, 19]


def test_a_district_that_only_stands_in_is_counted_as_not_known(me):
    (baby,) = babies(1, me, first_seen=at(10))
    referral = baby.dyads.get().episodes.get().referral
    assert counted_places("seen") == {referral.place.name: 1}
    referral.change(place_assumed=True)
    assert counted_places("seen") == {"Not known": 1}


def counted_places(name):
    counts = compute_indicators(OCTOBER, load_places()).counts[name]
    return {cell.place: count for cell, count in counts.items()}


@pytest.fixture
def doubled(me):
    """A baby who was seen on the 10th of October, entered twice; the work has ended with a measure at both ends."""
    (one,) = babies(1, me, first_seen=at(2, month=9), attended=1)
    again = enter_again(one)
    episode = one.dyads.get().episodes.get()
    for timepoint, day in (("start", date(2026, 9, 2)), ("end", date(2026, 10, 11))):
        Assessment.objects.create(
            episode=episode, dyad=one.dyads.get(), measure="prfq", measure_version="1", timepoint=timepoint,
            rater=one.dyads.get().caregiver, completed_on=day, scores=PRFQ_SCORES, scoring_version="1", recorded_by=me,
        )  # fmt: skip
    episode.change(ended_on=date(2026, 10, 12), ending_reason="02")
    return one, again


EVERYTHING = (
    "referred", "accepted", "seen", "first_contact", "expected", "not_brought", "ended", "ended_engaged",
    "ended_with_pair",
)  # fmt: skip


def test_every_figure_counts_the_merged_baby_once(me, doubled):
    assert counted(*EVERYTHING, period=YEAR) == [2, 2, 2, 2, 3, 0, 2, 2, 1]
    merge(*doubled, me)
    assert counted(*EVERYTHING, period=YEAR) == [1, 1, 1, 1, 2, 0, 1, 1, 1]


def test_whichever_of_the_two_records_is_kept(me, doubled):
    merge(*reversed(doubled), me)
    assert counted(*EVERYTHING, period=YEAR) == [1, 1, 1, 1, 2, 0, 1, 1, 1]


def test_what_stayed_with_the_record_put_away_is_the_kept_babys(me):
    """Written in the very moment of the merge, it names the record that is out of sight (ADR 16)."""
    (one,) = babies(1, me, first_seen=at(10))
    again = enter_again(one)
    merge(one, again, me)
    see(one.family.episodes.get(), at(20), again)
    assert counted("seen", "expected", "first_contact") == [1, 2, 1]


def test_two_families_made_one_are_counted_once(me):
    """Each had its own referral and visits of the one baby: all the visits count, and one baby."""
    one, again = babies(2, me, first_seen=at(10))
    assert counted("referred", "seen", "expected", "first_contact", period=YEAR) == [2, 2, 2, 2]
    merge(one, again, me)
    assert counted("referred", "seen", "expected", "first_contact", period=YEAR) == [1, 1, 2, 1]


# ---------------------------------------------------------------- adopted


def test_an_adoption_takes_nothing_out_of_the_report(cast, me):
    (child,) = babies(1, me, first_seen=at(2, month=9), attended=1)
    before = counted(*EVERYTHING, period=YEAR)
    adopt(child, cast["governance"])
    child.refresh_from_db()
    assert child.sealed_at
    assert child.dyads.get().episodes.get().sealed_at
    assert counted(*EVERYTHING, period=YEAR) == before == [1, 1, 1, 1, 2, 0, 0, 0, 0]


def test_an_adopted_child_who_is_referred_again_is_one_child(cast, me):
    """The work before the adoption and the work after it, of one child: every visit, and one baby."""
    (child,) = babies(1, me, first_seen=at(2))
    new = adopt(child, cast["governance"])
    see_in_new_family(new, me)
    assert counted("referred", "seen", "expected", "first_contact", period=YEAR) == [1, 1, 2, 1]
    assert counted("seen", "expected") == [1, 2]


def see_in_new_family(infant, by):
    """A referral by the new family, and a visit in October."""
    carer = Caregiver.objects.create(family=infant.family, given_name="Ada")
    Dyad.objects.create(family=infant.family, infant=infant, caregiver=carer, relationship="adoptive_parent")
    see(work_with(infant.family, by, received=at(15)), at(20), infant)


def test_adopted_twice_is_still_one_child(cast, me):
    (child,) = babies(1, me, first_seen=at(2))
    first = adopt(child, cast["governance"])
    see_in_new_family(first, me)
    second = adopt(first, cast["governance"])
    see_in_new_family(second, me)
    assert counted("referred", "seen", "expected", period=YEAR) == [1, 1, 3]


def test_a_new_identity_entered_twice_and_merged_is_still_the_one_child(cast, me):
    """The pointer of the adoption is sealed and never moves: it names the record that the merge put away."""
    (child,) = babies(1, me, first_seen=at(2))
    new = adopt(child, cast["governance"])
    see_in_new_family(new, me)
    merge(enter_again(new), new, me)
    assert counted("referred", "seen", "expected", period=YEAR) == [1, 1, 2]


def test_merged_and_then_adopted_is_counted_once(cast, me, doubled):
    """The adoption seals what is left, the merge's own record among it; the second copy stays out of the count."""
    one, again = doubled
    merge(one, again, me)
    one.refresh_from_db()
    adopt(one, cast["governance"])
    assert counted(*EVERYTHING, period=YEAR) == [1, 1, 1, 1, 2, 0, 1, 1, 1]


def test_a_sibling_who_stays_is_counted_beside_the_adopted_child(cast, me):
    (child,) = babies(1, me, first_seen=at(2), attended=1)
    episode = child.dyads.get().episodes.get()
    sibling = Infant.objects.create(
        family=child.family, reference="PI-SIBLING", given_name="Sam",
        birth_date=child.birth_date - timedelta(days=700),
    )  # fmt: skip
    Dyad.objects.create(
        family=child.family, infant=sibling, caregiver=child.dyads.get().caregiver, relationship="mother"
    )
    ReferredInfant.objects.create(referral=episode.referral, order=2, became=sibling, ethnicity="A")
    see(episode, at(12), sibling)
    before = counted("referred", "seen", "expected", "first_contact", period=YEAR)
    adopt(child, cast["governance"])
    assert before == [2, 2, 2, 2]
    assert counted("referred", "seen", "expected", "first_contact", period=YEAR) == before


def test_an_adoption_entered_in_error_joins_nobody(cast, me):
    """Two children then, as two records say."""
    (child,) = babies(1, me, first_seen=at(2))
    new = adopt(child, cast["governance"])
    see_in_new_family(new, me)
    Adoption.objects.update(entered_in_error_at=timezone.now())
    assert counted("referred", "seen", period=YEAR) == [2, 2]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_baby_entered_three_times_and_merged_in_any_order_is_counted_once(me, order):
    (one,) = babies(1, me, first_seen=at(10))
    records = [one, enter_again(one), enter_again(one)]
    assert counted("seen", "referred", period=YEAR) == [3, 3]
    first, second, third = (records[each] for each in order)
    merge(first, second, me)
    first.refresh_from_db()
    merge(third, first, me)
    assert counted("seen", "referred", period=YEAR) == [1, 1]
