"""What both monthly reports tell of one number, together, to a program that shares nothing with the product."""

import os
import random
from datetime import date

import pytest

from pairs.service.report_sections import SectionTable
from reporting.evidence.attack import Attack, Cell
from reporting.evidence.change_verdicts import LABELS
from reporting.evidence.pair_changes import PAIR_CHANGES
from reporting.evidence.recovery import UNKNOWN
from reporting.evidence.rules import Period, build_month_period
from reporting.evidence.sections import publish_section_table
from reporting.performance import protection
from reporting.performance.beside import CHANGE_AXIS, CHANGES, build_beside
from reporting.performance.counting.endings import count_pairs
from reporting.performance.counting.waits import count_first_contacts
from reporting.performance.figures import Division, Whole
from reporting.performance.protection import protect_wholes
from reporting.performance.relations import SAME_COUNTS
from tests.unit.evidence.random_releases import publish_months
from tests.unit.evidence.release_attacker import HUGE, find_narrow, list_rules, read_figures

OCTOBER = build_month_period(date(2026, 10, 1))
WHOLES = (count_first_contacts, count_pairs)


def publish_both(seed, size, *, beside=True):
    """Each period of the equity report with the service report's releases of it, and all that was published."""
    published, truth, _ = publish_months(random.Random(seed), size, 3)
    add_changes(published, truth, random.Random(seed))
    for each in published:
        found = truth[each["key"]]
        period = Period(each["kind"], each["name"], found.period.first, found.period.last)
        known = build_beside(period, published) if beside else None
        yield each, protect_wholes([count(found) for count in WHOLES], period, known)[0], published


def add_changes(published, truth, chance):
    """How those with a pair changed, as the equity report has it in a table of its own."""
    for each in published:
        found = truth[each["key"]]
        with_pair = found.counts["ended_with_pair"].total()
        better = chance.randint(0, with_pair)
        worse = chance.randint(0, with_pair - better)
        rows = zip(LABELS, (better, with_pair - better - worse, worse), strict=True)
        table = SectionTable("By change", ("Change", "Babies"), list(rows), adds_up=True)
        drawn = {"title": PAIR_CHANGES.title, "tables": [publish_section_table(table, found.period)]}
        each["sections"] = [drawn] if "ended_with_pair" not in each["published"]["withheld"] else []


def attack_both(period, releases, published):
    """[(figure, low, high)] of hidden figures that have fewer than three numbers, by all that both reports say."""
    bounds, shares = read_figures(
        published, {each["key"]: each["published"]["withheld"] for each in published}
    )
    equal, at_least = list_rules(bounds, published)
    for name, release in releases.items():
        parts = add_service_figures(bounds, release)
        equal.append({**dict.fromkeys(parts.values(), 1), (name, "all"): -1})
        for same in SAME_COUNTS[name]:
            labels = [parts[label] for label in same.labels] if same.labels else [(name, "all")]
            equal.append({**dict.fromkeys(labels, 1), (period["key"], same.count, frozenset()): -1})
        add_service_sums(bounds, equal, release, parts)
    for each in published:
        add_change_figures(bounds, equal, each)
    return find_narrow(bounds, shares, equal, at_least)


def add_change_figures(bounds, equal, period):
    """The table of those who are better adds up to those with a pair; a * of it may be any number."""
    for section in period["sections"]:
        *rows, (_, total) = section["tables"][0]["rows"]
        keys = [(period["key"], "change", label) for label, _ in rows]
        for key, text in zip(
            [*keys, (period["key"], "change", "all")], [*(t for _, t in rows), total], strict=True
        ):
            bounds[key] = (0, HUGE) if text == "*" else (max(5, int(text) - 2), int(text) + 2)
        equal.append({**dict.fromkeys(keys, 1), (period["key"], "change", "all"): -1})
        equal.append(
            {(period["key"], "change", "all"): 1, (period["key"], "ended_with_pair", frozenset()): -1}
        )


