"""Months of a made-up service at random, counted by hand: what a release is made from, without a database."""

from collections import Counter
from datetime import date
from itertools import takewhile
from random import Random

from pairs.code_lists.reference import PLACES
from reporting.evidence.definitions import FOLLOWED_COUNTS
from reporting.evidence.groupings import District, build_ladders
from reporting.evidence.indicators import COUNT_NAMES, IndicatorCell, Indicators
from reporting.evidence.period_tables import draw_period
from reporting.evidence.protection import protect_releases
from reporting.evidence.release import ExactCounts, plan_release
from reporting.evidence.rules import (
    ETHNICITY_NAMES,
    QUINTILE_NAMES,
    Period,
    build_last_quarter,
    build_last_year,
    build_month_period,
)

SITES = ("blackpool", "blackburn-with-darwen", "hyndburn")
DISTRICTS = [District(code, name, code in SITES) for code, name, *_ in PLACES]
LADDERS = build_ladders(DISTRICTS)
PLACE_NAMES = [*(each.name for each in DISTRICTS), "Not known"]
WEIGHTS = {
    "place": [*(9 if each.has_site else 1 for each in DISTRICTS), 2],
    "ethnicity": [70, 6, 16, 3, 2, 3, 6],
    "quintile": [50, 18, 12, 9, 6, 5],
}


def count_month(chance, size):
    """{count: Counter of cells} of a month in which about so many babies are referred."""
    found = {name: Counter() for name in COUNT_NAMES}

    def add(share, *steps):
        """A baby, or an attendance, counted in the first step and, each with its chance, in the next ones."""
        for _ in range(int(size * share * chance.uniform(0.6, 1.4))):
            cell = IndicatorCell(
                chance.choices(PLACE_NAMES, WEIGHTS["place"])[0],
                chance.choices(ETHNICITY_NAMES, WEIGHTS["ethnicity"])[0],
                chance.choices(QUINTILE_NAMES, WEIGHTS["quintile"])[0],
            )
            for name, likely in steps:
                if chance.random() >= likely:
                    break
                found[name][cell] += 1

    add(1, ("referred", 1))
    add(0.8, ("accepted", 1))
    add(0.2, ("not_accepted", 1))
    add(2, ("seen", 1))
    add(0.8, ("first_contact", 1), ("within_limit", chance.uniform(0.4, 1)))
    add(5, ("expected", 1), ("not_brought", 0.1))
    add(
        0.5, ("ended", 1), ("ended_engaged", 0.85), ("ended_fitting", 1), ("ended_with_pair", chance.random())
    )
    add(0.05, ("ended", 1), ("ended_engaged", 1), ("ended_none_fits", 1))
    follow(found, Random(size))
    return found


def follow(found, chance):
    """Those referred, step by step, by dice of their own: what else is counted stays as it was."""
    steps = list(zip(FOLLOWED_COUNTS, (0.8, 0.9, 0.8, 0.5, 0.9, 0.5), strict=True))
    for cell, count in found["referred"].items():
        for _ in range(count):
            for name, _likely in takewhile(lambda step: chance.random() < step[1], steps):
                found[name][cell] += 1


def join_months(months):
    joined = {name: Counter() for name in COUNT_NAMES}
    for name in COUNT_NAMES:
        for month in months:
            joined[name].update(month[name])
    return joined


def publish_months(chance, size, months):
    """Months one after the other, each with the quarter and the year that end with it: [(period, counts)], proofs."""
    counted, published, truth, proofs = {}, [], {}, []
    for number in range(months):
        day = date(2025 + (3 + number) // 12, (3 + number) % 12 + 1, 1)
        counted[day] = count_month(chance, size)
        periods = [build_month_period(day)]
        periods += [each for each in (build_last_quarter(day), build_last_year(day)) if _ends_with(each, periods[0])
                    and each.first in counted]  # fmt: skip
        found = [_find_indicators(each, counted) for each in periods]
        releases = [
            plan_release(ExactCounts(each, LADDERS), crossed=each.period.kind != "month") for each in found
        ]
        proofs.append(
            protect_releases(releases, published, recount=lambda periods: _recount(periods, counted))
        )
        for release, each in zip(releases, found, strict=True):
            published.append(draw_period(release, each, {}))
            truth[each.period.key] = each
    return published, truth, proofs


def _recount(periods, counted):
    return [ExactCounts(_find_indicators(each, counted), LADDERS) for each in periods]


def _ends_with(period: Period, month: Period) -> bool:
    return period.last == month.last


def _find_indicators(period, counted):
    found = Indicators(period)
    found.counts = join_months([each for day, each in counted.items() if period.first <= day <= period.last])
    add_waits(found)
    return found


def add_waits(found):
    """As many waits as first contacts, so that a median stands where its count does."""
    for cell, count in found.counts["first_contact"].items():
        found.waits[cell] = [14] * count
