"""Every exact cell of three made-up services is the one of a second count, before anything is rounded.

In the third, babies were entered twice and merged, adopted and sealed, or have died, and there are twins: what was
counted before a merge or an adoption is counted after it.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from pairs.families.actions import record_adoption
from pairs.families.models import Adoption, Infant
from pairs.matching.actions import merge_people
from pairs.matching.models import Merge
from pairs.service.models import Site
from reporting.evidence.counting import BABIES_SQL
from reporting.evidence.indicators import (
    compute_all_indicators,
    compute_indicators,
    count_babies,
    list_count_names,
    load_places,
)
from reporting.evidence.rules import build_last_quarter, build_last_year, build_month_period
from tests.unit.evidence.babies import enter_again
from tests.unit.evidence.independent_counts import recount
from tests.unit.evidence.independent_followed import recount_followed
from tests.unit.evidence.random_service import LAST_DAY, RandomService

PERIODS = tuple(
    build(LAST_DAY.replace(day=1)) for build in (build_month_period, build_last_quarter, build_last_year)
)
pytestmark = pytest.mark.django_db


def count_again(period):
    """{count: Counter of (place, ethnicity, quintile)}, and the days that first contacts took."""
    rows = recount(period.first, period.last)
    if period.kind == "year":
        rows |= recount_followed(period.first, period.last)
    cells = {name: Counter(row[:3] for row in rows.get(name, ())) for name in list_count_names(period.kind)}
    return cells, Counter(rows["first_contact"])


def count_by_product(period):
    return list_cells(compute_indicators(period, load_places()))


def list_cells(found):
    cells = {
        name: Counter(
            {
                (cell.place, cell.ethnicity, cell.quintile): number
                for cell, number in found.counts[name].items()
                if number
            }
        )
        for name in list_count_names(found.period.kind)
    }
    waits = Counter(
        (cell.place, cell.ethnicity, cell.quintile, days)
        for cell, each in found.waits.items()
        for days in each
    )
    return cells, waits


@pytest.mark.parametrize("seed", [11, 23])
def test_every_cell_of_a_made_up_service_is_that_of_a_second_count(seed):
    RandomService(families=150, seed=seed)
    for period in PERIODS:
        again = count_again(period)
        assert count_by_product(period) == again, period.name
    assert all(cells.total() for name, cells in again[0].items()), "a world too small to prove anything"
    together = compute_all_indicators(PERIODS, load_places())
    assert [list_cells(each) for each in together] == [count_by_product(each) for each in PERIODS]
    for name in BABIES_SQL:
        totals = [each.counts[name].total() for each in together]
        assert count_babies(name, PERIODS) == totals, name


def test_every_cell_is_the_same_with_merged_sealed_lost_and_twin_babies():
    world = RandomService(families=150, seed=37)
    lose_some()
    again = {period: count_again(period) for period in PERIODS}
    enter_some_twice_and_merge(world.staff)
    adopt_some(world.staff)
    for period in PERIODS:
        assert count_by_product(period) == again[period], period.name
    assert (Merge.objects.count(), Adoption.objects.count()) == (8, 8)
    assert Infant.objects.filter(plurality=2).count() > 8
    assert Infant.objects.exclude(lost_on=None).count() == 8


def lose_some():
    """Some days before the end of the work, so that a measure that would have fitted may not have."""
    ended = Infant.objects.valid().filter(dyads__episodes__ended_on__isnull=False, birth_date__isnull=False)
    for infant in ended.order_by("reference").distinct()[:8]:
        last = max(infant.dyads.get().episodes.values_list("ended_on", flat=True))
        infant.change(loss="death", lost_on=max(infant.birth_date, last - timedelta(days=30)))


def list_seen_at_the_last_visit():
    """Born, living, no twin, and seen at the last contact of their only episode."""
    born = (
        Infant.objects.valid()
        .filter(birth_date__isnull=False, lost_on=None, plurality=1)
        .order_by("-reference")
    )
    for infant in born:
        episode = infant.dyads.get().episodes.first()
        contact = episode and episode.contacts.order_by("starts_at").last()
        if contact and not (contact.entered_in_error_at or episode.entered_in_error_at):
            here = contact.participants.filter(infant=infant, attendance="attended", entered_in_error_at=None)
            if here.exists() and not episode.referral.entered_in_error_at:
                yield infant


def enter_some_twice_and_merge(by):
    for infant in list(list_seen_at_the_last_visit())[:8]:
        again = enter_again(infant)
        merge_people(kept=infant, merged=again, choices={}, reason="One baby", by=by, families_too=True)


def adopt_some(by):
    """Others than those who were merged, whose families have one baby each."""
    merged = set(Merge.objects.values_list("kept_id", flat=True))
    others = [infant for infant in list_seen_at_the_last_visit() if infant.pk not in merged]
    for infant in others[:8]:
        with transaction.atomic():
            record_adoption(
                infant=infant, adopted_on=infant.birth_date, given_name="New", family_name="Name",
                site=Site.objects.get(code="hyndburn"), by=by,
            )  # fmt: skip
