"""The monthly summary: every month's exact counts by cell, rebuilt whole each night, so that a trend is only read.

It is what `indicators` counts, kept: never shown as it is, like any exact count.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from pairs.service.models import Site
from reporting.evidence.indicators import IndicatorCell, Indicators, compute_indicators, load_places
from reporting.evidence.models import MonthlyCount
from reporting.evidence.rules import build_month_period, get_previous_month

_LOCK_ID = 0x50614D63  # advisory lock: 'PaMc'


@transaction.atomic
def rebuild_monthly_counts(on: date) -> int:
    """Every finished month since the service opened, counted anew, in place of all that was kept; how many rows.

    Readers see the old rows until the new ones are whole. Of two that run at once the second waits for the first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])
    places, rebuilt_at = load_places(), timezone.now()
    rows = [
        MonthlyCount(month=month, rebuilt_at=rebuilt_at, name=name, count=count, **vars(cell))
        for month in list_finished_months(on)
        for name, cell, count in _list_cells(compute_indicators(build_month_period(month), places))
    ]
    MonthlyCount.objects.all().delete()
    MonthlyCount.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


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
    """Of the whole service, as they were last night; a month that is not in the summary yet is counted directly."""
    kept: Counter[date] = Counter()
    for month, count in MonthlyCount.objects.filter(name=name, month__in=months).values_list(
        "month", "count"
    ):
        kept[month] += count
    known = set(MonthlyCount.objects.filter(month__in=months).values_list("month", flat=True))
    return {month: kept[month] if month in known else _count_directly(name, month) for month in months}


def _count_directly(name: str, month: date) -> int:
    return compute_indicators(build_month_period(month), load_places()).counts[name].total()