def add_service_figures(bounds, release):
    """{label: figure} of a whole's one axis; what is printed only of several together is anything by itself."""
    name, (division,) = release.whole.name, release.whole.divisions
    bounds[name, "all"] = read(
        release.total.shown, (5 if release.withheld else 0, HUGE if release.withheld else 4)
    )
    for label in division.counts:
        bounds[name, label] = (0, HUGE)
    return {label: (name, label) for label in division.counts}


def add_service_sums(bounds, equal, release, parts):
    for axis in release.ladders:
        for label, members in release.get_grouping(axis).items():
            row = release.whole.name, "row", label
            bounds[row] = read(release.get_figure(axis, members).shown, (0, 4))
            equal.append({**{parts[each]: 1 for each in members}, row: -1})


def read(shown, hidden):
    return hidden if shown is None else (max(5, shown - 2), shown + 2)


@pytest.mark.parametrize("seed", range(40 if os.environ.get("PAIRS_LONG") else 3))
def test_no_small_number_can_be_worked_out_from_both_reports(seed):
    for period, releases, published in publish_both(seed, 14 + 4 * seed):
        assert attack_both(period, releases, published) == []


def test_the_attacker_finds_what_reports_protected_one_by_one_give_away():
    found = (
        attack_both(*each) for seed in range(12) for each in publish_both(seed, 14 + 4 * seed, beside=False)
    )
    assert any(found)


def test_a_reader_has_the_periods_that_overlap_the_trend_and_those_who_are_better():
    published, truth, _ = publish_months(random.Random(3), 30, 3)
    add_changes(published, truth, random.Random(3))
    april, *_, quarter = published
    period = truth[april["key"]].period
    # Of these months March and April 2025 are in no longer period with April but for the quarter; May has a report.
    points = [["2025-03-01", 20], ["2025-04-01", 25], ["2025-05-01", 30]]
    found = build_beside(period, published, points)
    assert found.own.key == april["key"]
    assert {each.key for each in found.others} == {each["key"] for each in published} - {april["key"]}
    assert all(len(where) < 2 for each in found.others for _, where in each.bounds)
    assert any(len(by) > 1 for _, by, _ in quarter["published"]["figures"])
    of_quarter = build_beside(truth[quarter["key"]].period, published, points).own
    assert any(len(where) > 1 for _, where in of_quarter.bounds)
    better = of_quarter.bounds[CHANGES, ((CHANGE_AXIS, frozenset({LABELS[0]})),)]
    assert better[0] <= int(quarter["sections"][0]["tables"][0]["rows"][0][1].replace("*", "0")) <= better[1]
    alone = build_beside(period, [each for each in published if each["kind"] == "quarter"] + [april], points)
    trend = [each for each in alone.others if each.key == "month from 2025-05"]
    assert [each.bounds for each in trend] == [{("seen", ()): (28, 32)}]
    assert build_beside(build_month_period(date(2024, 1, 1)), published, points) is None


def test_records_that_have_changed_since_are_attacked_beside_what_can_still_be_true():
    """The quarter's report says of first contacts what no month of it can; the month's own is still held against."""
    published, truth, _ = publish_months(random.Random(3), 30, 3)
    month, quarter = published[0], published[-1]
    for figure in quarter["published"]["figures"]:
        if figure[:2] == ["first_contact", []]:
            figure[2] = 5
    found = truth[month["key"]]
    releases, proof = protect_wholes(
        [count_first_contacts(found)], found.period, build_beside(found.period, published)
    )
    assert proof.beside == 1
    assert releases["first_contact"].total.shown


def test_a_count_that_tells_whatever_is_left_out_of_it_is_withheld_and_named(monkeypatch):
    """Its * can be any number from five on, and the note says so."""
    cell = Cell(OCTOBER.key, ("first_contact",), ())

    def attack(names, periods, labels):
        told = periods[0].bounds["first_contact", ()] != (5, UNKNOWN)
        return Attack(1, (cell,) if told else ())

    monkeypatch.setattr(protection, "attack_counts", attack)
    whole = Whole("first_contact", "Babies with a first contact", 40, (Division("Kind", {"a": 30, "b": 10}),))
    releases, proof = protect_wholes([whole], OCTOBER, None)
    assert releases["first_contact"].total.shown is None
    assert proof.describe_withheld().endswith("Babies with a first contact. Their * can be any number.")
