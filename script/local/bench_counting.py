"""What counting a month costs beside its own statements, and 24 months beside the summary that is kept of them."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from script.local.bench_cpu import measure_own_cpu


class StatementRecorder:
    """Every statement that is sent meanwhile, with its values: an execute wrapper."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []

    def __call__(self, execute, sql, params, many, context):
        self.sent.append((sql, params))
        return execute(sql, params, many, context)


def measure_counting(month) -> dict[str, float]:
    """{figure: value}: one month and its own SQL, and the 24 months that end with it. Nothing is kept of what is built.

    Raises RuntimeError where the summary differs from a direct count in any cell.
    """
    from django.db import connection, transaction

    backend = connection.connection.info.backend_pid
    with transaction.atomic():
        ratio = compare_with_own_sql(month, lambda: time.process_time() + measure_own_cpu(backend))
        trend = compare_with_summary(month, lambda: time.process_time() + measure_own_cpu(backend))
        transaction.set_rollback(True)
    return ratio | trend


def compare_with_own_sql(month, now: Callable[[], float]) -> dict[str, float]:
    """Both after one run that warms the server: all that counting does, and its statements with their rows fetched."""
    from django.db import connection

    from reporting.evidence.indicators import compute_indicators, load_places
    from reporting.evidence.rules import build_month_period

    def count() -> None:
        compute_indicators(build_month_period(month), load_places())

    recorder = StatementRecorder()
    with connection.execute_wrapper(recorder):
        count()
    whole = measure_seconds(count, now)
    bare = measure_seconds(lambda: run_statements(recorder.sent), now)
    return {"report: a month, CPU s": whole, "report: a month ÷ its own SQL": whole / bare}


def run_statements(sent) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for sql, params in sent:
            cursor.execute(sql, params)
            cursor.fetchall()


def compare_with_summary(month, now: Callable[[], float]) -> dict[str, float]:
    from django.utils import timezone

    from reporting.evidence.models import MonthlyCount
    from reporting.evidence.monthly_counts import list_finished_months, rebuild_monthly_counts
    from reporting.evidence.trend import list_trend_months

    today = timezone.localdate()
    rebuilt = measure_seconds(lambda: rebuild_monthly_counts(today), now)
    months = sorted(set(list_trend_months(month)) & set(list_finished_months(today)))
    kept, direct = Counter(), Counter()

    def read_summary() -> None:
        rows = MonthlyCount.objects.filter(month__in=months)
        for *cell, count in rows.values_list("month", "name", "place", "ethnicity", "quintile", "count"):
            kept[tuple(cell)] = count

    def count_directly() -> None:
        direct.update(count_cells(months))

    read_summary()
    summary, counted = measure_seconds(read_summary, now), measure_seconds(count_directly, now)
    if kept != direct:
        raise RuntimeError(f"{len(set(kept.items()) ^ set(direct.items()))} cells of the summary differ")
    return {"report: the summary rebuilt, CPU s": rebuilt,
            "report: 24 months from the summary, CPU s": summary,
            "report: 24 months, direct ÷ summary": counted / summary}  # fmt: skip


def count_cells(months) -> Counter:
    """{(month, name, place, ethnic group, quintile): count}, counted now; none that is 0."""
    from reporting.evidence.indicators import compute_indicators, load_places
    from reporting.evidence.rules import build_month_period

    found, places = Counter(), load_places()
    for month in months:
        counts = compute_indicators(build_month_period(month), places).counts
        for name, cells in counts.items():
            for cell, count in cells.items():
                if count:
                    found[month, name, cell.place, cell.ethnicity, cell.quintile] = count
    return found


def measure_seconds(act: Callable[[], Any], now: Callable[[], float]) -> float:
    began = now()
    act()
    return now() - began
