"""Periods as snapshots keep them, made of a few figures: what rates, ladders and sentences are worked from."""

from datetime import date

from reporting.evidence.rules import Period, build_month_period

YEAR = Period("year", "April 2025 to March 2026", date(2025, 4, 1), date(2026, 3, 31))
QUARTER = Period("quarter", "July to September 2026", date(2026, 7, 1), date(2026, 9, 30))
OCTOBER = build_month_period(date(2026, 10, 1))


def make_published(period, wholes, divided=(), rows=(), indices=("2025",), withheld=()):
    """``wholes``: {count: shown}; ``divided``: (count, axis, grouping, {label: (shown, members)}); ``rows``: of its
    table of the whole service.
    """
    figures = [[name, [], shown] for name, shown in wholes.items()]
    groupings = {}
    for name, axis, grouping, groups in divided:
        figures += [[name, [[axis, grouping, label]], shown] for label, (shown, _) in groups.items()]
        groupings[axis, grouping] = {label: list(members) for label, (_, members) in groups.items()}
    return {
        "key": period.key,
        "kind": period.kind,
        "name": period.name,
        "first": f"{period.first:%Y-%m-%d}",
        "last": f"{period.last:%Y-%m-%d}",
        "whole": {"rows": [list(row) for row in rows]},
        "quality": {"indices": list(indices)},
        "published": {
            "figures": figures,
            "shares": [],
            "groupings": [[*key, members] for key, members in groupings.items()],
            "withheld": list(withheld),
        },
    }


def divide(**shown):
    """Groups that are their own only label: {label: (shown, members)}."""
    return {label: (count, [label]) for label, count in shown.items()}
