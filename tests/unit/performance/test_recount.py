"""Every cell of a service report is the one that a second count gives, after the MHSDS rule: on the demo's families."""

import math
import re
from collections import Counter
from statistics import fmean, quantiles

import pytest
from django.db import transaction
from django.utils import timezone

from outcomes.measures import get_catalogue
from pairs.demo import seeding
from pairs.demo.generator import SeedPlan
from reporting.evidence.indicators import COUNT_NAMES, compute_indicators, load_places
from reporting.evidence.release import CROSSED_COUNTS, find_nested_counts
from reporting.evidence.report_sections import REPORT_SECTIONS
from reporting.evidence.rules import build_last_year, build_month_period, get_previous_month
from reporting.evidence.trend import TREND_COUNT
from reporting.performance import snapshot
from reporting.performance.published import ALL_OTHERS
from reporting.performance.relations import APART, DIVIDED_AGAIN, SAME_COUNTS
from tests.cast import find_cast
from tests.unit.evidence.independent_counts import compute_median, find_share_error, round_by_mhsds
from tests.unit.performance.recount import recount
from tests.unit.performance.recount_clocks import count_clocks
from tests.unit.performance.recount_waits import Waits
from tests.unit.performance.recount_work import count_pairs, count_work

FAMILIES, MONTHS, SEED = 150, 6, 5


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker):
    """(the month as it was counted, its report, the second count), of one demo for every test here."""
    with django_db_blocker.unblock(), transaction.atomic():
        patch = pytest.MonkeyPatch()
        patch.setattr(seeding, "make_cast", find_cast)
        today = timezone.localdate()
        plan = SeedPlan(families=FAMILIES, months=MONTHS, seed=SEED, until=today)
        seeding.seed_demo(plan, lambda words: None)
        month = build_month_period(get_previous_month(today))
        yield snapshot.count_month(month), snapshot.build_snapshot(month.first), count_again(month)
        patch.undo()
        transaction.set_rollback(True)


def count_again(month):
    again = recount(month.first, month.last)
    count_work(again)
    waits = Waits(again)
    waits.count_seen()
    waits.count_first_contacts()
    count_clocks(waits)
    add_pairs(again)
    return again


def add_pairs(again):
    """The scales of pairs by the names of the report; what makes no pair is counted by the equity report's tests."""
    for (measure, scale), changes in count_pairs(again).items():
        sheet = get_catalogue()[measure]
        name = next(each.name for each in sheet.scales if each.id == scale)
        heading = sheet.short_name if len(sheet.scales) == 1 else f"{sheet.short_name}, {name}"
        again.note(f"pairs {heading}", len(changes))
        again.values[heading] = changes


def list_wholes(counted):
    return {whole.name: whole for section in counted.sections for whole in section.wholes}


def test_every_count_and_division_is_that_of_a_second_count(counted):
    month, _, again = counted
    wholes = list_wholes(month)
    assert wholes.keys() - again.figures.keys() == {"ended_by_pair"}  # tests/unit/evidence counts it again
    for name, (total, axes) in again.figures.items():
        found = {each.axis: +Counter(each.counts) for each in wholes[name].divisions if each.axis in axes}
        assert (name, wholes[name].count, found) == (
            name,
            total,
            {axis: +each for axis, each in axes.items()},
        )
    assert sum(total > 0 for total, _ in again.figures.values()) > 20


def test_every_list_of_days_and_changes_is_that_of_a_second_count(counted):
    month, _, again = counted
    found = {
        each.heading: each.values
        for section in month.sections
        for each in (*section.spreads, *section.changes)
    }
    assert found.keys() == again.values.keys()
    for heading, values in found.items():
        assert (heading, sorted(values)) == (heading, pytest.approx(sorted(again.values[heading])))


def list_expected_rows(whole, axes, table):
    """{label: the text that the second count gives}, of a table by the axis in its title."""
    axis = next(each for each in axes if table["headers"][0].lower() == each.lower())
    joined = re.fullmatch(rf"{ALL_OTHERS}: (.*)\.", table["note"])
    members = dict.fromkeys([ALL_OTHERS], joined.group(1).split("; ")) if joined else {}
    return axis, {
        label: round_by_mhsds(sum(axes[axis][each] for each in members.get(label, [label])))
        for label, _ in table["rows"][:-1]
    }


