"""What both monthly reports tell of one number, together, to a program that shares nothing with the product."""

import os
import random
from datetime import date

import pytest

from reporting.evidence.attack import Attack, Cell
from reporting.evidence.published import read_published
from reporting.evidence.recovery import UNKNOWN
from reporting.evidence.rules import Period, build_month_period
from reporting.performance import protection
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
    """Each period of the equity report with the service report's releases of it."""
    published, truth, _ = publish_months(random.Random(seed), size, 3)
    for each in published:
        found = truth[each["key"]]
        period = Period(each["kind"], each["name"], found.period.first, found.period.last)
        known = read_published(each) if beside else None
        yield each, protect_wholes([count(found) for count in WHOLES], period, known)[0]


def attack_both(period, releases):
    """[(figure, low, high)] of hidden figures that have fewer than three numbers, by all that both reports say."""
    bounds, shares = read_figures([period], {period["key"]: period["published"]["withheld"]})
    equal, at_least = list_rules(bounds, [period])
    for name, release in releases.items():
        parts = add_service_figures(bounds, release)
        equal.append({**dict.fromkeys(parts.values(), 1), (name, "all"): -1})
        for same in SAME_COUNTS[name]:
            labels = [parts[label] for label in same.labels] if same.labels else [(name, "all")]
            equal.append({**dict.fromkeys(labels, 1), (period["key"], same.count, frozenset()): -1})
        add_service_sums(bounds, equal, release, parts)
    return find_narrow(bounds, shares, equal, at_least)


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
    for period, releases in publish_both(seed, 14 + 4 * seed):
        assert attack_both(period, releases) == []


def test_the_attacker_finds_what_reports_protected_one_by_one_give_away():
    found = (
        attack_both(period, releases)
        for seed in range(12)
        for period, releases in publish_both(seed, 14 + 4 * seed, beside=False)
    )
    assert any(found)


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
