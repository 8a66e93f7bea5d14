"""At midnight of a month's end, at both clock changes and at the year's end: each baby once, in the month it is of.

And who could be counted twice: referred twice, twins, moved, unborn then born, and by a consultation alone.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from interventions.episodes.models import Participant
from pairs.families.models import Infant
from pairs.service.models import Place
from pairs.web.local_days import get_start_of_day
from referrals.models import Consultation, Referral
from reporting.evidence.indicators import compute_indicators, load_places
from reporting.evidence.models import MonthlyCount
from reporting.evidence.monthly_counts import list_finished_months, load_month_totals, rebuild_monthly_counts
from reporting.evidence.rules import Period, build_last_quarter, build_last_year, build_month_period
from reporting.evidence.still_waiting import list_rows, list_waiting_since
from tests.unit.evidence.babies import NUMBERS, at, babies, see, work_with
from tests.unit.families.factories import make_family

pytestmark = pytest.mark.django_db
OCTOBER = build_month_period(date(2026, 10, 1))
SECOND = timedelta(seconds=1)


@pytest.fixture
def me(cast):
    return cast["blackburn"]


def count(name, period=OCTOBER):
    return compute_indicators(period, load_places()).counts[name].total()


def list_waits(on):
    (found,) = list_waiting_since([Period("", "", on, on)])
    return sorted(found)


def refer(me, received):
    family = make_family(reference=f"N{next(NUMBERS)}")
    return work_with(family, me, received=received)


# ---------------------------------------------------------------- boundaries
@pytest.mark.parametrize(
    "month",
    [
        date(
            2026, 4, 1
        ),  # in summer time since 29 March: midnight is 23:00 UTC of 31 March; the financial year begins
        date(2026, 11, 1),  # in winter time since 25 October
        date(2027, 1, 1),  # the calendar year ends
        date(2026, 3, 1),
    ],
)
def test_the_first_second_is_of_the_new_month_and_the_last_of_the_old(me, month):
    midnight = get_start_of_day(month)
    assert midnight.astimezone(UTC).hour == (23 if month == date(2026, 4, 1) else 0)
    refer(me, midnight)
    refer(me, midnight - SECOND)
    before = build_month_period(month - timedelta(days=1))
    assert (count("referred", build_month_period(month)), count("referred", before)) == (1, 1)


@pytest.mark.parametrize("hour", [0, 1])
def test_an_hour_that_comes_twice_is_one_day(me, hour):
    """Between one and two on 25 October 2026 comes twice in London."""
    episode = refer(me, at(1))
    infant = episode.family.infants.get()
    see(episode, datetime(2026, 10, 25, hour, 30, tzinfo=UTC), infant)
    assert count("seen") == 1
    assert count("expected") == 1


def test_the_financial_year_begins_in_april_and_its_quarters_and_months_fill_it(me):
    year = build_last_year(date(2026, 3, 1))
    for moment in (get_start_of_day(date(2025, 4, 1)), get_start_of_day(date(2026, 4, 1)) - SECOND):
        refer(me, moment)
    refer(me, get_start_of_day(date(2025, 4, 1)) - SECOND)
    refer(me, get_start_of_day(date(2026, 4, 1)))
    assert count("referred", year) == 2
    months = [date(2025 + (number > 12), (number - 1) % 12 + 1, 1) for number in range(4, 16)]
    assert sum(count("referred", build_month_period(month)) for month in months) == 2
    quarters = [build_last_quarter(month) for month in months[2::3]]
    assert sum(count("referred", quarter) for quarter in quarters) == 2


# ---------------------------------------------------------------- each once
def test_a_baby_referred_twice_is_counted_once_a_period_with_the_newest_referral(me):
    family = make_family(reference="TWICE")
    first = work_with(family, me, received=at(2))
    first.change(ended_on=date(2026, 10, 9), ending_reason="10")
    again = work_with(family, me, received=at(20))
    again.referral.change(place=Place.objects.get(code="hyndburn"))
    for episode, day in ((first, 5), (again, 25)):
        see(episode, at(day), family.infants.get())
    found = compute_indicators(OCTOBER, load_places()).counts
    for name in ("referred", "accepted", "seen"):
        assert {cell.place: number for cell, number in found[name].items()} == {"Hyndburn": 1}, name
    assert count("expected") == 2  # attendances, not babies


def test_twins_are_two(me):
    family = make_family(infants=2, reference="TWINS")
    episode = work_with(family, me, received=at(2))
    see(episode, at(6), *family.infants.live())
    assert (count("referred"), count("seen"), count("first_contact")) == (2, 2, 2)


def test_a_family_that_moves_is_counted_once_where_it_was_referred(me):
    (baby,) = babies(1, me, first_seen=at(2, month=9))
    episode = baby.dyads.get().episodes.get()
    was = episode.referral.place.name
    baby.family.change(place=Place.objects.get(code="fylde"))
    found = compute_indicators(OCTOBER, load_places()).counts["seen"]
    assert {cell.place: number for cell, number in found.items()} == {was: 1}


def test_a_baby_seen_before_and_after_the_birth_is_one_baby(me):
    family = make_family(born=None, reference="UNBORN")
    infant, episode = family.infants.get(), work_with(family, me, received=at(2))
    contact = see(episode, at(5))
    Participant.objects.create(care_contact=contact, caregiver=family.caregivers.get(), attendance="attended")
    Infant.objects.filter(pk=infant.pk).update(birth_date=date(2026, 10, 12), estimated_due_date=None)
    see(episode, at(20), infant)
    assert (count("referred"), count("seen"), count("first_contact")) == (1, 1, 1)


def test_a_consultation_alone_is_a_first_contact_and_not_seen(me):
    episode = refer(me, at(2))
    hold_consultation(episode, date(2026, 10, 9))
    assert (count("referred"), count("first_contact"), count("seen")) == (1, 1, 0)
    assert list_waits(OCTOBER.last) == []


def test_a_consultation_after_the_first_visit_is_no_first_contact(me):
    """Held in November about a baby who was seen in October, and not in November."""
    episode = refer(me, at(2))
    see(episode, at(6), episode.family.infants.get())
    hold_consultation(episode, date(2026, 11, 9))
    november = build_month_period(date(2026, 11, 1))
    assert (count("first_contact"), count("first_contact", november)) == (1, 0)


def hold_consultation(episode, held_on):
    return Consultation.objects.create(
        reference="C-1", site=episode.site, place=episode.referral.place, referral=episode.referral, asked_at=at(3),
        named=True, permission="parent_agrees", who="Baby", about="Sleep", status="held", held_on=held_on,
        outcome="advice",
    )  # fmt: skip


# ---------------------------------------------------------------- still waiting
def test_who_waits_and_since_when(me):
    waiting = refer(me, at(2, month=9))
    seen = refer(me, at(3, month=9))
    see(seen, at(30), seen.family.infants.get())
    assert list_waits(date(2026, 10, 29)) == [date(2026, 9, 2), date(2026, 9, 3)]
    assert list_waits(date(2026, 10, 30)) == [date(2026, 9, 2)]
    assert list_waits(date(2026, 9, 1)) == []
    waiting.change(ended_on=date(2026, 10, 15), ending_reason="10")
    assert list_waits(date(2026, 10, 14)) == [date(2026, 9, 2), date(2026, 9, 3)]
    assert list_waits(date(2026, 10, 15)) == [date(2026, 9, 3)]


def test_a_baby_with_two_open_referrals_waits_since_the_older(me):
    family = make_family(reference="WAITS")
    for day in (2, 20):
        work_with(family, me, received=at(day))
    assert list_waits(OCTOBER.last) == [date(2026, 10, 2)]


def test_a_referral_that_was_not_accepted_does_not_wait_from_that_day_on(me):
    episode = refer(me, at(2))
    Referral.objects.get(pk=episode.referral_id).steps.create(status="not_accepted", at=at(10))
    assert list_waits(date(2026, 10, 9)) == [date(2026, 10, 2)]
    assert list_waits(date(2026, 10, 10)) == []


def test_over_a_number_of_weeks_is_more_than_its_days():
    assert list_rows([28, 29, 84, 85, 126, 127]) == [
        ("All who were waiting", 6),
        ("Over 4 weeks", 5),
        ("Over 12 weeks", 3),
        ("Over 18 weeks", 1),
    ]


# ---------------------------------------------------------------- the monthly summary
def test_the_summary_equals_direct_counting_cell_for_cell(me):
    babies(3, me, first_seen=at(2, month=9), attended=2)
    refer(me, at(3, month=5))
    on = date(2026, 11, 30)
    rebuild_monthly_counts(on)
    months = list_finished_months(on)
    assert months[-1] == OCTOBER.first
    for month in months:
        found = compute_indicators(build_month_period(month), load_places()).counts
        direct = {(name, cell.place, cell.ethnicity, cell.quintile): number
                  for name, cells in found.items() for cell, number in cells.items() if number}  # fmt: skip
        rows = MonthlyCount.objects.filter(month=month)
        kept = {
            row[:4]: row[4] for row in rows.values_list("name", "place", "ethnicity", "quintile", "count")
        }
        assert kept == direct, month
    assert MonthlyCount.objects.exists()


def test_the_summary_is_rebuilt_whole_and_a_month_without_one_is_counted(me):
    episode = refer(me, at(3))
    rebuild_monthly_counts(date(2026, 11, 30))
    assert load_month_totals("referred", [OCTOBER.first]) == {OCTOBER.first: 1}
    refer(me, at(4))
    assert load_month_totals("referred", [OCTOBER.first]) == {OCTOBER.first: 1}, "as it was last night"
    rebuild_monthly_counts(date(2026, 11, 30))
    assert load_month_totals("referred", [OCTOBER.first]) == {OCTOBER.first: 2}
    MonthlyCount.objects.all().delete()
    assert load_month_totals("referred", [OCTOBER.first]) == {OCTOBER.first: 2}
    assert episode.pk
