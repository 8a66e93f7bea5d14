"""The monthly summary: every month's exact counts by cell, rebuilt whole each night, so that a trend is only read.

It is what `indicators` counts, kept: never shown as it is, like any exact count.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from pairs.service.models import Site
from reporting.evidence.indicators import (
    IndicatorCell,
    Indicators,
    compute_all_indicators,
    count_babies,
    load_places,
)
from reporting.evidence.models import MonthlyCount
from reporting.evidence.rules import build_month_period, get_previous_month

MONTHS_AT_ONCE = 12
_LOCK_ID = 0x50614D63  # advisory lock: 'PaMc'


@transaction.atomic
def rebuild_monthly_counts(on: date) -> int:
    """Every finished month since the service opened, counted anew, in place of all that was kept; how many rows.

    Readers see the old rows until the new ones are whole. Of two that run at once the second waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])
    rebuilt_at = timezone.now()
    rows = [
        MonthlyCount(month=found.period.first, rebuilt_at=rebuilt_at, name=name, count=count, **vars(cell))
        for found in _count_months(list_finished_months(on))
        for name, cell, count in _list_cells(found)
    ]
    MonthlyCount.objects.all().delete()
    MonthlyCount.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _count_months(months: list[date]) -> Iterator[Indicators]:
    """A year at a time: together they cost less, and all at once are more than a worker should hold."""
    periods, places = [build_month_period(month) for month in months], load_places()
    for first in range(0, len(periods), MONTHS_AT_ONCE):
        yield from compute_all_indicators(periods[first : first + MONTHS_AT_ONCE], places)


def _list_cells(found: Indicators) -> Iterator[tuple[str, IndicatorCell, int]]:
    for name, counts in found.counts.items():
        for cell, count in counts.items():
            if count:
                yield name, cell, count


def list_finished_months(on: date) -> list[date]:
    """First days of the months that were over on that day, from the service's opening on, oldest first."""
    opened = Site.objects.get_opening_day()
    found, month = [], get_previous_month(on)
    while opened and month >= opened.replace(day=1):
        found.append(month)
        month = get_previous_month(month)
    return found[::-1]


def load_month_totals(name: str, months: list[date]) -> dict[date, int]:
    """Of the whole service, as they were last night; a month that is not in the summary yet is counted directly.

    ``name``: one of `counting.BABIES_SQL`.
    """
    kept: Counter[date] = Counter()
    for month, count in MonthlyCount.objects.filter(name=name, month__in=months).values_list(
        "month", "count"
    ):
        kept[month] += count
    known = set(MonthlyCount.objects.filter(month__in=months).values_list("month", flat=True))
    missing = [build_month_period(month) for month in months if month not in known]
    kept.update({each.first: count for each, count in zip(missing, count_babies(name, missing), strict=True)})
    return {month: kept[month] for month in months}
