"""Waits of a period: the median, the 90th percentile and the share within 28 days, by group."""

import math
from collections.abc import Iterator
from typing import Any

from reporting.evidence import statistics
from reporting.evidence.disclosure import SUPPRESSED, Publishable, Published, publish_median
from reporting.evidence.indicators import Indicators
from reporting.evidence.period_tables import AXIS_TITLES
from reporting.evidence.release import By, Release
from reporting.evidence.rules import WHOLE_SERVICE

FIRST_CONTACT, WITHIN_LIMIT = "first_contact", ("within_limit", "first_contact")
# So that five babies or more waited longer than a 90th percentile that is printed; our own rule.
MIN_PERCENTILE_COUNT = 50
WAIT_HEADERS = ("First contacts", "Median, days", "90th percentile, days", "Within 28 days")
WAIT_NOTE = (
    f"The 90th percentile is the wait that nine in ten did not exceed; it is shown of {MIN_PERCENTILE_COUNT} first "
    "contacts or more."
)


def draw_waits(release: Release, found: Indicators) -> list[dict[str, Any]]:
    """One table by each axis by which first contacts are divided, the whole service last; always one at least."""
    name = release.exact.period.name
    tables = [
        _draw_table(release, found, axis, f"Waits for the first contact, by {AXIS_TITLES[axis]}, {name}")
        for axis in release.exact.ladders
        if release.get_division(FIRST_CONTACT, axis)
    ]
    return tables or [_draw_table(release, found, "", f"Waits for the first contact, {name}")]


def _draw_table(release: Release, found: Indicators, axis: str, title: str) -> dict[str, Any]:
    division = release.get_division(FIRST_CONTACT, axis) if axis else None
    cells: list[By] = [*release.list_divided(division), ()]
    heading = AXIS_TITLES[axis].capitalize() if axis else "Group"
    rows = [[by[0][2] if by else WHOLE_SERVICE, *_format_cells(release, found, by)] for by in cells]
    small = [row[0] for row in rows if row[0] != WHOLE_SERVICE and set(row[1:]) == {SUPPRESSED}]
    kept = [row for row in rows if row[0] not in small]
    return {"title": title, "headers": [heading, *WAIT_HEADERS], "rows": kept, "too_small": small}


def _format_cells(release: Release, found: Indicators, by: By) -> Iterator[str]:
    count = release.get_figure(FIRST_CONTACT, by)
    waits = found.list_waits(release.exact.find_labels(by))
    yield count.text
    yield publish_median(waits, count).text
    yield publish_ninetieth(waits, count).text
    yield _get_share(release, by).text


def _get_share(release: Release, by: By) -> Publishable:
    """As the period's own table shows it; * where the share is divided less finely than the count."""
    part, whole = WITHIN_LIMIT
    key = ((part, by), (whole, by))
    return release.shares.get(key) or Published(None)


class PublishedDays(Publishable):
    """Whole days."""

    __slots__ = ("shown",)

    def __init__(self, shown: int | None) -> None:
        self.shown = shown


def publish_ninetieth(waits: list[int], count: Published) -> PublishedDays:
    """The 90th percentile of `waits`, whole days, halves up; None where their `count` as shown is too small."""
    if count.shown is None or count.shown < MIN_PERCENTILE_COUNT:
        return PublishedDays(None)
    found = statistics.percentile(waits, 0.9)
    return PublishedDays(None if found is None else math.floor(found + 0.5))