def test_every_cell_of_a_division_is_rounded_from_the_second_count(counted):
    month, made, again = counted
    wholes = {each.heading: each for each in list_wholes(month).values()}
    cells = 0
    for section in made["period"]["sections"]:
        for table in section["tables"]:
            whole = wholes.get(table["headers"][1])
            if whole is None or whole.name not in again.figures or table["headers"][0] == "Place":
                continue
            total, axes = again.figures[whole.name]
            axis, expected = list_expected_rows(whole, axes, table)
            if axis.startswith("Change"):
                continue
            assert dict(table["rows"][:-1]) == expected, table["title"]
            assert table["rows"][-1] == ["Whole service", round_by_mhsds(total)]
            cells += len(expected) + 1
    assert cells > 40


def test_every_figure_is_that_of_the_second_count(counted):
    """Totals and medians as they are; shares and means say the truth of the exact parts."""
    month, made, again = counted
    headline = made["headline"]
    for name, whole in list_wholes(month).items():
        if name in again.figures:
            assert (name, headline.get(whole.heading, "*")) == (name, round_by_mhsds(again.figures[name][0]))
        for share in whole.shares:
            axes = again.figures.get(name, (0, {}))[1]
            if share.axis in axes:
                part = sum(axes[share.axis][each] for each in share.part)
                of = sum(axes[share.axis][each] for each in share.whole or axes[share.axis])
                assert find_share_error(headline.get(share.heading, "*"), part, of) == "", share.heading
    for heading, values in again.values.items():
        text = headline.get(f"{heading}: median")
        if text and text != "*":
            assert text.split()[0] == compute_median(values), heading
            high = headline[f"{heading}: 90th percentile"]
            assert high == "*" or int(high.split()[0]) == compute_high(values), heading
        mean = headline.get(f"{heading}: mean change")
        if mean and mean != "*":
            assert float(mean.split()[0].replace("−", "-")) == pytest.approx(fmean(values), abs=0.051), (
                heading
            )


def compute_high(values):
    return math.floor(quantiles(values, n=10, method="inclusive")[-1] + 0.5)


def test_what_is_declared_the_same_is_counted_the_same(counted):
    """Each count of the service report that the equity report counts too, by its own counting."""
    month, _, _ = counted
    found = compute_indicators(month.period, load_places()).counts
    wholes = {whole.name: whole for section in month.sections for whole in section.wholes}
    assert set(wholes) & set(SAME_COUNTS)
    for name, same in SAME_COUNTS.items():
        for each in same if name in wholes else ():
            whole = wholes[name]
            count = whole.count_labels(each.get_axis(whole), each.labels) if each.labels else whole.count
            assert count == found[each.count].total(), (name, each)


def test_every_count_and_table_is_attacked_beside_the_equity_report_or_says_why_not(counted):
    month, _, _ = counted
    year = snapshot.count_year(build_last_year(month.period.first))
    sections = [*month.sections, *year.sections, year.seen]
    names = {whole.name.split(" ")[0] for section in sections for whole in section.wholes}
    assert sorted(names - set(SAME_COUNTS) - set(APART)) == []
    assert not set(SAME_COUNTS) & set(APART)
    titles = {f"section {each['title']}" for each in month.added}
    titles |= {f"section {each.title}" for each in sections if each.tables or each.made}
    assert sorted(titles - set(APART)) == []
    assert all(why.endswith(".") for why in APART.values())


def test_every_count_and_table_of_the_equity_report_is_attacked_beside_the_service_report_or_says_why_not(
    counted,
):
    month, _, _ = counted
    told = {each.count for same in SAME_COUNTS.values() for each in same}
    attacked = set().union(*(find_nested_counts(name) for name in told))
    assert sorted({*COUNT_NAMES, *CROSSED_COUNTS, TREND_COUNT, *DIVIDED_AGAIN.values()} - attacked) == []
    titles = {each.title for each in REPORT_SECTIONS} | {each["title"] for each in month.added}
    apart = {name.removeprefix("section ") for name in APART}
    assert sorted(titles - apart - set(DIVIDED_AGAIN)) == []
    assert not apart & set(DIVIDED_AGAIN)
